// A disk that has no space for files of some names, and counts the calls that write to them.

#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <stdexcept>
#include <string>

// While it lives, SQLite finds no space to write into files whose names end so, once they have that
// many bytes.  One at a time; not while other threads open files.
class FullDisk {
 public:
  FullDisk(const std::string& end, sqlite3_int64 bytes) {
    end_ = end;
    bytes_ = bytes;
    writes_ = 0;
    syncs_fail_ = false;
    usual_ = sqlite3_vfs_find(nullptr);
    vfs_ = *usual_;
    vfs_.zName = "full";
    vfs_.xOpen = open;
    if (sqlite3_vfs_register(&vfs_, 1) != SQLITE_OK) throw std::runtime_error{"no other disk"};
  }
  ~FullDisk() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(usual_, 1);
  }
  static int writes() { return writes_; }
  // From now on what was written is not brought to the disk either.
  static void fail_syncs() { syncs_fail_ = true; }
  static void heal_syncs() { syncs_fail_ = false; }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  static int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out) {
    int code = usual_->xOpen(usual_, name, file, flags, out);
    if (code != SQLITE_OK || name == nullptr || !std::string{name}.ends_with(end_)) return code;
    usual_methods_ = file->pMethods;
    methods_ = *file->pMethods;
    methods_.xWrite = write;
    methods_.xSync = sync;
    file->pMethods = &methods_;
    return code;
  }
  static int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
    ++writes_;
    if (offset + count > bytes_) return SQLITE_FULL;
    return usual_methods_->xWrite(file, from, count, offset);
  }

  static int sync(sqlite3_file* file, int flags) {
    return syncs_fail_ ? SQLITE_IOERR_FSYNC : usual_methods_->xSync(file, flags);
  }

  inline static std::string end_;
  inline static sqlite3_int64 bytes_ = 0;
  inline static int writes_ = 0;
  inline static std::atomic<bool> syncs_fail_ = false;
  inline static sqlite3_vfs* usual_ = nullptr;
  inline static const sqlite3_io_methods* usual_methods_ = nullptr;
  inline static sqlite3_io_methods methods_{};
  sqlite3_vfs vfs_{};
};
