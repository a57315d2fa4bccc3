#include "crash/scarce_memory.h"

#include <sqlite3.h>

#include <atomic>
#include <limits>
#include <stdexcept>

namespace topupd::crash {
namespace {

constexpr auto kPlenty = std::numeric_limits<std::int64_t>::max();

std::atomic<std::int64_t> left = kPlenty;
std::atomic<bool> for_good = false;
std::atomic<bool> failed = false;
sqlite3_mem_methods usual{};

bool gives() {
  if (left == kPlenty) return true;
  auto before = left--;
  if (before > 0 || (before < 0 && !for_good)) return true;
  failed = true;
  return false;
}

void* take(int bytes) { return gives() ? usual.xMalloc(bytes) : nullptr; }
void* resize(void* block, int bytes) { return gives() ? usual.xRealloc(block, bytes) : nullptr; }

// SQLite asks for its memory before anything else, and never again which it is.
bool stand_between() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK) return false;
  auto methods = usual;
  methods.xMalloc = take;
  methods.xRealloc = resize;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
}
const bool kStandsBetween = stand_between();

}  // namespace

ScarceMemory::ScarceMemory(std::int64_t skip, FaultPlan::Lasting lasting) {
  if (!kStandsBetween) throw std::logic_error{"SQLite was in use already"};
  failed = false;
  for_good = lasting == FaultPlan::Lasting::for_good;
  left = skip;
}

ScarceMemory::~ScarceMemory() { left = kPlenty; }

bool ScarceMemory::has_failed() const { return failed; }

}  // namespace topupd::crash
