// libFuzzer's program for all targets; TOPUP_FUZZ says which.

#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "fuzz/targets.h"

namespace {

const topupd::fuzz::Target& chosen() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  const char* name = std::getenv("TOPUP_FUZZ");
  for (const auto& target : topupd::fuzz::targets())
    if (name != nullptr && target.name == name) return target;
  std::cerr << "TOPUP_FUZZ must name one of:";
  for (const auto& target : topupd::fuzz::targets())
    std::cerr << ' ' << target.name;
  std::cerr << '\n';
  std::_Exit(2);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): as libFuzzer calls it
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto& target = chosen();
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are characters here
  target.run({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
