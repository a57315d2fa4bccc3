// How far the commits of a file are durable, where they are synced after others can see them.
//
// A commit of a batch is visible to readers once it is written, and durable only when the log was
// synced.  Whoever tells anybody outside what he read waits here first, so that nobody sees what a
// power failure would take back.  Safe to call from many threads, each part as it says.

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace topupd {

class Durability {
 public:
  // By the one who writes: before a commit that will be synced later, and when its pages are in the
  // log, or it failed.
  void begin() { ++begun_; }
  void end() { written_ = begun_.load(); }

  // By the one who syncs.
  std::int64_t written() const { return written_; }
  // number: what written() was before the sync began.  False: an earlier sync failed.
  bool reach(std::int64_t number);
  void fail();  // a sync failed: nothing more becomes durable

  // Returns once all that could be read until now is durable.  Throws StoreBroken if that can't be
  // any more.
  void wait() const;

 private:
  std::atomic<std::int64_t> begun_ = 0;
  std::atomic<std::int64_t> written_ = 0;
  std::atomic<std::int64_t> durable_ = 0;

  mutable std::mutex mutex_;
  mutable std::condition_variable reached_;
  bool has_failed_ = false;  // guarded by mutex_
};

}  // namespace topupd
