#include "crash/disk_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <utility>
#include <vector>

#include "core/dice.h"

namespace topupd::crash {
namespace {

// What the connections to one file have in common.
struct Handle;
struct Node {
  std::vector<Handle*> handles;
  std::vector<std::vector<char>> index;  // of the write-ahead log
};

// All that the calls of SQLite share; they come from several threads.
struct Machine {
  explicit Machine(Disk& given) : disk{given} {}
  Disk& disk;
  std::mutex mutex;
  std::map<std::string, Node> nodes;
  topup::testing::Dice dice{1};
};

struct Handle {
  Machine& machine;
  std::string name;
  Node& node;
  int lock = SQLITE_LOCK_NONE;
  unsigned shared = 0;     // locks on the index, a bit each
  unsigned exclusive = 0;  // the same
  bool has_index = false;
  bool goes_when_closed = false;
  bool owes_failure = false;  // a sync through another one of the file has failed
  int powersafe_overwrite = 0;
};

// What SQLite allocates for us and hands to every call.
struct OpenFile {
  sqlite3_file base;
  Handle* handle;
};

// NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the library's own way to derive
Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file)->handle; }
// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
Machine& machine_of(sqlite3_vfs* vfs) { return *static_cast<Machine*>(vfs->pAppData); }

int close(sqlite3_file* file) {
  std::unique_ptr<Handle> handle{&handle_of(file)};
  std::lock_guard lock{handle->machine.mutex};
  std::erase(handle->node.handles, handle.get());
  if (handle->goes_when_closed) handle->machine.disk.remove(handle->name);
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
  auto& handle = handle_of(file);
  std::lock_guard lock{handle.machine.mutex};
  switch (handle.machine.disk.read(handle.name, static_cast<std::size_t>(offset),
                                   static_cast<char*>(to), static_cast<std::size_t>(count))) {
    case Outcome::done: return SQLITE_OK;
    case Outcome::cut: return SQLITE_IOERR_SHORT_READ;
    case Outcome::failed:
    case Outcome::full: break;
  }
  return SQLITE_IOERR_READ;
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  auto& handle = handle_of(file);
  std::lock_guard lock{handle.machine.mutex};
  std::string_view bytes{static_cast<const char*>(from), static_cast<std::size_t>(count)};
  switch (handle.machine.disk.write(handle.name, static_cast<std::size_t>(offset), bytes)) {
    case Outcome::done: return SQLITE_OK;
    case Outcome::full: return SQLITE_FULL;
    case Outcome::cut:
    case Outcome::failed: break;
  }
  return SQLITE_IOERR_WRITE;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  auto& handle = handle_of(file);
  std::lock_guard lock{handle.machine.mutex};
  handle.machine.disk.truncate(handle.name, static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int sync(sqlite3_file* file, int /*flags*/) {
  auto& handle = handle_of(file);
  std::lock_guard lock{handle.machine.mutex};
  if (std::exchange(handle.owes_failure, false)) return SQLITE_IOERR_FSYNC;
  if (handle.machine.disk.sync(handle.name) == Outcome::done) return SQLITE_OK;
  for (auto* other : handle.node.handles)
    other->owes_failure = other != &handle;
  return SQLITE_IOERR_FSYNC;
}

int size(sqlite3_file* file, sqlite3_int64* size) {
  auto& handle = handle_of(file);
  std::lock_guard lock{handle.machine.mutex};
  *size = static_cast<sqlite3_int64>(handle.machine.disk.size(handle.name));
  return SQLITE_OK;
}

bool is_free(const Handle& handle, int level) {
  // Who wants to read is kept out by who writes, and so on.
  int barred_from = level == SQLITE_LOCK_SHARED     ? SQLITE_LOCK_PENDING
                    : level == SQLITE_LOCK_RESERVED ? SQLITE_LOCK_RESERVED
                                                    : SQLITE_LOCK_SHARED;
  return std::none_of(
      handle.node.handles.begin(), handle.node.handles.end(),
      [&](const Handle* other) { return other != &handle && other->lock >= barred_from; });
}

int lock(sqlite3_file* file, int level) {
  auto& handle = handle_of(file);
  std::lock_guard guard{handle.machine.mutex};
  if (handle.lock >= level) return SQLITE_OK;
  if (!is_free(handle, level)) return SQLITE_BUSY;
  handle.lock = level;
  return SQLITE_OK;
}

int unlock(sqlite3_file* file, int level) {
  auto& handle = handle_of(file);
  std::lock_guard guard{handle.machine.mutex};
  handle.lock = std::min(handle.lock, level);
  return SQLITE_OK;
}

int check_reserved_lock(sqlite3_file* file, int* is_reserved) {
  auto& handle = handle_of(file);
  std::lock_guard guard{handle.machine.mutex};
  const auto& all = handle.node.handles;
  *is_reserved = std::any_of(all.begin(), all.end(),
                             [](const Handle* each) { return each->lock >= SQLITE_LOCK_RESERVED; });
  return SQLITE_OK;
}

int file_control(sqlite3_file* file, int what, void* value) {
  if (what != SQLITE_FCNTL_POWERSAFE_OVERWRITE) return SQLITE_NOTFOUND;
  auto& kept = handle_of(file).powersafe_overwrite;
  auto& wanted = *static_cast<int*>(value);
  if (wanted >= 0) kept = wanted;
  wanted = kept;
  return SQLITE_OK;
}

// A disk of today, whose driver promises nothing unless it is told that it may.
int sector_size(sqlite3_file* /*file*/) { return 4096; }
int characteristics(sqlite3_file* file) {
  return handle_of(file).powersafe_overwrite != 0 ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
}

int map_index(sqlite3_file* file, int region, int size, int extend, void volatile** mapped) {
  auto& handle = handle_of(file);
  std::lock_guard guard{handle.machine.mutex};
  handle.has_index = true;
  auto& regions = handle.node.index;
  auto number = static_cast<std::size_t>(region);
  *mapped = nullptr;
  if (regions.size() <= number && extend == 0) return SQLITE_OK;
  while (regions.size() <= number)
    regions.emplace_back(static_cast<std::size_t>(size));
  *mapped = regions[number].data();
  return SQLITE_OK;
}

int lock_index(sqlite3_file* file, int offset, int count, int flags) {
  auto& handle = handle_of(file);
  std::lock_guard guard{handle.machine.mutex};
  auto bits = ((1U << static_cast<unsigned>(count)) - 1U) << static_cast<unsigned>(offset);
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    handle.shared &= ~bits;
    handle.exclusive &= ~bits;
    return SQLITE_OK;
  }
  bool is_shared = (flags & SQLITE_SHM_SHARED) != 0;
  for (const auto* other : handle.node.handles) {
    if (other == &handle) continue;
    if ((other->exclusive & bits) != 0) return SQLITE_BUSY;
    if (!is_shared && (other->shared & bits) != 0) return SQLITE_BUSY;
  }
  (is_shared ? handle.shared : handle.exclusive) |= bits;
  return SQLITE_OK;
}

void order_index(sqlite3_file* file) {
  // The mutex is what another thread's next call takes too.
  std::lock_guard guard{handle_of(file).machine.mutex};
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

int unmap_index(sqlite3_file* file, int /*remove*/) {
  auto& handle = handle_of(file);
  std::lock_guard guard{handle.machine.mutex};
  handle.has_index = false;
  handle.shared = handle.exclusive = 0;
  const auto& all = handle.node.handles;
  if (std::none_of(all.begin(), all.end(), [](const Handle* each) { return each->has_index; }))
    handle.node.index.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods{2,
                                  close,
                                  read,
                                  write,
                                  truncate,
                                  sync,
                                  size,
                                  lock,
                                  unlock,
                                  check_reserved_lock,
                                  file_control,
                                  sector_size,
                                  characteristics,
                                  map_index,
                                  lock_index,
                                  order_index,
                                  unmap_index,
                                  nullptr,
                                  nullptr};

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  auto& machine = machine_of(vfs);
  std::lock_guard guard{machine.mutex};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as above
  auto& opened = *reinterpret_cast<OpenFile*>(file);
  opened.base.pMethods = nullptr;
  std::string name{path == nullptr ? "temporary" : path};
  if (!machine.disk.exists(name)) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    machine.disk.create(name);
  }
  auto& node = machine.nodes[name];
  opened.handle = new Handle{machine, name, node};  // NOLINT(cppcoreguidelines-owning-memory)
  opened.handle->goes_when_closed = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  node.handles.push_back(opened.handle);
  opened.base.pMethods = &kMethods;
  if (flags_out != nullptr) *flags_out = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  auto& machine = machine_of(vfs);
  std::lock_guard guard{machine.mutex};
  if (!machine.disk.exists(path)) return SQLITE_IOERR_DELETE_NOENT;
  machine.disk.remove(path);
  if (sync_folder != 0) machine.disk.sync(path);
  return SQLITE_OK;
}

int access(sqlite3_vfs* vfs, const char* path, int /*flags*/, int* answer) {
  auto& machine = machine_of(vfs);
  std::lock_guard guard{machine.mutex};
  *answer = machine.disk.exists(path) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs* /*vfs*/, const char* path, int room, char* out) {
  sqlite3_snprintf(room, out, "%s", path);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int count, char* out) {
  auto& machine = machine_of(vfs);
  std::lock_guard guard{machine.mutex};
  std::generate_n(out, count, [&] { return static_cast<char>(machine.dice.below(256)); });
  return count;
}

int sleep(sqlite3_vfs* /*vfs*/, int microseconds) { return microseconds; }
int last_error(sqlite3_vfs* /*vfs*/, int /*room*/, char* /*out*/) { return 0; }
int time(sqlite3_vfs* /*vfs*/, double* days) {
  *days = 2'460'000.5;
  return SQLITE_OK;
}

}  // namespace

struct DiskVfs::Impl {
  explicit Impl(Disk& disk) : machine{disk} {
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(OpenFile);
    vfs.mxPathname = 512;
    vfs.zName = "disk in memory";
    vfs.pAppData = &machine;
    vfs.xOpen = open;
    vfs.xDelete = remove;
    vfs.xAccess = access;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep;
    vfs.xCurrentTime = time;
    vfs.xGetLastError = last_error;
    sqlite3_vfs_register(&vfs, 1);
  }
  ~Impl() { sqlite3_vfs_unregister(&vfs); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Machine machine;
  sqlite3_vfs vfs{};
};

DiskVfs::DiskVfs(Disk& disk) : impl_{std::make_unique<Impl>(disk)} {}
DiskVfs::~DiskVfs() = default;

std::unique_lock<std::mutex> DiskVfs::hold() const {
  return std::unique_lock{impl_->machine.mutex};
}

}  // namespace topupd::crash
