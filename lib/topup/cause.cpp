#include "topup/cause.h"

#include <charconv>

#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<Actor, 7> kActors{{
    {Actor::reseller, "reseller"},
    {Actor::admin, "admin"},
    {Actor::provider, "provider"},
    {Actor::gateway, "gateway"},
    {Actor::timer, "timer"},
    {Actor::policy, "policy"},
    {Actor::console, "console"},
}};
static_assert(kActors.in_order());

}  // namespace

std::string text(Cause cause) {
  std::string result{name(cause.actor)};
  if (cause.id != 0) result += ":" + std::to_string(cause.id);
  return result;
}

std::optional<Cause> cause_from(std::string_view text) {
  auto colon = text.find(':');
  auto actor = kActors.from(text.substr(0, colon));
  if (!actor) return std::nullopt;
  if (colon == std::string_view::npos) return Cause{*actor, 0};
  auto digits = text.substr(colon + 1);
  Cause cause{*actor, 0};
  const auto* end = digits.data() + digits.size();
  auto [stop, failure] = std::from_chars(digits.data(), end, cause.id);
  if (failure != std::errc{} || stop != end || cause.id <= 0) return std::nullopt;
  return cause;
}

std::string_view name(Actor actor) { return kActors.word(actor); }

}  // namespace topup
