// Moments as text, in Indonesia's western time: a fixed +07:00 with no summer time.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "topup/time.h"

namespace topupd {

inline constexpr std::chrono::hours kWibOffset{7};

// RFC 3339 to the second: "2026-11-22T14:03:05+07:00".  Milliseconds are cut off.
std::string to_wib(topup::Timestamp at);

// The same to the millisecond: "2026-11-22T14:03:05.123+07:00".
std::string to_wib_ms(topup::Timestamp at);

// The first moment of a list's `from`, and the first moment after its `to`.  The text is a day
// in WIB ("2026-11-22") or RFC 3339 with an offset or Z; the day, the second or the millisecond
// that `to` names is included.  A blank instead of the offset's '+' is accepted, because that is
// what an unescaped '+' in a query becomes.  Empty if the text is neither, names a day or an hour
// that does not exist, or lies outside the years 2000 to 9999.
std::optional<topup::Timestamp> parse_from(std::string_view text);
std::optional<topup::Timestamp> parse_to(std::string_view text);

}  // namespace topupd
