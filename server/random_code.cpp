#include "random_code.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "crypto.h"
#include "wib.h"

namespace topupd {

namespace {

// In the order of their bytes, so that a later code sorts behind an earlier one.
constexpr std::string_view kDigits = "234567ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLetters = kDigits.substr(6);
static_assert(kDigits.size() == 32 && kLetters.size() == 26);

constexpr std::size_t kTimeDigits = 7;
constexpr std::int64_t kStepMs = 64;

constexpr topup::Timestamp kStart =
    std::chrono::sys_days{std::chrono::year{2020} / 1 / 1} - kWibOffset;

}  // namespace

std::string random_code(topup::Timestamp now) {
  std::string code(kRandomCodeLength, ' ');
  auto step = std::max<std::int64_t>(0, (now - kStart).count() / kStepMs);
  for (std::size_t i = kTimeDigits; i-- > 0; step /= 32)
    code[i] = kDigits[static_cast<std::size_t>(step % 32)];
  // One draw for all: each is a system call.
  std::array<unsigned char, kRandomCodeLength + 1> noise{};
  random_bytes(noise);
  for (std::size_t i = kTimeDigits; i < code.size() - 1; ++i)
    code[i] = kDigits[noise.at(i) % kDigits.size()];  // evenly: 256 is a multiple of 32
  // Nearly evenly: 65,536 is 16 more than a multiple of 26.
  const std::size_t last = noise.at(code.size() - 1) * std::size_t{256} + noise.at(code.size());
  code.back() = kLetters[last % kLetters.size()];
  return code;
}

std::string RandomCodes::next(topup::Timestamp now) {
  auto code = make_(now);
  const std::lock_guard lock{mutex_};
  while (!known_.insert(code).second)
    code = make_(now);
  kept_.push_back(code);
  if (kept_.size() > kKept) {
    known_.erase(kept_.front());
    kept_.pop_front();
  }
  return code;
}

}  // namespace topupd
