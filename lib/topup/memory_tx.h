// The Tx and the Archive of MemoryStore.  Internal.

#pragma once

#include <stdexcept>
#include <string>

#include "topup/memory_state.h"
#include "topup/memory_undo.h"
#include "topup/seal.h"

namespace topup {

class MemoryTx final : public Tx {
 public:
  MemoryTx(MemoryState& state, const Sealer& sealer) : s_{state}, sealer_{sealer} {}

  bool has_written() const { return undo_.size() > 0; }
  void take_back() { undo_.back_to(0); }

  std::optional<User> user(UserId id) const override;
  std::optional<User> user_by_username(std::string_view username) const override;
  std::optional<User> user_by_email(std::string_view email) const override;
  std::optional<User> user_by_key(std::string_view key_hash) const override;
  std::vector<User> admins() const override;
  std::vector<UserId> erased_users() const override;
  UnderWay under_way(UserId user) const override;
  std::optional<Tier> tier(std::string_view name) const override;

  Wallet wallet(UserId id) const override;
  JournalHead journal_head() const override;
  std::optional<StoredEntry> entry(EntryId id) const override;
  bool has_entry(EntrySlot slot, std::int64_t ref) const override;
  std::optional<StoredPosting> posting(PostingId id) const override;
  std::int64_t clearing(GatewayId id) const override;

  std::optional<Service> service(ServiceId id) const override;
  std::optional<Offer> offer(OfferId id) const override;
  std::vector<Offer> offers(ServiceId id) const override;
  std::optional<PriceRule> price_rule(PriceRuleId id) const override;
  const std::vector<PriceRule>& price_rules() const override;
  std::optional<Provider> provider(ProviderId id) const override;
  std::optional<Provider> provider_by_name(std::string_view name) const override;
  std::optional<Gateway> gateway(GatewayId id) const override;
  std::optional<Gateway> gateway_by_name(std::string_view name) const override;

  std::optional<Order> order(OrderId id) const override;
  std::optional<Order> order_by_invoice(std::string_view invoice) const override;
  std::optional<Order> order_by_ref_id(UserId user, std::string_view ref_id) const override;
  std::optional<OrderId> open_order(UserId user, ServiceId service, std::string_view target,
                                    std::string_view nometer) const override;
  std::optional<Attempt> attempt(AttemptId id) const override;
  std::vector<Attempt> attempts(OrderId id) const override;
  std::vector<AttemptId> due_attempts(ProviderId provider, Timestamp now, int limit) const override;
  std::vector<ProviderId> due_providers(Timestamp now) const override;

  std::optional<Charge> charge(ChargeId id) const override;
  std::optional<Charge> charge_by_code(std::string_view code) const override;
  std::optional<Charge> charge_of(OrderId id) const override;
  std::vector<Charge> due_charges(Timestamp now, int limit) const override;
  std::optional<Receipt> receipt(ReceiptId id) const override;
  std::optional<Receipt> receipt_by_payment(GatewayId gateway,
                                            std::string_view payment_id) const override;

  std::optional<Withdrawal> withdrawal(WithdrawalId id) const override;
  std::vector<Withdrawal> withdrawals_of(UserId user, WithdrawalId after, int limit) const override;
  std::optional<Transfer> transfer(TransferId id) const override;
  std::optional<Adjustment> adjustment(AdjustmentId id) const override;
  std::optional<Prefund> prefund(PrefundId id) const override;
  std::optional<TreasuryMove> treasury_move(TreasuryMoveId id) const override;
  std::optional<Incident> incident(IncidentId id) const override;
  std::vector<Incident> open_incidents(IncidentKind kind, std::int64_t subject) const override;
  std::optional<AuditLine> audit_line(AuditId id) const override;
  std::optional<Notice> notice(NoticeId id) const override;
  std::vector<Notice> notices() const override;

  std::optional<IdempotencyRow> idempotency(UserId user, std::string_view route,
                                            std::string_view key) const override;
  std::int64_t last_id(Table table) const override;

  void insert(const User& user) override;
  void update(const User& user) override;
  void put(const Tier& tier) override;
  void put(const Wallet& wallet) override;

  void append(const StoredEntry& entry) override;
  void append(const StoredPosting& posting) override;
  void append(const Step& step, std::string_view made) override;
  std::int64_t salt() override;

  void insert(const Service& service) override;
  void update(const Service& service) override;
  void insert(const Offer& offer) override;
  void update(const Offer& offer) override;
  void insert(const PriceRule& rule) override;
  void update(const PriceRule& rule) override;
  void erase(PriceRuleId id) override;
  void insert(const Provider& provider) override;
  void update(const Provider& provider) override;
  void insert(const Gateway& gateway) override;
  void update(const Gateway& gateway) override;

  void insert(const Order& order) override;
  void update(const Order& order) override;
  void overwrite(const Order& order) override;
  void insert(const Attempt& attempt) override;
  void update(const Attempt& attempt) override;
  void insert(const Charge& charge) override;
  void update(const Charge& charge) override;
  void insert(const Receipt& receipt) override;
  void update(const Receipt& receipt) override;

