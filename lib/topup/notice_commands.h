// What can be asked about notices.

#pragma once

#include <cstddef>

#include "topup/notice.h"
#include "topup/result.h"

namespace topup {

class Tx;

inline constexpr std::size_t kNoticeLengthMax = 500;

// Inserts, or replaces the one with that id.  The id 0 asks for the next one.
// forbidden, not_found, invalid_parameter (text; until: no later than from)
Result<Notice> put_notice(Tx& tx, UserId admin, Notice notice);

// Shown no longer; one that is over stays as it is.  forbidden, not_found
Result<Notice> end_notice(Tx& tx, UserId admin, NoticeId id, Timestamp now);

}  // namespace topup
