// What an operator tells all resellers on their first page, for a time.

#pragma once

#include <string>

#include "topup/ids.h"
#include "topup/time.h"

namespace topup {

struct Notice {
  NoticeId id;
  std::string text;   // 1 to 500 characters
  Timestamp from{};   // shown from then on
  Timestamp until{};  // and before then; not shown at all if that is no later
  friend bool operator==(const Notice&, const Notice&) = default;
};

constexpr bool is_shown(const Notice& notice, Timestamp now) {
  return notice.from <= now && now < notice.until;
}

}  // namespace topup
