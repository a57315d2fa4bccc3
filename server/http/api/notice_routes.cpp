// What resellers are told on their first page: theirs to read, the operator's to write.

#include <algorithm>

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/routes.h"
#include "topup/notice_commands.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr Parameter kText{.name = "text",
                          .presence = Presence::required,
                          .min = 1,
                          .max = topup::kNoticeLengthMax,
                          .summary = "What resellers read",
                          .example = "Telkomsel lambat sampai pukul 12."};
constexpr Parameter kFrom{.name = "from",
                          .type = ParameterType::from,
                          .summary = "A day in WIB or RFC 3339; now by default",
                          .example = "2026-01-02T10:00:00+07:00"};
constexpr Parameter kUntil{.name = "until",
                           .type = ParameterType::to,
                           .presence = Presence::required,
                           .summary = "The same, included",
                           .example = "2026-01-03T12:00:00+07:00"};

constexpr std::string_view kExample =
    R"({"status":true,"data":{"id":"3","text":"Telkomsel lambat sampai pukul 12.",)"
    R"("from":"2026-01-02T10:00:00+07:00","until":"2026-01-03T12:00:00+07:00","shown":true}})";

// The last moment in which it is shown, as it was asked for.
JsonObject notice_json(const topup::Notice& notice) {
  return JsonObject{}
      .text("id", std::to_string(notice.id.value))
      .text("text", notice.text)
      .text("from", to_wib(notice.from))
      .text("until", to_wib(notice.until - std::chrono::milliseconds{1}));
}

// The latest first.
std::vector<topup::Notice> all_notices(Call& call) {
  auto notices = call.app.store.read([](const topup::View& view) { return view.notices(); });
  std::ranges::reverse(notices);
  return notices;
}

Answer list_shown(Call& call) {
  JsonList list;
  for (const auto& notice : all_notices(call))
    if (is_shown(notice, call.now)) list.add(notice_json(notice));
  return ok(ListAnswer{list, ""});
}

Answer list_all(Call& call) {
  JsonList list;
  for (const auto& notice : all_notices(call))
    list.add(notice_json(notice).flag("shown", is_shown(notice, call.now)));
  return ok(ListAnswer{list, ""});
}

auto shower(const Call& call) {
  return [now = call.now](const topup::View& /*view*/, const topup::Notice& notice) {
    return notice_json(notice).flag("shown", is_shown(notice, now));
  };
}

Answer put(Call& call) {
  Reader in{call.params};
  topup::Notice notice;
  notice.id = read_id<topup::NoticeId>(in, selecting(kId));
  notice.text = in.text(kText);
  notice.from = in.moment(kFrom).value_or(call.now);
  notice.until = in.moment(kUntil).value_or(call.now);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::put_notice(tx, call.user.id, notice); },
      shower(call));
}

Answer end(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::NoticeId>(in, kId);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::end_notice(tx, call.user.id, id, call.now); },
      shower(call));
}

}  // namespace

std::vector<Endpoint> notice_endpoints() {
  static const auto kAll = list_example(kExample);
  return {
      {.path = "/api/notices",
       .access = Access::anyone,
       .summary = "What the operator tells everybody now, the latest first",
       .example = R"({"status":true,"data":[{"id":"3","text":"Telkomsel lambat sampai pukul 12.",)"
                  R"("from":"2026-01-02T10:00:00+07:00","until":"2026-01-03T12:00:00+07:00"}]})",
       .handler = list_shown},
      {.path = "/api/admin/notices",
       .access = Access::admin,
       .summary = "Every notice, the latest first",
       .example = kAll,
       .handler = list_all},
      admin_change({.path = "/api/admin/notice/put",
                    .summary = "Replace a notice as a whole; without an id make a new one",
                    .parameters = {selecting(kId), kText, kFrom, kUntil},
                    .refusals = {ErrorCode::not_found},
                    .example = kExample,
                    .handler = put}),
      admin_change({.path = "/api/admin/notice/end",
                    .summary = "Show a notice no longer",
                    .parameters = {kId},
                    .refusals = {ErrorCode::not_found},
                    .example = kExample,
                    .handler = end}),
  };
}

}  // namespace topupd::http
