// How the backups of the day stand.

#pragma once

#include <chrono>
#include <cstdint>

namespace topupd {

// Of the newest backup of the day that is in the folder.
struct BackupState {
  std::chrono::seconds made_at{0};  // since 1970; 0: there is none
  std::int64_t bytes = 0;
  bool failed = false;  // the last one could not be made, or is no sound one
};

}  // namespace topupd
