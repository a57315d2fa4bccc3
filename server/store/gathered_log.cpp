#include "store/gathered_log.h"

#include <sqlite3.h>

#include <cstddef>
#include <new>
#include <string>
#include <string_view>

namespace topupd::sqlite {
namespace {

constexpr std::size_t kWaitingMax = 130'048;  // bytes; SQLite's own files lose 128 KiB at once
constexpr int kBelowMax = 1024;               // bytes that a file of the system below may need

constexpr int kHeadBytes = 24;            // of a frame: before each page in the log
constexpr std::size_t kEndsCommitAt = 4;  // in it: the size of the database, or four zeros

// What SQLite allocates for a log and hands to every call; the system's own file lies behind it.
struct Log {
  sqlite3_file base;
  std::string waiting;  // never a page that ends a commit
  sqlite3_int64 waiting_at = 0;
  bool ends_commit = false;  // the frame whose head was the last
};

// NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the library's own way to derive
Log& log_of(sqlite3_file* file) { return *reinterpret_cast<Log*>(file); }
sqlite3_file* below(Log& log) { return reinterpret_cast<sqlite3_file*>(&log + 1); }
// NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
sqlite3_file* below(sqlite3_file* file) { return below(log_of(file)); }

sqlite3_int64 end_of_waiting(const Log& log) {
  return log.waiting_at + static_cast<sqlite3_int64>(log.waiting.size());
}

// What could not be written goes on waiting: the transaction that wrote it may live on.
int write_waiting(Log& log) {
  if (log.waiting.empty()) return SQLITE_OK;
  auto* file = below(log);
  int code = file->pMethods->xWrite(file, log.waiting.data(), static_cast<int>(log.waiting.size()),
                                    log.waiting_at);
  if (code == SQLITE_OK) log.waiting.clear();
  return code;
}

int append(Log& log, std::string_view bytes, sqlite3_int64 offset) {
  if (log.waiting.empty()) log.waiting_at = offset;
  try {
    log.waiting.append(bytes);
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
  return SQLITE_OK;
}

int close(sqlite3_file* file) {
  auto& log = log_of(file);
  int code = below(log)->pMethods->xClose(below(log));
  log.~Log();
  return code;
}

// What waits is of the transaction under way, which reads it back only if it must.
int read(sqlite3_file* file, void* to, int count, sqlite3_int64 offset) {
  auto& log = log_of(file);
  if (offset < end_of_waiting(log) && offset + count > log.waiting_at)
    if (int code = write_waiting(log); code != SQLITE_OK) return code;
  return below(log)->pMethods->xRead(below(log), to, count, offset);
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
  auto& log = log_of(file);
  const std::string_view bytes{static_cast<const char*>(from), static_cast<std::size_t>(count)};
  if (offset == 0) {  // the log begins anew
    log.waiting.clear();
    return below(log)->pMethods->xWrite(below(log), from, count, offset);
  }
  const bool is_head = count == kHeadBytes;
  if (is_head) log.ends_commit = bytes.substr(kEndsCommitAt, 4) != std::string_view{"\0\0\0\0", 4};
  // SQLite has taken back what waits if it begins there or before anew.
  if (is_head && offset <= log.waiting_at) log.waiting.clear();
  if (offset != end_of_waiting(log) || log.waiting.size() + bytes.size() > kWaitingMax)
    if (int code = write_waiting(log); code != SQLITE_OK) return code;
  // A head alone: SQLite corrects one that is in the file, and no page follows.
  const bool stands_alone = log.waiting.empty();
  if (int code = append(log, bytes, offset); code != SQLITE_OK) return code;
  if (!log.ends_commit || (is_head && !stands_alone)) return SQLITE_OK;
  int code = write_waiting(log);
  log.waiting.clear();  // a commit that failed must not reach the file later
  return code;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  log_of(file).waiting.clear();  // of a transaction that was taken back: none is under way
  return below(file)->pMethods->xTruncate(below(file), size);
}
int sync(sqlite3_file* file, int flags) { return below(file)->pMethods->xSync(below(file), flags); }
int size(sqlite3_file* file, sqlite3_int64* bytes) {
  return below(file)->pMethods->xFileSize(below(file), bytes);
}
int lock(sqlite3_file* file, int level) { return below(file)->pMethods->xLock(below(file), level); }
int unlock(sqlite3_file* file, int level) {
  return below(file)->pMethods->xUnlock(below(file), level);
}
int check_reserved_lock(sqlite3_file* file, int* answer) {
  return below(file)->pMethods->xCheckReservedLock(below(file), answer);
}
int file_control(sqlite3_file* file, int what, void* argument) {
  return below(file)->pMethods->xFileControl(below(file), what, argument);
}
int sector_size(sqlite3_file* file) { return below(file)->pMethods->xSectorSize(below(file)); }
int characteristics(sqlite3_file* file) {
  return below(file)->pMethods->xDeviceCharacteristics(below(file));
}

// Version 1: a log is neither mapped nor has an index of its own.
const sqlite3_io_methods kMethods{1,
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
                                  nullptr,
                                  nullptr,
                                  nullptr,
                                  nullptr,
                                  nullptr,
                                  nullptr};

sqlite3_vfs& system() { return *sqlite3_vfs_find(nullptr); }

int open(sqlite3_vfs* /*vfs*/, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  auto& files = system();
  if (files.szOsFile > kBelowMax) return SQLITE_CANTOPEN;
  if ((flags & SQLITE_OPEN_WAL) == 0) return files.xOpen(&files, path, file, flags, flags_out);
  auto* log = new (file) Log{};
  int code = files.xOpen(&files, path, below(*log), flags, flags_out);
  if (code == SQLITE_OK)
    log->base.pMethods = &kMethods;
  else
    log->~Log();  // SQLite closes nothing that has no methods
  return code;
}

int remove(sqlite3_vfs* /*vfs*/, const char* path, int sync_folder) {
  return system().xDelete(&system(), path, sync_folder);
}
int access(sqlite3_vfs* /*vfs*/, const char* path, int what, int* answer) {
  return system().xAccess(&system(), path, what, answer);
}
int full_path(sqlite3_vfs* /*vfs*/, const char* path, int room, char* out) {
  return system().xFullPathname(&system(), path, room, out);
}
int randomness(sqlite3_vfs* /*vfs*/, int count, char* out) {
  return system().xRandomness(&system(), count, out);
}
int sleep(sqlite3_vfs* /*vfs*/, int microseconds) {
  return system().xSleep(&system(), microseconds);
}
int time(sqlite3_vfs* /*vfs*/, double* days) { return system().xCurrentTime(&system(), days); }
int last_error(sqlite3_vfs* /*vfs*/, int room, char* out) {
  return system().xGetLastError(&system(), room, out);
}

sqlite3_vfs described() {
  sqlite3_vfs vfs{};
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(Log)) + kBelowMax;
  vfs.mxPathname = system().mxPathname;
  vfs.zName = "gathering";
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  vfs.xCurrentTime = time;
  vfs.xGetLastError = last_error;
  return vfs;
}

}  // namespace

const char* gathering_files() {
  static sqlite3_vfs vfs = described();
  static const int kOnce = sqlite3_vfs_register(&vfs, 0);
  static_cast<void>(kOnce);
  return vfs.zName;
}

}  // namespace topupd::sqlite
