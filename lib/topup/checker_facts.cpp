#include "topup/checker_facts.h"

#include <concepts>
#include <string>

#include "topup/checker_seals.h"

namespace topup::checking {
namespace {

constexpr std::int64_t kViolationsKept = 100;

class Gatherer {
 public:
  Gatherer(const Archive& archive, const Pass& pass)
      : archive_{&archive}, facts_{&pass.facts}, seals_{&pass.seals}, findings_{&pass.findings} {}

  void people();
  void orders();
  void payments();
  void treasury();

 private:
  template <class Record, class Row, class Fill>
  void gather_each(std::string_view thing, Rows<Row>& rows, Fill fill) {
    archive_->each(Archive::Each<Record>{[&](const Record& record) {
      std::int64_t missing = 0;
      Row* row = rows.append(record.id.value, missing);
      if (row != nullptr) fill(record, *row);
      if constexpr (std::derived_from<Row, Sealed>)
        if (row != nullptr) row->made = seals_->made(record);
      if (missing != 0)
        findings_->add("I27", named(thing, record.id.value) + " does not follow the one before it");
    }});
  }

  void chained(const Order& order);

  void owned(std::string_view thing, std::int64_t id, UserId user) {
    if (facts_->users.find(user.value) == nullptr)
      findings_->add("I27", named(thing, id) + " belongs to " + named("user", user.value) +
                                ", who does not exist");
  }

