#include <utility>

#include "http/api/admin_shapes.h"
#include "http/api/allow_list.h"
#include "http/api/common_parameters.h"
#include "http/api/credentials.h"
#include "http/api/csv.h"
#include "http/api/movements.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "http/api/text.h"
#include "topup/statement.h"
#include "topup/user_commands.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr Parameter kAccount{.name = "account",
                             .summary = "Which account, balance by default",
                             .choices = "balance|profit",
                             .example = "balance"};

Answer show_me(Call& call) {
  const auto wallet =
      call.app.store.read([&](const topup::View& view) { return view.wallet(call.user.id); });
  return ok(user_json(call.user, wallet));
}

Answer regenerate_key(Call& call) {
  const auto key = new_key(call.app.master);
  const auto user = call.app.store.transact(
      [&](topup::Tx& tx) { return topup::replace_key(tx, call.user.id, key.hash, key.sealed); });
  if (!user) return fault(user.error());
  return ok(JsonObject{}.text("api_key", key.key));
}

JsonObject line_json(const Movement& movement) {
  return JsonObject{}
      .text("time", movement.time)
      .text("kind", movement.kind)
      .text("description", movement.description)
      .money("amount", movement.amount)
      .money("balance_after", movement.after)
      .text("ref", movement.ref);
}

std::string line_csv(const Movement& movement) {
  return csv_line({movement.time, movement.kind, movement.description,
                   std::to_string(movement.amount.units()), std::to_string(movement.after.units()),
                   movement.ref});
}

Response as_csv(const std::vector<Movement>& movements, const std::string& next_cursor) {
  Response response{.content_type = "text/csv; charset=utf-8"};
  response.body = csv_line({"time", "kind", "description", "amount", "balance_after", "ref"});
  for (const auto& movement : movements)
    response.body += line_csv(movement);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"mutasi.csv\"");
  if (!next_cursor.empty()) response.headers.emplace_back("X-Next-Cursor", next_cursor);
  return response;
}

Response as_json(const std::vector<Movement>& movements, std::string next_cursor) {
  ListAnswer list{{}, std::move(next_cursor)};
  for (const auto& movement : movements)
    list.data.add(line_json(movement));
  return ok(list);
}

Answer show_statement(Call& call) {
  Reader in{call.params};
  const auto kind = in.text(kAccount) == "profit" ? topup::AccountKind::user_profit
                                                  : topup::AccountKind::user_balance;
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();

  auto [movements, next] = call.app.store.read([&](const topup::View& view) {
    const auto found =
        topup::statement(view, call.user.id, kind, topup::PostingId{page.after}, page.limit);
    return std::pair{movements_of(view, found.lines), found.next};
  });
  auto next_cursor = cursor_text(next.value);
  const auto accept = to_lower_ascii(call.request.header("accept"));
  if (accept.starts_with("text/csv")) return as_csv(movements, next_cursor);
  return as_json(movements, std::move(next_cursor));
}

Answer show_allow_list(Call& call) {
  return ok(JsonObject{}.raw("addresses", addresses_json(call.user).str()));
}

Answer set_allow_list(Call& call) {
  Reader in{call.params};
  const auto addresses = read_addresses(in);
  if (in.fault()) return *in.fault();
  const auto user = call.app.store.transact(
      [&](topup::Tx& tx) { return topup::set_allowed_addresses(tx, call.user.id, addresses); });
  if (!user) return fault(user.error());
  return ok(JsonObject{}.raw("addresses", addresses_json(*user).str()));
}

constexpr std::string_view kAllowListExample =
    R"({"status":true,"data":{"addresses":["192.0.2.7","2001:db8::/32"]}})";

}  // namespace

std::vector<Endpoint> user_endpoints() {
  return {
      {.path = "/api/user/me",
       .access = Access::anyone,
       .summary = "The account and its balances",
       .example = R"({"status":true,"data":{"user_id":"toko_a","balance":50000,"role":"reseller",)"
                  R"("name":"Toko A","email":"a@x.com","profit_balance":0,"tier":"basic",)"
                  R"("created_at":"2026-01-02T10:04:05+07:00"}})",
       .handler = show_me},
      {.path = "/api/user/regenerate-key",
       .effect = Effect::changes,
       .summary = "Replace the API key; the old one stops working at once",
       .example = R"({"status":true,"data":{"api_key":"tk_yyyy"}})",
       .handler = regenerate_key},
      {.path = "/api/user/statement",
       .summary = "Every movement of one account, newest first; CSV with Accept: text/csv",
       .parameters = {kAccount, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example =
           R"({"status":true,"data":[{"time":"2026-01-02T10:04:05+07:00","kind":"order_held",)"
           R"("description":"Pesanan INV-AAAAAAAAAAAAAB","amount":-10000,)"
           R"("balance_after":40000,"ref":"INV-AAAAAAAAAAAAAB"}]})",
       .handler = show_statement},
      {.path = "/api/user/allow-list",
       .summary = "The addresses that requests may come from; none is from anywhere",
       .example = kAllowListExample,
       .handler = show_allow_list},
      {.path = "/api/user/allow-list",
       .effect = Effect::changes,
       .summary = "Set them; from any other address the key and the dashboard stop working",
       .parameters = {kAddresses},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::unavailable,
                    ErrorCode::outcome_unknown},
       .example = kAllowListExample,
       .handler = set_allow_list},
  };
}

}  // namespace topupd::http
