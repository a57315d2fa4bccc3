// Who did what with an operator's rights, and who has them.

#include <charconv>

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/text.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr std::string_view kConsole = "console";

constexpr Parameter kBy{.name = "by",
                        .min = 1,
                        .max = 254,
                        .summary = "Only what that admin did; console is who typed commands",
                        .example = "boss"};
constexpr Parameter kDeed{.name = "deed",
                          .type = ParameterType::code,
                          .max = 64,
                          .summary = "Only this: the route without /api/admin/, or the command",
                          .example = "user/suspend"};

// "user:2" is 2 if the noun is that of Id's table.
template <class Id>
Id id_in(std::string_view subject) {
  const auto colon = subject.find(':');
  if (subject.substr(0, colon) != topup::noun(Id::kTable)) return Id{};
  Id id;
  const auto digits = subject.substr(colon + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
  return id;
}

std::string name_of(const topup::View& /*view*/, const topup::Service& service) {
  return service.kategori + " · " + service.layanan;
}
std::string name_of(const topup::View& view, const topup::Offer& offer) {
  const auto service = view.service(offer.service);
  return service ? name_of(view, *service) : offer.sku;
}
std::string name_of(const topup::View& /*view*/, const topup::User& user) { return user.username; }
std::string name_of(const topup::View& /*view*/, const topup::Order& order) {
  return order.invoice;
}
std::string name_of(const topup::View& view, const topup::Withdrawal& withdrawal) {
  return username_of(view, withdrawal.user);
}
std::string name_of(const topup::View& view, const topup::Adjustment& adjustment) {
  return username_of(view, adjustment.user);
}

template <class Record>
std::string name_if(const topup::View& view, const std::optional<Record>& record) {
  return record ? name_of(view, *record) : "";
}

// What people call it; "" where nothing is better than the subject itself.
std::string name_of_subject(const topup::View& view, std::string_view subject) {
  if (const auto id = id_in<topup::UserId>(subject)) return name_if(view, view.user(id));
  if (const auto id = id_in<topup::OrderId>(subject)) return name_if(view, view.order(id));
  if (const auto id = id_in<topup::ServiceId>(subject)) return name_if(view, view.service(id));
  if (const auto id = id_in<topup::OfferId>(subject)) return name_if(view, view.offer(id));
  if (const auto id = id_in<topup::WithdrawalId>(subject))
    return name_if(view, view.withdrawal(id));
  if (const auto id = id_in<topup::AdjustmentId>(subject))
    return name_if(view, view.adjustment(id));
  return "";
}

JsonObject line_json(const topup::View& view, const topup::AuditLine& line) {
  const bool is_admin = line.by.actor == topup::Actor::admin;
  return JsonObject{}
      .text("id", std::to_string(line.id.value))
      .text("time", to_wib(line.at))
      .text("by", is_admin ? username_of(view, topup::UserId{line.by.id}) : std::string{kConsole})
      .text("deed", line.deed)
      .text("subject", line.subject)
      .text("name", name_of_subject(view, line.subject))
      .text("detail", line.detail)
      .text("address", line.address);
}

Answer show_audit(Call& call) {
  Reader in{call.params};
  const auto by = in.text(kBy);
  AuditFilter filter{std::nullopt, in.text(kDeed)};
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  if (by == kConsole) {
    filter.by = topup::Cause{topup::Actor::console, 0};
  } else if (!by.empty()) {
    const auto admin =
        call.app.store.read([&](const topup::View& view) { return user_named(view, by); });
    if (!admin) return Fault{ErrorCode::not_found, std::string{kBy.name}};
    filter.by = topup::Cause{topup::Actor::admin, admin->id.value};
  }
  return show_page(call, call.app.lists.audit_log(filter, page), line_json);
}

JsonObject admin_json(const topup::View& /*view*/, const topup::User& admin) {
  return JsonObject{}
      .text("user_id", admin.username)
      .text("name", admin.name)
      .flag("suspended", admin.suspended)
      .flag("otp", !admin.credentials.otp_sealed.empty())
      .text("created_at", to_wib(admin.created_at));
}

Answer list_admins(Call& call) {
  const auto admins = call.app.store.read([](const topup::View& view) { return view.admins(); });
  return show_all(call, admins, admin_json);
}

}  // namespace

std::vector<Endpoint> admin_audit_endpoints() {
  return {
      {.path = "/api/admin/audit",
       .access = Access::admin,
       .summary = "Who changed what, newest first: each change by an admin or by a command, with "
                  "what was asked for and from where, but neither secrets nor people's data",
       .parameters = {kBy, kDeed, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = R"({"status":true,"data":[{"id":"3","time":"2026-01-02T10:04:05+07:00",)"
                  R"("by":"boss","deed":"user/tier","subject":"user:2","name":"toko_a",)"
                  R"("detail":"tier=gold","address":"192.0.2.7"}]})",
       .handler = show_audit},
      {.path = "/api/admin/admins",
       .access = Access::admin,
       .summary = "Who has an operator's rights, oldest first",
       .example = R"({"status":true,"data":[{"user_id":"boss","name":"Boss","suspended":false,)"
                  R"("otp":true,"created_at":"2026-01-02T10:04:05+07:00"}]})",
       .handler = list_admins},
  };
}

}  // namespace topupd::http
