// What people are promised: profit is earned once and leaves once, a correction
// needs two persons, and a repeated request is one request.

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "topup/checker_families.h"

namespace topup::checking {
namespace {

using A = AccountKind;
using K = EntryKind;

// What one user earned and took, by the records.
struct Profit {
  std::int64_t earned = 0;
  std::int64_t withdrawn = 0;  // requested or paid
  std::int64_t transferred = 0;
  std::int64_t waiting = 0;  // withdrawals requested
};

class People {
 public:
  People(Facts& facts, Findings& findings) : facts_{&facts}, findings_{&findings} {}

  void check() {
    facts_->orders.each([&](std::int64_t, const OrderRow& row) { order(row); });
    facts_->withdrawals.each(
        [&](std::int64_t id, const WithdrawalRow& row) { withdrawal(id, row); });
    facts_->transfers.each([&](std::int64_t id, const TransferRow& row) { transfer(id, row); });
    facts_->adjustments.each(
        [&](std::int64_t id, const AdjustmentRow& row) { adjustment(id, row); });
    facts_->users.each([&](std::int64_t id, const UserRow& row) { user(id, row); });
  }

 private:
  void order(const OrderRow& row);
  void withdrawal(std::int64_t id, const WithdrawalRow& row);
  void transfer(std::int64_t id, const TransferRow& row);
  void adjustment(std::int64_t id, const AdjustmentRow& row);
  void user(std::int64_t id, const UserRow& row);
  void fault(std::string_view invariant, const std::string& what) {
    findings_->add(invariant, what);
  }

  Facts* facts_;
  Findings* findings_;
  std::map<std::int64_t, Profit> profits_;  // by user
};

void People::order(const OrderRow& row) {
  if (row.mode != OrderMode::dropship) return;
  if (row.state == OrderState::succeeded || row.state == OrderState::reversed)
    profits_[row.user].earned += row.selling - row.price - row.fee;
}

void People::withdrawal(std::int64_t id, const WithdrawalRow& row) {
  Kinds expected = bit(K::withdrawal_requested);
  if (row.state == WithdrawalState::paid) expected |= bit(K::withdrawal_paid);
  if (row.state == WithdrawalState::rejected) expected |= bit(K::withdrawal_rejected);
  if (row.entries != expected)
    fault("I09", named("withdrawal", id) + " (" + std::string{name(row.state)} +
                     ") has the entries " + words(row.entries));
  Profit& profit = profits_[row.user];
  if (row.state != WithdrawalState::rejected) profit.withdrawn += row.amount;
  if (row.state == WithdrawalState::requested) profit.waiting += row.amount;
}

void People::transfer(std::int64_t id, const TransferRow& row) {
  if (row.entries != bit(K::profit_transferred))
    fault("I13", named("transfer", id) + " has the entries " + words(row.entries));
  profits_[row.user].transferred += row.amount;
}

void People::adjustment(std::int64_t id, const AdjustmentRow& row) {
  std::string which = named("adjustment", id) + " (" + std::string{name(row.state)} + ")";
  bool approved = row.state == AdjustmentState::approved;
  if (row.entries != (approved ? bit(K::adjustment) : Kinds{0}))
    fault("I34", which + " has the entries " + words(row.entries));
  if (approved && row.decided_by == row.proposed_by)
    fault("I34", which + " was approved by the admin who proposed it");
  if (facts_->users.find(row.proposed_by) == nullptr)
    fault("I34", which + " was proposed by nobody");
  bool decided = row.state != AdjustmentState::proposed;
  if (decided != (facts_->users.find(row.decided_by) != nullptr))
    fault("I34", which + " was decided by " + named("user", row.decided_by));
  if (!row.has_reason || row.amount == 0) fault("I34", which + " has no reason or no amount");
}

void People::user(std::int64_t id, const UserRow& row) {
  const Profit profit = profits_[id];
  auto has = [&](A kind) { return row.balance.at(static_cast<std::size_t>(kind)); };
  std::string which = named("user", id);
  if (has(A::user_withdraw_hold) != profit.waiting)
    fault("I09", which + " has " + rupiah(has(A::user_withdraw_hold)) +
                     " held for withdrawals, those requested are " + rupiah(profit.waiting));
  std::int64_t taken = profit.withdrawn + profit.transferred;
  std::int64_t earned = profit.earned - row.clawed_back;
  if (has(A::user_profit) != earned - taken)
    fault("I13", which + " has a profit of " + rupiah(has(A::user_profit)) + ", earned " +
                     rupiah(earned) + " and took " + rupiah(taken));
  if (taken > earned)
    fault("I16", which + " took " + rupiah(taken) + " of a profit of " + rupiah(earned));
}

// Texts that must differ: compared by hash first, so that a million of them fit.
class Unique {
 public:
  Unique(std::string_view invariant, std::string_view what) : invariant_{invariant}, what_{what} {}

