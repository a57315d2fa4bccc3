// Who or what brought something about: kept with every entry and every step.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace topup {

enum class Actor {
  reseller,
  admin,
  provider,
  gateway,
  timer,
  policy,
  console,  // whoever types commands on the machine itself
};

struct Cause {
  Actor actor = Actor::policy;
  std::int64_t id = 0;  // of the user, provider or gateway; 0 for timer, policy and console
  friend bool operator==(const Cause&, const Cause&) = default;
};

// "admin:7", "timer"
std::string text(Cause cause);
std::optional<Cause> cause_from(std::string_view text);

std::string_view name(Actor actor);

}  // namespace topup
