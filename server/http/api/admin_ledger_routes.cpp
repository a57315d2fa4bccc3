#include <string>

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "topup/statement.h"

namespace topupd::http {

namespace {

constexpr Parameter kAccount{.name = "account",
                             .summary = "Which of the user's, balance by default",
                             .choices = "balance|hold|profit|withdraw_hold|receivable",
                             .example = "balance"};

JsonObject balance_json(const topup::View& view, const SystemBalance& balance) {
  return JsonObject{}
      .text("account", name(balance.account.kind))
      .text("owner", owner_of(view, balance.account))
      .number("amount", balance.amount);
}

// After a start it may take some requests until they are summed.
Answer show_balances(Call& call) {
  const auto balances = call.app.lists.system_balances();
  if (!balances) return Fault{.code = ErrorCode::unavailable, .retry_after = 1};
  return show_all(call, *balances, balance_json);
}

// Numbered without a gap, so that a page is a range of numbers.
ListAnswer all_postings(const topup::View& view, const PageRequest& page) {
  ListAnswer answer;
  auto id = page.after > 0 ? page.after - 1 : view.journal_head().posting.value;
  for (int left = page.limit; left > 0 && id > 0; --left, --id)
    if (const auto stored = view.posting(topup::PostingId{id}))
      answer.data.add(posting_json(view, *stored));
  answer.next_cursor = cursor_text(id > 0 ? id + 1 : 0);
  return answer;
}

ListAnswer postings_of(const topup::View& view, topup::LedgerAccount account,
                       const PageRequest& page) {
  const auto found = topup::statement(view, topup::UserId{account.owner}, account.kind,
                                      topup::PostingId{page.after}, page.limit);
  ListAnswer answer;
  for (const auto& line : found.lines)
    if (const auto stored = view.posting(line.id)) answer.data.add(posting_json(view, *stored));
  answer.next_cursor = cursor_text(found.next.value);
  return answer;
}

Answer show_ledger(Call& call) {
  Reader in{call.params};
  const auto name = in.text(optional(kUserName));
  const auto kind = topup::account_kind_from("user_" + in.text(kAccount))
                        .value_or(topup::AccountKind::user_balance);
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  return call.app.store.read([&](const topup::View& view) -> Answer {
    if (name.empty()) return ok(all_postings(view, page));
    const auto user = user_named(view, name);
    if (!user) return fault(user.error());
    return ok(postings_of(view, of(user->id, kind), page));
  });
}

JsonList providers_of(const topup::View& view) {
  JsonList list;
  for (std::int64_t id = 1; id <= view.last_id(topup::Table::providers); ++id)
    if (const auto provider = view.provider(topup::ProviderId{id}))
      list.add(JsonObject{}.text("name", provider->name).flag("active", provider->active));
  return list;
}

JsonList gateways_of(const topup::View& view, topup::GatewayId present) {
  JsonList list;
  for (std::int64_t id = 1; id <= view.last_id(topup::Table::gateways); ++id)
    if (const auto gateway = view.gateway(topup::GatewayId{id}))
      list.add(JsonObject{}.text("name", gateway->name).flag("active", gateway->id == present));
  return list;
}

Answer show_partners(Call& call) {
  return ok(call.app.store.read([&](const topup::View& view) {
    return JsonObject{}
        .raw("providers", providers_of(view).str())
        .raw("gateways", gateways_of(view, call.app.gateway).str());
  }));
}

}  // namespace

std::vector<Endpoint> admin_ledger_endpoints() {
  return {
      {.path = "/api/admin/balances",
       .access = Access::admin,
       .summary = "The shop's own accounts: the bank, what gateways owe, what suppliers hold, and "
                  "what was earned and spent",
       .refusals = {ErrorCode::unavailable},
       .example = R"({"status":true,"data":[{"account":"provider_float","owner":"sandbox-1",)"
                  R"("amount":1000000}]})",
       .handler = show_balances},
      {.path = "/api/admin/ledger",
       .access = Access::admin,
       .summary = "Every posting, newest first: what moved from which account to which, by which "
                  "entry, and who brought it about; of one account of a user alone, if he is named",
       .parameters = {optional(kUserName), kAccount, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = R"({"status":true,"data":[{"id":7,"entry":4,"kind":"order_held","ref":3,)"
                  R"("cause":"reseller:2","time":"2026-01-02T10:04:05+07:00",)"
                  R"("debit":{"account":"user_balance","owner":"toko_a"},)"
                  R"("credit":{"account":"user_hold","owner":"toko_a"},"amount":10000}]})",
       .handler = show_ledger},
      {.path = "/api/admin/partners",
       .access = Access::admin,
       .summary = "Suppliers and payment gateways",
       .example = R"({"status":true,"data":{"providers":[{"name":"sandbox-1","active":true}],)"
                  R"("gateways":[{"name":"sandbox","active":true}]}})",
       .handler = show_partners},
  };
}

}  // namespace topupd::http
