// Preloaded into the server, and on a slow disk into the benchmark: counts its calls of fsync and
// fdatasync, and makes each take longer if asked to, as a slower disk would.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "bench/sync_counts.h"

namespace {

using topupd::bench::SyncCounts;
using SyncCall = int (*)(int);

std::int64_t spare_calls = 0;

// The counter in the file, or one that nobody reads.
std::int64_t* mapped_calls() {
  const char* file =
      std::getenv(topupd::bench::kSyncFileVariable);  // NOLINT(concurrency-mt-unsafe)
  if (file == nullptr) return &spare_calls;
  int opened = ::open(file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (opened < 0 || ::ftruncate(opened, sizeof(SyncCounts)) != 0) return &spare_calls;
  void* mapped = ::mmap(nullptr, sizeof(SyncCounts), PROT_READ | PROT_WRITE, MAP_SHARED, opened, 0);
  ::close(opened);
  return mapped == MAP_FAILED ? &spare_calls : &static_cast<SyncCounts*>(mapped)->calls;
}

unsigned delay_us() {
  const char* text =
      std::getenv(topupd::bench::kSyncDelayVariable);  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? 0 : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

int counted(const char* name, int descriptor) {
  static std::int64_t* const kCalls = mapped_calls();
  static const unsigned kDelay = delay_us();
  std::atomic_ref{*kCalls}.fetch_add(1);
  if (kDelay > 0) ::usleep(kDelay);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  return reinterpret_cast<SyncCall>(::dlsym(RTLD_NEXT, name))(descriptor);
}

}  // namespace

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" int fsync(int descriptor) { return counted("fsync", descriptor); }
extern "C" int fdatasync(int descriptor) { return counted("fdatasync", descriptor); }
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
