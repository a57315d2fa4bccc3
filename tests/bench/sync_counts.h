// What sync_probe.cpp counts, as it stands in the file that the variable names.

#pragma once

#include <cstdint>

namespace topupd::bench {

struct SyncCounts {
  std::int64_t calls;  // of fsync and fdatasync since the process began
};

inline constexpr const char* kSyncFileVariable = "TOPUP_BENCH_SYNC_FILE";
inline constexpr const char* kSyncDelayVariable = "TOPUP_BENCH_SYNC_DELAY_US";

}  // namespace topupd::bench
