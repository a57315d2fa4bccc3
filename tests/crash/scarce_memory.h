// Memory of which SQLite gets none when it is told so.

#pragma once

#include <cstdint>

#include "crash/disk.h"

namespace topupd::crash {

// While it lives, SQLite gets no memory once, or for good, after so many times that it got some.
// One at a time, whatever the thread.
class ScarceMemory {
 public:
  ScarceMemory(std::int64_t skip, FaultPlan::Lasting lasting);
  ~ScarceMemory();
  ScarceMemory(const ScarceMemory&) = delete;
  ScarceMemory& operator=(const ScarceMemory&) = delete;

  bool has_failed() const;
};

}  // namespace topupd::crash
