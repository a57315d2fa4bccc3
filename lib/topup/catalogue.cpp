#include "topup/catalogue.h"

#include <algorithm>
#include <charconv>
#include <regex>

#include "topup/characters.h"

namespace topup {
namespace {

constexpr std::size_t kExpressionMax = 200;
constexpr std::size_t kTargetMax = 64;
constexpr std::size_t kDigitsMax = 9;

// Most ways to match an expression take twice the time for each further character of some targets,
// and orders wait for it.  This one of libstdc++ goes through a target once, and takes no back
// references; elsewhere who writes the expressions has to be trusted.
#ifdef __GLIBCXX__
constexpr auto kInBoundedTime = std::regex_constants::__polynomial;
#else
constexpr auto kInBoundedTime = std::regex_constants::syntax_option_type{};
#endif

// A count or a back reference that may be more than the compiler of expressions can hold, which
// does not look.
bool counts_too_far(std::string_view expression) {
  for (auto at = expression.find_first_of("{,\\"); at != std::string_view::npos;
       at = expression.find_first_of("{,\\", at + 1)) {
    const auto number = expression.substr(at + 1);
    if (std::min(number.find_first_not_of("0123456789"), number.size()) > kDigitsMax) return true;
  }
  return false;
}

}  // namespace

struct TargetFormat::Expression {
  std::regex regex;
};

std::optional<TargetFormat> TargetFormat::from(std::string_view expression) {
  TargetFormat format;
  if (expression.empty()) return format;
  if (expression.size() > kExpressionMax || counts_too_far(expression)) return std::nullopt;
  format.text_ = expression;
  try {
    auto flags = std::regex::ECMAScript | std::regex::optimize | kInBoundedTime;
    format.expression_ =
        std::make_shared<const Expression>(Expression{std::regex{format.text_, flags}});
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
  format.digits_ = digits_in(expression);
  return format;
}

// The expression is known to be well formed.
std::optional<TargetFormat::Digits> TargetFormat::digits_in(std::string_view expression) {
  constexpr std::string_view kBegin = "[0-9]{";
  if (!expression.starts_with(kBegin) || !expression.ends_with('}')) return std::nullopt;
  const char* at = expression.data() + kBegin.size();
  const char* const end = expression.data() + expression.size() - 1;
  Digits digits;
  const auto least = std::from_chars(at, end, digits.least);
  if (least.ec != std::errc{} || least.ptr == end || *least.ptr != ',') return std::nullopt;
  const auto most = std::from_chars(least.ptr + 1, end, digits.most);
  if (most.ec != std::errc{} || most.ptr != end) return std::nullopt;
  return digits;
}

bool TargetFormat::matches(std::string_view target) const {
  if (target.size() > kTargetMax) return false;
  if (digits_)
    return target.size() >= digits_->least && target.size() <= digits_->most &&
           std::ranges::all_of(target, is_digit);
  if (!expression_)
    return target.size() >= 5 && target.size() <= 20 &&
           std::ranges::all_of(target, is_printable_ascii);
  return std::regex_match(target.begin(), target.end(), expression_->regex);
}

}  // namespace topup