  void insert(const Withdrawal& withdrawal) override;
  void update(const Withdrawal& withdrawal) override;
  void overwrite(const Withdrawal& withdrawal) override;
  void insert(const Transfer& transfer) override;
  void insert(const Adjustment& adjustment) override;
  void update(const Adjustment& adjustment) override;
  void insert(const Prefund& prefund) override;
  void update(const Prefund& prefund) override;
  void insert(const TreasuryMove& move) override;
  void insert(const Incident& incident) override;
  void update(const Incident& incident) override;
  void insert(const AuditLine& line) override;
  void insert(const Notice& notice) override;
  void update(const Notice& notice) override;

  void insert(const IdempotencyRow& row) override;
  void erase_idempotency(UserId user, std::string_view route, std::int64_t subject) override;
  int forget_idempotency(Timestamp before, int limit) override;
  int forget_idempotency(UserId user, int limit) override;

 private:
  template <class Map, class Key>
  static auto find(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
    auto it = map.find(key);
    if (it == map.end()) return std::nullopt;
    return it->second;
  }

  // The record that an index points to.
  template <class Map, class Index, class Key>
  static auto find_by(const Map& map, const Index& index, const Key& key) {
    auto id = find(index, key);
    return id ? find(map, *id) : std::nullopt;
  }

  // A write happens as a whole or, when it throws, not at all.
  template <class Write>
  void atomically(Write write) {
    auto before = undo_.size();
    try {
      write();
    } catch (...) {
      undo_.back_to(before);
      throw;
    }
  }

  template <class Map, class Record>
  void add(Map& map, const Record& record) {
    using AnyId = typename Map::key_type;
    if (record.id.value <= 0) throw std::logic_error{"an id is 1 or more"};
    if (map.contains(record.id)) throw std::logic_error{"the id is taken"};
    undo_.set(map, record.id, record);
    if (record.id.value > last_id(AnyId::kTable))
      undo_.set(s_.last_ids, AnyId::kTable, record.id.value);
  }

  // Replaces the record of that id; returns what was there.
  template <class Map, class Record>
  Record replace(Map& map, const Record& record) {
    auto old = find(map, record.id);
    if (!old) throw std::logic_error{"there is no such record"};
    undo_.set(map, record.id, record);
    return *old;
  }

  template <class Index, class Key, class Value>
  void claim(Index& index, const Key& key, const Value& value) {
    if (index.contains(key)) throw std::logic_error{"a unique field is taken"};
    undo_.set(index, typename Index::key_type{key}, value);
  }

  // None, or one that exists.
  template <class Map, class AnyId>
  static void refer(const Map& map, AnyId id) {
    if (id && !map.contains(id)) throw std::logic_error{"it refers to a record that is not there"};
  }

  // Exists.
  template <class Map, class AnyId>
  static void need(const Map& map, AnyId id) {
    if (!map.contains(id)) throw std::logic_error{"it refers to a record that is not there"};
  }

  // Enter a record in, and take it out of, everything that finds it.
  void index(const User& user);
  void unindex(const User& user);
  void index(const Offer& offer);
  void unindex(const Offer& offer);
  void index(const Order& order);
  void unindex(const Order& order);
  void index(const Attempt& attempt);
  void unindex(const Attempt& attempt);
  void index(const Charge& charge);
  void unindex(const Charge& charge);
  void forget(const MemoryState::IdempotencyKey& key);

  MemoryState& s_;
  const Sealer& sealer_;
  MemoryUndo undo_;
  mutable std::vector<PriceRule> price_rules_;  // as they were asked for last
};

class MemoryArchive final : public Archive {
 public:
  explicit MemoryArchive(const MemoryState& state) : s_{state} {}

  void each(const Each<User>& visit) const override { walk(s_.users, visit); }
  void each(const Each<Wallet>& visit) const override { walk(s_.wallets, visit); }
  void each(const Each<StoredEntry>& visit) const override { list(s_.entries, visit); }
  void each(const Each<StoredPosting>& visit) const override { list(s_.postings, visit); }
  void each(const Each<Step>& visit) const override { list(s_.steps, visit); }
  void each(const Each<Order>& visit) const override { walk(s_.orders, visit); }
  void each(const Each<Attempt>& visit) const override { walk(s_.attempts, visit); }
  void each(const Each<Charge>& visit) const override { walk(s_.charges, visit); }
  void each(const Each<Receipt>& visit) const override { walk(s_.receipts, visit); }
  void each(const Each<Withdrawal>& visit) const override { walk(s_.withdrawals, visit); }
  void each(const Each<Transfer>& visit) const override { walk(s_.transfers, visit); }
  void each(const Each<Adjustment>& visit) const override { walk(s_.adjustments, visit); }
  void each(const Each<Prefund>& visit) const override { walk(s_.prefunds, visit); }
  void each(const Each<TreasuryMove>& visit) const override { walk(s_.treasury_moves, visit); }
  void each(const Each<Incident>& visit) const override { walk(s_.incidents, visit); }
  void each(const Each<IdempotencyRow>& visit) const override { walk(s_.idempotency, visit); }
  Next<StoredEntry> entry_by_entry() const override { return one_by_one(s_.entries); }

 private:
  template <class Map, class Record>
  static void walk(const Map& map, const Each<Record>& visit) {
    for (const auto& [key, record] : map)
      visit(record);
  }
  template <class Record>
  static void list(const std::vector<Record>& records, const Each<Record>& visit) {
    for (const auto& record : records)
      visit(record);
  }

  const MemoryState& s_;
};

}  // namespace topup
