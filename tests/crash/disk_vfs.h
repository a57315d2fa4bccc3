// Lets SQLite, and with it every store that is opened meanwhile, live on a disk in memory.
//
//   Disk disk;
//   DiskVfs mounted{disk};
//   SqliteStore store{"/topup.db"};
//
// A sync that fails is told to everybody who has the file open, as Linux does: each learns it at
// his next sync.  The index of the write-ahead log is shared memory: it dies with the last
// connection, and whoever comes next builds it anew from the log.

#pragma once

#include <memory>
#include <mutex>

#include "crash/disk.h"

namespace topupd::crash {

class DiskVfs {
 public:
  // One at a time.
  explicit DiskVfs(Disk& disk);
  ~DiskVfs();
  DiskVfs(const DiskVfs&) = delete;
  DiskVfs& operator=(const DiskVfs&) = delete;

  // No call of SQLite gets to the disk as long as the lock lives: a store's own thread may be at
  // it.
  std::unique_lock<std::mutex> hold() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace topupd::crash
