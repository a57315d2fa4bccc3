#include "second_factor.h"

#include <algorithm>
#include <charconv>

#include "totp.h"

namespace topupd {

namespace {

using std::chrono::seconds;

constexpr std::size_t kCodes = 10;
constexpr std::size_t kLength = 10;
constexpr int kWrongMax = 5;
constexpr seconds kPause{300};

std::string digits_of(std::string_view code) {
  std::string digits;
  for (const char c : code)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

std::int64_t seconds_of(topup::Timestamp now) {
  return std::chrono::floor<seconds>(now.time_since_epoch()).count();
}

std::string next_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  std::string line{rest.substr(0, end)};
  rest.remove_prefix(std::min(rest.size(), end + 1));
  return line;
}

template <class Number>
Number next_number(std::string_view& rest) {
  const auto line = next_line(rest);
  Number number = 0;
  std::from_chars(line.data(), line.data() + line.size(), number);
  return number;
}

bool take_app_code(SecondFactor& factor, std::string_view code, topup::Timestamp now) {
  const auto step = step_of(factor.secret, code, now);
  if (!step || *step <= factor.last_step) return false;
  factor.last_step = *step;
  return true;
}

bool take_recovery_code(const MasterKey& master, SecondFactor& factor, std::string_view code) {
  return digits_of(code).size() == kLength &&
         std::erase(factor.recovery, recovery_hash(master, code)) > 0;
}

}  // namespace

// A line for each thing, and one for each code that is left.
std::string sealed(const MasterKey& master, const SecondFactor& factor) {
  std::string text = factor.secret;
  for (const auto number : {factor.last_step, std::int64_t{factor.wrong_tries}, factor.wrong_at})
    text.append("\n").append(std::to_string(number));
  for (const auto& hash : factor.recovery)
    text.append("\n").append(hash);
  return seal(master, SealPurpose::totp_secret, text);
}

std::optional<SecondFactor> opened(const MasterKey& master, std::string_view sealed) {
  const auto text = unseal(master, SealPurpose::totp_secret, sealed);
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  SecondFactor factor{.secret = next_line(rest)};
  factor.last_step = next_number<std::int64_t>(rest);
  factor.wrong_tries = next_number<int>(rest);
  factor.wrong_at = next_number<std::int64_t>(rest);
  while (!rest.empty())
    factor.recovery.push_back(next_line(rest));
  return factor;
}

std::vector<std::string> new_recovery_codes() {
  std::vector<std::string> codes(kCodes);
  for (auto& code : codes)
    for (std::size_t i = 0; i < kLength; ++i) {
      if (i == kLength / 2) code += ' ';
      code += static_cast<char>('0' + random_below(10));
    }
  return codes;
}

std::string recovery_hash(const MasterKey& master, std::string_view code) {
  return key_hash(master, "recovery " + digits_of(code));
}

// A clock that was set back must not make the pause any longer.
seconds pause_of(const SecondFactor& factor, topup::Timestamp now) {
  const seconds since{seconds_of(now) - factor.wrong_at};
  if (factor.wrong_tries < kWrongMax || since < -kPause) return seconds{0};
  return std::clamp(kPause - since, seconds{0}, kPause);
}

bool take_code(const MasterKey& master, SecondFactor& factor, std::string_view code,
               topup::Timestamp now) {
  if (take_app_code(factor, code, now) || take_recovery_code(master, factor, code)) {
    factor.wrong_tries = 0;
    return true;
  }
  factor.wrong_tries = std::min(factor.wrong_tries, kWrongMax) + 1;
  factor.wrong_at = seconds_of(now);
  return false;
}

}  // namespace topupd
