// The operator's own money: in the bank, at gateways and at suppliers.

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "topup/treasury_commands.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kGateway{.name = "gateway",
                             .presence = Presence::required,
                             .min = 1,
                             .max = 64,
                             .summary = "The gateway's name",
                             .example = "sandbox"};

constexpr Parameter kRepaidFrom{.name = "source",
                                .presence = Presence::required,
                                .summary = "He paid by bank, or agreed that his balance pays",
                                .choices = "bank|balance",
                                .example = "bank"};

constexpr std::string_view kMoveExample =
    R"({"status":true,"data":{"id":"3","kind":"capital","gateway":"","amount":1000000,)"
    R"("created_at":"2026-01-02T10:04:05+07:00"}})";
constexpr std::string_view kRepaymentExample =
    R"({"status":true,"data":{"id":"4","kind":"debt_by_bank","gateway":"","amount":2500,)"
    R"("created_at":"2026-01-02T10:04:05+07:00","user_id":"toko_a","receivable":0}})";
constexpr std::string_view kPrefundExample =
    R"({"status":true,"data":{"id":"3","provider":"sandbox-1","status":"sent",)"
    R"("amount":1000000,"bank_fee":2500,"created_at":"2026-01-02T10:04:05+07:00"}})";

template <class Record>
struct Made {
  Record record;
  bool replayed = false;
};

struct Keyed {
  const Call& call;
  const topup::IdempotencyRow& key;
};

// The first use of an idempotency key makes a record, every other finds it.  make(Tx&) gives a
// Result, find(Tx&, id) what the key made, is_same(record) whether the request asks for that.
template <class Make, class Find, class IsSame>
auto once(topup::Tx& tx, const Keyed& keyed, Make make, Find find, IsSame is_same)
    -> topup::Result<Made<std::invoke_result_t<Find, topup::Tx&, std::int64_t>>> {
  using Record = std::invoke_result_t<Find, topup::Tx&, std::int64_t>;
  const auto& [call, key] = keyed;
  if (const auto allowed = topup::require_admin(tx, key.user); !allowed) return allowed.error();
  const auto used = key.key.empty() ? std::nullopt : tx.idempotency(key.user, key.route, key.key);
  if (used) {
    Record record = find(tx, used->subject);
    if (!is_same(record)) return topup::Error{topup::Code::idempotency_conflict};
    return Made<Record>{std::move(record), true};
  }
  topup::Result<Record> made = make(tx);
  if (!made) return made.error();
  record_deed(tx, call, key.user, subject_of(*made));
  if (!key.key.empty()) {
    auto row = key;
    row.subject = made->id.value;
    tx.insert(row);
  }
  return Made<Record>{*made, false};
}

// Empty key: the request sent none.
std::variant<topup::IdempotencyRow, Fault> read_key(const Call& call, std::string_view route) {
  auto key = idempotency_key(call.request);
  if (auto* fault = std::get_if<Fault>(&key)) return std::move(*fault);
  topup::IdempotencyRow row;
  row.user = call.user.id;
  row.route = route;
  row.key = std::get<std::string>(std::move(key));
  row.at = call.now;
  return row;
}

template <class Record, class Show>
Answer answer_of(Call& call, const topup::Result<Made<Record>>& made, Show show) {
  if (!made) return fault(made.error());
  if (!made->replayed) log_action(call, subject_of(made->record));
  return marked(
      ok(call.app.store.read([&](const topup::View& view) { return show(view, made->record); })),
      made->replayed);
}

topup::TreasuryMove move_of(topup::Tx& tx, std::int64_t id) {
  return tx.treasury_move(topup::TreasuryMoveId{id}).value();
}

Answer pay_in(Call& call) {
  Reader in{call.params};
  const auto amount = in.money(kMoved).value_or(topup::Money{});
  if (in.fault()) return *in.fault();
  const auto key = read_key(call, "pay_in_capital");
  if (const auto* fault = std::get_if<Fault>(&key)) return *fault;
  const auto made = call.app.store.transact([&](topup::Tx& tx) {
    return once(
        tx, {call, std::get<topup::IdempotencyRow>(key)},
        [&](topup::Tx& t) { return topup::pay_in_capital(t, call.user.id, amount, call.now); },
        move_of, [&](const topup::TreasuryMove& move) { return move.amount == amount; });
  });
  return answer_of(call, made, treasury_move_json);
}

Answer record_payout(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kGateway);
  const auto amount = in.money(kMoved).value_or(topup::Money{});
  if (in.fault()) return *in.fault();
  const auto key = read_key(call, "record_gateway_payout");
  if (const auto* fault = std::get_if<Fault>(&key)) return *fault;
  const auto made = call.app.store.transact([&](topup::Tx& tx) {
    const auto gateway = tx.gateway_by_name(name);
    const auto id = gateway ? gateway->id : topup::GatewayId{};
    return once(
        tx, {call, std::get<topup::IdempotencyRow>(key)},
        [&](topup::Tx& t) {
          return topup::record_gateway_payout(t, call.user.id, id, amount, call.now);
        },
        move_of,
        [&](const topup::TreasuryMove& move) {
          return move.gateway == id && move.amount == amount;
        });
  });
  return answer_of(call, made, treasury_move_json);
}

