// Instructions that this thread executes, where the machine counts them; many virtual ones do not.

#pragma once

#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace topupd::bench {

class Instructions {
 public:
  Instructions() {
    perf_event_attr wanted{};
    wanted.size = sizeof wanted;
    wanted.type = PERF_TYPE_HARDWARE;
    wanted.config = PERF_COUNT_HW_INSTRUCTIONS;
    wanted.exclude_kernel = 1;
    wanted.exclude_hv = 1;
    descriptor_ = static_cast<int>(::syscall(SYS_perf_event_open, &wanted, 0, -1, -1, 0));
  }
  ~Instructions() {
    if (is_counted()) ::close(descriptor_);
  }
  Instructions(const Instructions&) = delete;
  Instructions& operator=(const Instructions&) = delete;

  bool is_counted() const { return descriptor_ >= 0; }
  std::int64_t so_far() const {
    std::int64_t count = 0;
    return ::read(descriptor_, &count, sizeof count) == sizeof count ? count : 0;
  }

 private:
  int descriptor_ = -1;
};

}  // namespace topupd::bench