  void add(std::string_view key) { hashes_.push_back(std::hash<std::string_view>{}(key)); }

  // To be called when all were added; again() then wants to see them once more.
  void sort_out() {
    std::sort(hashes_.begin(), hashes_.end());
    std::vector<std::size_t> twice;
    for (std::size_t i = 1; i < hashes_.size(); ++i)
      if (hashes_[i] == hashes_[i - 1]) twice.push_back(hashes_[i]);
    hashes_ = std::move(twice);
  }
  bool is_suspicious() const { return !hashes_.empty(); }
  void again(std::string_view key, Findings& findings) {
    if (!std::binary_search(hashes_.begin(), hashes_.end(), std::hash<std::string_view>{}(key)))
      return;
    if (++seen_[std::string{key}] == 2)
      findings.add(invariant_, std::string{what_} + " stands twice: " + std::string{key});
  }

 private:
  std::string_view invariant_;
  std::string_view what_;
  std::vector<std::size_t> hashes_;
  std::map<std::string, int> seen_;
};

// What is unique among records of a kind; "" is not.
template <class Record>
struct Rule {
  Unique unique;
  std::function<std::string(const Record&)> key_of;
};

// Rules that are checked together are read together.
template <class Record>
void check_unique_each(const Archive& archive, Findings& findings,
                       std::vector<Rule<Record>> rules) {
  auto visit = [&](auto use) {
    archive.each(Archive::Each<Record>{[&](const Record& record) {
      for (auto& rule : rules)
        if (const auto key = rule.key_of(record); !key.empty()) use(rule.unique, key);
    }});
  };
  visit([](Unique& unique, const std::string& key) { unique.add(key); });
  bool is_suspicious = false;
  for (auto& rule : rules) {
    rule.unique.sort_out();
    is_suspicious = is_suspicious || rule.unique.is_suspicious();
  }
  if (is_suspicious)
    visit([&](Unique& unique, const std::string& key) { unique.again(key, findings); });
}

std::string of_user(UserId user, const std::string& text) {
  return std::to_string(user.value) + " " + text;
}

std::string ref_id_of(const Order& order) {
  return order.ref_id.empty() ? "" : of_user(order.user, order.ref_id);
}

std::string open_thing_of(const Order& order) {
  if (is_over(order.state)) return "";
  return of_user(order.user,
                 std::to_string(order.service.value) + " " + order.nometer + " " + order.target);
}

}  // namespace

void check_people(Facts& facts, Findings& findings) { People{facts, findings}.check(); }

void check_unique(const Archive& archive, Findings& findings) {
  check_unique_each<IdempotencyRow>(
      archive, findings,
      {{{"I28", "user, route and idempotency key"},
        [](const IdempotencyRow& row) { return of_user(row.user, row.route + " " + row.key); }}});
  check_unique_each<Order>(
      archive, findings,
      {{{"I28", "user and ref_id"}, ref_id_of},
       {{"I44", "open order by user, service, nometer and target"}, open_thing_of}});
  check_unique_each<Order>(
      archive, findings, {{{"I28", "invoice"}, [](const Order& order) { return order.invoice; }}});
  check_unique_each<Charge>(
      archive, findings,
      {{{"I30", "code of a charge"}, [](const Charge& charge) { return charge.code; }}});
  check_unique_each<Receipt>(archive, findings,
                             {{{"I30", "gateway and payment"}, [](const Receipt& receipt) {
                                 return std::to_string(receipt.gateway.value) + " " +
                                        receipt.payment_id;
                               }}});
}

}  // namespace topup::checking
