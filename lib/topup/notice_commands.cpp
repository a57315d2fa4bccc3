#include "topup/notice_commands.h"

#include <algorithm>

#include "topup/characters.h"
#include "topup/store.h"
#include "topup/user_commands.h"

namespace topup {

Result<Notice> put_notice(Tx& tx, UserId admin, Notice notice) {
  if (const auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (notice.id && !tx.notice(notice.id)) return Error{Code::not_found};
  const auto length = length_of(notice.text);
  if (length == 0 || length > kNoticeLengthMax || !is_text(notice.text))
    return Error{Code::invalid_parameter, "text"};
  if (notice.until <= notice.from) return Error{Code::invalid_parameter, "until"};
  if (notice.id) {
    tx.update(notice);
    return notice;
  }
  notice.id = next_id<NoticeId>(tx);
  tx.insert(notice);
  return notice;
}

Result<Notice> end_notice(Tx& tx, UserId admin, NoticeId id, Timestamp now) {
  if (const auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto notice = tx.notice(id);
  if (!notice) return Error{Code::not_found};
  notice->until = std::min(notice->until, now);
  tx.update(*notice);
  return *notice;
}

}  // namespace topup
