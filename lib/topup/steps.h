// The history of everything that has a state: one row for each step it took.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "topup/cause.h"
#include "topup/digest.h"
#include "topup/time.h"

namespace topup {

enum class Subject { order, attempt, charge, receipt, withdrawal, adjustment, prefund, user };

// event, from and to are the words of the subject's own enumerations; event is
// "create" and from is empty for the first step.  A user has one step at most:
// "erase", to "erased".  An order and a withdrawal stay as they are by "erase".
struct Step {
  Subject subject = Subject::order;
  std::int64_t id = 0;
  std::string event;
  std::string from;
  std::string to;
  Cause cause;
  Timestamp at{};
  std::int64_t made = 0;  // the store's, as the seal: see seal.h
  Digest seal{};
  friend bool operator==(const Step&, const Step&) = default;
};

std::string_view name(Subject subject);
std::optional<Subject> subject_from(std::string_view word);

}  // namespace topup
