#include "topup/erasure.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "topup/moves.h"
#include "topup/store.h"

namespace topup {
namespace {

Error in_the_way(std::string_view what, std::int64_t which = 0) {
  return {Code::conflict, std::string{what}, which};
}

std::optional<Error> open_matter(const UnderWay& matters) {
  if (matters.order) return in_the_way("order", matters.order.value);
  if (matters.charge) return in_the_way("charge", matters.charge.value);
  if (matters.receipt) return in_the_way("receipt", matters.receipt.value);
  if (matters.withdrawal) return in_the_way("withdrawal", matters.withdrawal.value);
  if (matters.adjustment) return in_the_way("adjustment", matters.adjustment.value);
  return std::nullopt;
}

std::optional<Error> money_left(const Wallet& wallet) {
  struct Row {
    AccountKind account;
    std::string_view word;
  };
  constexpr std::array<Row, kUserAccountCount> kAccounts{{
      {AccountKind::user_balance, "balance"},
      {AccountKind::user_hold, "hold"},
      {AccountKind::user_profit, "profit"},
      {AccountKind::user_withdraw_hold, "withdraw_hold"},
      {AccountKind::user_receivable, "receivable"},
  }};
  for (const auto& [account, word] : kAccounts)
    if (wallet[account].balance != Money{}) return in_the_way(word);
  return std::nullopt;
}

bool is_last_admin(const View& view, const User& user) {
  if (user.role != Role::admin) return false;
  auto admins = view.admins();
  return std::none_of(admins.begin(), admins.end(), [&](const User& other) {
    return other.id != user.id && !other.suspended && !other.erased_at;
  });
}

std::optional<Error> refusal(const View& view, const User& user) {
  if (auto open = open_matter(view.under_way(user.id))) return open;
  if (auto left = money_left(view.wallet(user.id))) return left;
  if (is_last_admin(view, user)) return in_the_way("role");
  return std::nullopt;
}

bool is_blank(const Order& order) {
  return order.target.empty() && order.nometer.empty() && order.ref_id.empty() &&
         order.customer_name.empty() && order.customer_phone.empty() && order.sn.empty();
}

bool is_blank(const Withdrawal& withdrawal) {
  return withdrawal.bank.empty() && withdrawal.account_number.empty() &&
         withdrawal.account_name.empty() && withdrawal.note.empty();
}

void blank(Tx& tx, Order order, moves::Now now) {
  for (auto attempt : tx.attempts(order.id)) {
    if (attempt.sn.empty()) continue;
    attempt.sn.clear();
    tx.update(attempt);
  }
  for (auto* text : {&order.target, &order.nometer, &order.ref_id, &order.customer_name,
                     &order.customer_phone, &order.sn})
    text->clear();
  order.salt = 0;
  moves::erase(tx, order, now);
}

void blank(Tx& tx, Withdrawal withdrawal, moves::Now now) {
  for (auto* text :
       {&withdrawal.bank, &withdrawal.account_number, &withdrawal.account_name, &withdrawal.note})
    text->clear();
  withdrawal.salt = 0;
  moves::erase(tx, withdrawal, now);
}

// Which records are old enough, and in whose name they are overwritten.
struct Blanking {
  Timestamp before;
  moves::Now now;
};

// Overwrites those that were over before that moment; returns how many, and adds the others to
// kept.
template <class Record>
std::int64_t blank_old(Tx& tx, const std::vector<Record>& records, const Blanking& which,
                       std::int64_t& kept) {
  std::int64_t blanked = 0;
  for (const auto& record : records) {
    if (is_blank(record)) continue;
    if (!is_over(record.state) || record.updated_at >= which.before) {
      ++kept;
      continue;
    }
    blank(tx, record, which.now);
    ++blanked;
  }
  return blanked;
}

// From the newest back, those that follow that one; as many as one call looks at.
std::vector<Order> orders_after(const View& view, UserId user, OrderId after) {
  std::vector<Order> orders;
  auto at = after ? view.order(after).value().previous : view.wallet(user).last_order;
  while (at && orders.size() < static_cast<std::size_t>(kErasedAtOnce)) {
    orders.push_back(view.order(at).value());
    at = orders.back().previous;
  }
  return orders;
}

}  // namespace

std::string erased_username(UserId user) {
  return std::string{kErasedPrefix} + std::to_string(user.value);
}

Result<User> erase_user(Tx& tx, UserId user, Cause cause, Timestamp now) {
  auto known = tx.user(user);
  if (!known) return Error{Code::not_found};
  if (known->erased_at) return *known;
  if (auto refused = refusal(tx, *known)) return *refused;

  User erased;
  erased.id = user;
  erased.username = erased_username(user);
  erased.name = "erased";
  erased.email = erased.username;  // no address, so nobody else can have it
  erased.role = known->role;
  erased.tier = known->tier;
  erased.suspended = true;
  erased.created_at = known->created_at;
  erased.erased_at = now;
  tx.update(erased);
  tx.append(Step{Subject::user, user.value, "erase", "", "erased", cause, now}, {});
  return erased;
}

Result<ErasedPage> erase_records(Tx& tx, const EraseRecords& command, const ErasureCursor& after,
                                 Timestamp now) {
  auto known = tx.user(command.user);
  if (!known || !known->erased_at) return Error{Code::not_found};

  ErasedPage page;
  page.next = after;
  const Blanking which{command.before, {command.cause, now}};
  auto orders = orders_after(tx, command.user, after.order);
  page.records.orders = blank_old(tx, orders, which, page.records.kept);
  if (!orders.empty()) page.next.order = orders.back().id;
  auto withdrawals = tx.withdrawals_of(command.user, after.withdrawal, kErasedAtOnce);
  page.records.withdrawals = blank_old(tx, withdrawals, which, page.records.kept);
  if (!withdrawals.empty()) page.next.withdrawal = withdrawals.back().id;
  auto forgotten = tx.forget_idempotency(command.user, kErasedAtOnce);

  auto full = static_cast<std::size_t>(kErasedAtOnce);
  page.is_last = orders.size() < full && withdrawals.size() < full && forgotten < kErasedAtOnce;
  return page;
}

Result<ErasedRecords> erase_all_records(Store& store, const EraseRecords& command, Timestamp now) {
  ErasedRecords total;
  ErasureCursor after;
  for (;;) {
    auto page = store.transact([&](Tx& tx) { return erase_records(tx, command, after, now); });
    if (!page) return page.error();
    total.orders += page->records.orders;
    total.withdrawals += page->records.withdrawals;
    total.kept += page->records.kept;
    if (page->is_last) return total;
    after = page->next;
  }
}

}  // namespace topup