  const Archive* archive_;
  Facts* facts_;
  Seals* seals_;
  Findings* findings_;
  Timestamp last_order_at_ = Timestamp::min();
};

void Gatherer::people() {
  gather_each<User>("user", facts_->users, [](const User& from, UserRow& row) {
    row.erased = from.erased_at.has_value();
  });
  gather_each<Withdrawal>("withdrawal", facts_->withdrawals,
                          [&](const Withdrawal& from, WithdrawalRow& row) {
                            owned("withdrawal", from.id.value, from.user);
                            row.user = from.user.value;
                            row.amount = from.amount.units();
                            row.fee = from.fee.units();
                            row.state = from.state;
                          });
  gather_each<Transfer>("transfer", facts_->transfers, [&](const Transfer& from, TransferRow& row) {
    owned("transfer", from.id.value, from.user);
    row.user = from.user.value;
    row.amount = from.amount.units();
  });
  gather_each<Adjustment>("adjustment", facts_->adjustments,
                          [&](const Adjustment& from, AdjustmentRow& row) {
                            owned("adjustment", from.id.value, from.user);
                            row.user = from.user.value;
                            row.amount = from.amount.units();
                            row.proposed_by = from.proposed_by.value;
                            row.decided_by = from.decided_by.value;
                            row.state = from.state;
                            row.has_reason = !from.reason.empty();
                          });
}

void Gatherer::chained(const Order& order) {
  auto which = named("order", order.id.value);
  if (order.created_at < last_order_at_)
    findings_->add("I40", which + " is earlier than the order before it");
  last_order_at_ = order.created_at;
  UserRow* user = facts_->users.find(order.user.value);
  if (user == nullptr) return;
  if (order.previous.value != user->last_order)
    findings_->add("I41", which + " follows " + named("order", order.previous.value) +
                              " instead of " + std::to_string(user->last_order));
  user->last_order = order.id.value;
}

void Gatherer::orders() {
  gather_each<Order>("order", facts_->orders, [&](const Order& from, OrderRow& row) {
    owned("order", from.id.value, from.user);
    chained(from);
    row.user = from.user.value;
    row.price = from.price.units();
    row.fee = from.fee.units();
    row.selling = from.selling.units();
    row.mode = from.mode;
    row.state = from.state;
  });
  gather_each<Attempt>("attempt", facts_->attempts, [&](const Attempt& from, AttemptRow& row) {
    row.order = from.order.value;
    row.provider = from.provider.value;
    row.cost = from.cost.units();
    row.final_cost = from.final_cost.units();
    row.state = from.state;
    OrderRow* order = facts_->orders.find(row.order);
    if (order == nullptr) {
      findings_->add("I27", named("attempt", from.id.value) + " is of " +
                                named("order", row.order) + ", which does not exist");
      return;
    }
    if (from.state == AttemptState::succeeded || from.state == AttemptState::reversed) {
      if (order->delivered_by != 0) {
        auto& deliveries = facts_->deliveries[row.order];
        if (deliveries.empty()) deliveries.push_back(order->delivered_by);
        deliveries.push_back(from.id.value);
      }
      order->delivered_by = from.id.value;
      ++order->delivered;
    }
    if (from.state == AttemptState::late) ++order->late_attempts;
    if (from.number != ++order->attempts)
      findings_->add("I20", named("order", row.order) + ": " + named("attempt", from.id.value) +
                                " has number " + std::to_string(from.number) + " instead of " +
                                std::to_string(order->attempts));
  });
}

void Gatherer::payments() {
  gather_each<Charge>("charge", facts_->charges, [&](const Charge& from, ChargeRow& row) {
    owned("charge", from.id.value, from.user);
    row.user = from.user.value;
    row.order = from.order.value;
    row.nominal = from.nominal.units();
    row.fee = from.fee.units();
    row.unique_code = from.unique_code.units();
    row.expires_at = from.expires_at;
    row.purpose = from.purpose;
    row.state = from.state;
  });
  gather_each<Receipt>("receipt", facts_->receipts, [&](const Receipt& from, ReceiptRow& row) {
    row.gateway = from.gateway.value;
    row.charge = from.charge.value;
    row.user = from.user.value;
    row.amount = from.amount.units();
    row.fee = from.fee.units();
    row.paid_at = from.paid_at;
    row.state = from.state;
    if (row.charge != 0 && facts_->charges.find(row.charge) == nullptr)
      findings_->add("I27", named("receipt", from.id.value) + " is of " +
                                named("charge", row.charge) + ", which does not exist");
  });
}

void Gatherer::treasury() {
  gather_each<Prefund>("prefund", facts_->prefunds, [](const Prefund& from, PrefundRow& row) {
    row.provider = from.provider.value;
    row.amount = from.amount.units();
    row.bank_fee = from.bank_fee.units();
    row.state = from.state;
  });
  gather_each<TreasuryMove>("treasury move", facts_->treasury,
                            [](const TreasuryMove& from, TreasuryRow& row) {
                              row.kind = from.kind;
                              row.gateway = from.gateway.value;
                              row.user = from.user.value;
                              row.amount = from.amount.units();
                            });
  archive_->each(Archive::Each<Incident>{[&](const Incident& incident) {
    facts_->incidents.emplace(incident.kind, incident.subject);
    if (!incident.closed_at) facts_->open_incidents.emplace(incident.kind, incident.subject);
  }});
}

}  // namespace

void Findings::add(std::string_view invariant, std::string what) {
  if (report_->violations_found++ < kViolationsKept)
    report_->violations.push_back({std::string{invariant}, std::move(what)});
}

std::string named(std::string_view thing, std::int64_t id) {
  return std::string{thing} + " " + std::to_string(id);
}

std::string rupiah(std::int64_t units) { return "Rp " + std::to_string(units); }

std::string words(Kinds kinds) {
  std::string list;
  for (unsigned i = 0; i < 32; ++i) {
    if ((kinds & Kinds{1} << i) == 0) continue;
    if (!list.empty()) list += ", ";
    list += name(static_cast<EntryKind>(i));
  }
  return list.empty() ? "none" : list;
}

std::int64_t Facts::balance(LedgerAccount account) {
  if (is_user_account(account.kind)) {
    const UserRow* user = users.find(account.owner);
    return user == nullptr ? 0 : user->balance.at(static_cast<std::size_t>(account.kind));
  }
  auto found = system.find(account);
  return found == system.end() ? 0 : found->second;
}

void gather(const Archive& archive, const Pass& pass) {
  Gatherer gatherer{archive, pass};
  gatherer.people();
  gatherer.orders();
  gatherer.payments();
  gatherer.treasury();
}

}  // namespace topup::checking