Answer repay(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  topup::RepayDebt command;
  command.admin = call.user.id;
  command.amount = in.money(kMoved).value_or(topup::Money{});
  command.source =
      in.text(kRepaidFrom) == "bank" ? topup::RepaidFrom::bank : topup::RepaidFrom::balance;
  if (in.fault()) return *in.fault();
  const auto key = read_key(call, "repay_debt");
  if (const auto* fault = std::get_if<Fault>(&key)) return *fault;
  const auto kind = command.source == topup::RepaidFrom::bank
                        ? topup::TreasuryMoveKind::debt_by_bank
                        : topup::TreasuryMoveKind::debt_from_balance;
  const auto made =
      call.app.store.transact([&](topup::Tx& tx) -> topup::Result<Made<topup::TreasuryMove>> {
        const auto user = user_named(tx, name);
        if (!user) return user.error();
        auto whole = command;
        whole.user = user->id;
        return once(
            tx, {call, std::get<topup::IdempotencyRow>(key)},
            [&](topup::Tx& t) { return topup::repay_debt(t, whole, call.now); }, move_of,
            [&](const topup::TreasuryMove& move) {
              return move.kind == kind && move.amount == whole.amount && move.user == whole.user;
            });
      });
  return answer_of(call, made, [&](const topup::View& view, const topup::TreasuryMove& move) {
    const auto debtor = user_named(view, name).value();
    return treasury_move_json(view, move)
        .text("user_id", debtor.username)
        .money("receivable", view.wallet(debtor.id)[topup::AccountKind::user_receivable].balance);
  });
}

Answer send_prefund(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kProvider);
  topup::SendPrefund command;
  command.admin = call.user.id;
  command.amount = in.money(kMoved).value_or(topup::Money{});
  command.bank_fee = in.money(kBankFee).value_or(topup::Money{});
  if (in.fault()) return *in.fault();
  const auto key = read_key(call, "send_prefund");
  if (const auto* fault = std::get_if<Fault>(&key)) return *fault;
  const auto made = call.app.store.transact([&](topup::Tx& tx) {
    auto whole = command;
    if (const auto provider = tx.provider_by_name(name)) whole.provider = provider->id;
    return once(
        tx, {call, std::get<topup::IdempotencyRow>(key)},
        [&](topup::Tx& t) { return topup::send_prefund(t, whole, call.now); },
        [](topup::Tx& t, std::int64_t id) { return t.prefund(topup::PrefundId{id}).value(); },
        [&](const topup::Prefund& prefund) {
          return prefund.provider == whole.provider && prefund.amount == whole.amount &&
                 prefund.bank_fee == whole.bank_fee;
        });
  });
  return answer_of(call, made, prefund_json);
}

Answer confirm_prefund(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::PrefundId>(in, kId);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::confirm_prefund(tx, call.user.id, id, call.now); },
      prefund_json);
}

Endpoint move(std::string_view path, std::string_view summary, std::vector<Parameter> parameters,
              Answer (*handler)(Call&)) {
  return admin_change({.path = path,
                       .repeat = Repeat::by_idempotency_key,
                       .summary = summary,
                       .parameters = std::move(parameters),
                       .refusals = {ErrorCode::not_found, ErrorCode::amount_out_of_range,
                                    ErrorCode::idempotency_conflict},
                       .example = kMoveExample,
                       .handler = handler});
}

}  // namespace

std::vector<Endpoint> admin_treasury_endpoints() {
  auto sending = move("/api/admin/treasury/prefund/send", "Money is on its way to a supplier",
                      {kProvider, kMoved, kBankFee}, send_prefund);
  sending.example = kPrefundExample;
  auto payout = move("/api/admin/treasury/payout",
                     "A gateway paid out to the bank, at most what it had not paid out yet",
                     {kGateway, kMoved}, record_payout);
  payout.refusals.push_back(ErrorCode::insufficient_balance);
  auto repayment =
      move("/api/admin/treasury/repayment",
           "A reseller paid what he owes, or a part of it: receivable of /api/admin/user",
           {kUserName, kMoved, kRepaidFrom}, repay);
  repayment.example = kRepaymentExample;
  repayment.refusals.push_back(ErrorCode::insufficient_balance);
  return {
      move("/api/admin/treasury/capital", "The owner paid money into the bank", {kMoved}, pay_in),
      std::move(payout),
      std::move(repayment),
      std::move(sending),
      admin_change({.path = "/api/admin/treasury/prefund/confirm",
                    .summary = "The supplier has it; repeating this changes nothing",
                    .parameters = {kId},
                    .refusals = {ErrorCode::not_found},
                    .example = kPrefundExample,
                    .handler = confirm_prefund}),
  };
}

}  // namespace topupd::http
