#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "http/api/allow_list.h"
#include "http/api/text.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kSearch{.name = "q",
                            .max = 254,
                            .summary = "How the username or the e-mail address begins",
                            .example = "toko"};
constexpr Parameter kTier{.name = "tier",
                          .type = ParameterType::code,
                          .presence = Presence::required,
                          .min = 1,
                          .max = 32,
                          .summary = "basic, or one that was put",
                          .example = "gold"};

constexpr std::string_view kUserExample =
    R"({"status":true,"data":{"user_id":"toko_a","balance":50000,"role":"reseller",)"
    R"("name":"Toko A","email":"a@x.com","profit_balance":0,"tier":"basic",)"
    R"("created_at":"2026-01-02T10:04:05+07:00","phone":"","suspended":false,"otp":false,)"
    R"("addresses":["192.0.2.7"],"hold":0,"withdraw_hold":0,"receivable":0}})";

JsonObject with_wallet(const topup::View& view, const topup::User& user) {
  return admin_user_json(user, view.wallet(user.id));
}

Answer list_users(Call& call) {
  Reader in{call.params};
  const auto beginning = to_lower_ascii(in.text(kSearch));
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  return show_page(call, call.app.lists.users(beginning, page), with_wallet);
}

Answer show_user(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  if (in.fault()) return *in.fault();
  return call.app.store.read([&](const topup::View& view) -> Answer {
    const auto user = user_named(view, name);
    if (!user) return fault(user.error());
    return ok(with_wallet(view, *user));
  });
}

// Runs change(Tx&, user) on the user whom the request names.
template <class Change>
Answer change_user(Call& call, const std::string& name, Change change) {
  const auto command = [&](topup::Tx& tx) -> topup::Result<topup::User> {
    const auto user = user_named(tx, name);
    if (!user) return user.error();
    return change(tx, user->id);
  };
  return act(call, command, with_wallet);
}

Answer suspend(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  if (in.fault()) return *in.fault();
  auto answer = change_user(call, name, [&](topup::Tx& tx, topup::UserId user) {
    return topup::suspend_user(tx, call.user.id, user);
  });
  const auto user =
      call.app.store.read([&](const topup::View& view) { return user_named(view, name); });
  if (user && user->suspended) call.app.sessions.close_all(user->id);
  return answer;
}

Answer reinstate(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  if (in.fault()) return *in.fault();
  return change_user(call, name, [&](topup::Tx& tx, topup::UserId user) {
    return topup::reinstate_user(tx, call.user.id, user);
  });
}

Answer set_tier(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  const auto tier = in.text(kTier);
  if (in.fault()) return *in.fault();
  return change_user(call, name, [&](topup::Tx& tx, topup::UserId user) {
    return topup::set_user_tier(tx, call.user.id, user, tier);
  });
}

// As change_user, but of resellers alone: an admin must neither lock the last admin out nor weaken
// another.
template <class Change>
Answer change_reseller(Call& call, const std::string& name, Change change) {
  return change_user(call, name,
                     [&](topup::Tx& tx, topup::UserId user) -> topup::Result<topup::User> {
                       if (const auto allowed = topup::require_admin(tx, call.user.id); !allowed)
                         return allowed.error();
                       if (tx.user(user)->role == topup::Role::admin)
                         return topup::Error{topup::Code::forbidden};
                       return change(tx, user);
                     });
}

Answer set_allow_list(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  const auto addresses = read_addresses(in);
  if (in.fault()) return *in.fault();
  return change_reseller(call, name, [&](topup::Tx& tx, topup::UserId user) {
    return topup::set_allowed_addresses(tx, user, addresses);
  });
}

Answer disable_otp(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  if (in.fault()) return *in.fault();
  return change_reseller(call, name, [&](topup::Tx& tx, topup::UserId user) {
    return topup::replace_second_factor(tx, user, "");
  });
}

}  // namespace

std::vector<Endpoint> admin_user_endpoints() {
  static const auto kUsers = list_example(kUserExample);
  return {
      {.path = "/api/admin/users",
       .access = Access::admin,
       .summary = "The people, newest first",
       .parameters = {kSearch, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kUsers,
       .handler = list_users},
      {.path = "/api/admin/user",
       .access = Access::admin,
       .summary = "One of them, with all of his accounts",
       .parameters = {kUserName},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = kUserExample,
       .handler = show_user},
      admin_change(
          {.path = "/api/admin/user/suspend",
           .summary =
               "Refuse a user's requests from now on and end his sessions; orders under way go on",
           .parameters = {kUserName},
           .refusals = {ErrorCode::not_found},
           .example = kUserExample,
           .handler = suspend}),
      admin_change({.path = "/api/admin/user/reinstate",
                    .summary = "Take a suspension back",
                    .parameters = {kUserName},
                    .refusals = {ErrorCode::not_found},
                    .example = kUserExample,
                    .handler = reinstate}),
      admin_change({.path = "/api/admin/user/tier",
                    .summary = "Give a user another tier",
                    .parameters = {kUserName, kTier},
                    .refusals = {ErrorCode::not_found},
                    .example = kUserExample,
                    .handler = set_tier}),
      admin_change({.path = "/api/admin/user/allow-list",
                    .summary = "Set the addresses that a reseller may ask from",
                    .parameters = {kUserName, kAddresses},
                    .refusals = {ErrorCode::not_found},
                    .example = kUserExample,
                    .handler = set_allow_list}),
      admin_change({.path = "/api/admin/user/disable-otp",
                    .summary = "Take off the second factor of a reseller who lost it",
                    .parameters = {kUserName},
                    .refusals = {ErrorCode::not_found},
                    .example = kUserExample,
                    .handler = disable_otp}),
  };
}

}  // namespace topupd::http
