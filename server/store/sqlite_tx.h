// The View and Tx of one connection.
//
// Not thread-safe, like its connection.  On a read-only connection it serves as a
// View; SQLite itself refuses the writes.

#pragma once

#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "store/open_orders.h"
#include "store/recent.h"
#include "store/record.h"
#include "store/ref_ids.h"
#include "store/sqlite.h"
#include "store/wallets.h"
#include "topup/seal.h"
#include "topup/store.h"

namespace topupd {

class SqliteTx final : public topup::Tx {
 public:
  // The connection must outlive it.
  explicit SqliteTx(sqlite::Connection& db, topup::Sealer sealer = {},
                    const RefIdParts& ref_ids = {}, const WalletParts& wallets = {})
      : db_{db},
        sealer_{std::move(sealer)},
        ref_ids_{db, ref_ids},
        open_orders_{db},
        wallets_{db, wallets} {}

  // Forgets what was remembered of the file: a rollback may have changed it since.
  void forget() const {
    memory_ = {};
    ref_ids_.forget();
    open_orders_.forget();
    wallets_.forget();
  }
  // Likewise, if another connection may have.
  void forget_file() const {
    memory_ = {};
    ref_ids_.forget_file();
    open_orders_.forget_file();
    wallets_.forget_file();
  }

  // For the connection that alone writes: see RefIds, OpenOrders and Wallets.
  void remember() {
    remembers_ = true;
    ref_ids_.remember();
    open_orders_.remember();
    wallets_.remember();
  }

  // What was written since it was last asked, of what requests remember.
  struct Touched {
    bool people = false;  // users and tiers
    bool catalogue = false;
  };
  Touched take_touched() { return std::exchange(touched_, {}); }

  std::optional<topup::User> user(topup::UserId id) const override;
  std::optional<topup::Standing> standing(topup::UserId id) const override;
  std::optional<topup::User> user_by_username(std::string_view username) const override;
  std::optional<topup::User> user_by_email(std::string_view email) const override;
  std::optional<topup::User> user_by_key(std::string_view key_hash) const override;
  std::vector<topup::User> admins() const override;
  std::vector<topup::UserId> erased_users() const override;
  topup::UnderWay under_way(topup::UserId user) const override;
  std::optional<topup::Tier> tier(std::string_view name) const override;

  topup::Wallet wallet(topup::UserId id) const override;
  topup::JournalHead journal_head() const override;
  std::optional<topup::StoredEntry> entry(topup::EntryId id) const override;
  bool has_entry(topup::EntrySlot slot, std::int64_t ref) const override;
  std::optional<topup::StoredPosting> posting(topup::PostingId id) const override;
  std::int64_t clearing(topup::GatewayId id) const override;

  std::optional<topup::Service> service(topup::ServiceId id) const override;
  std::optional<topup::Offer> offer(topup::OfferId id) const override;
  std::vector<topup::Offer> offers(topup::ServiceId id) const override;
  std::optional<topup::PriceRule> price_rule(topup::PriceRuleId id) const override;
  const std::vector<topup::PriceRule>& price_rules() const override;
  std::optional<topup::Provider> provider(topup::ProviderId id) const override;
  std::optional<topup::Provider> provider_by_name(std::string_view name) const override;
  std::optional<topup::Gateway> gateway(topup::GatewayId id) const override;
  std::optional<topup::Gateway> gateway_by_name(std::string_view name) const override;

  std::optional<topup::Order> order(topup::OrderId id) const override;
  std::optional<topup::Order> order_by_invoice(std::string_view invoice) const override;
  std::optional<topup::Order> order_by_ref_id(topup::UserId user,
                                              std::string_view ref_id) const override;
  std::optional<topup::OrderId> open_order(topup::UserId user, topup::ServiceId service,
                                           std::string_view target,
                                           std::string_view nometer) const override;
  std::optional<topup::Attempt> attempt(topup::AttemptId id) const override;
  std::vector<topup::Attempt> attempts(topup::OrderId id) const override;
  std::vector<topup::AttemptId> due_attempts(topup::ProviderId provider, topup::Timestamp now,
                                             int limit) const override;
  std::vector<topup::ProviderId> due_providers(topup::Timestamp now) const override;

  std::optional<topup::Charge> charge(topup::ChargeId id) const override;
  std::optional<topup::Charge> charge_by_code(std::string_view code) const override;
  std::optional<topup::Charge> charge_of(topup::OrderId id) const override;
  std::vector<topup::Charge> due_charges(topup::Timestamp now, int limit) const override;
  std::optional<topup::Receipt> receipt(topup::ReceiptId id) const override;
  std::optional<topup::Receipt> receipt_by_payment(topup::GatewayId gateway,
                                                   std::string_view payment_id) const override;

  std::optional<topup::Withdrawal> withdrawal(topup::WithdrawalId id) const override;
  std::vector<topup::Withdrawal> withdrawals_of(topup::UserId user, topup::WithdrawalId after,
                                                int limit) const override;
  std::optional<topup::Transfer> transfer(topup::TransferId id) const override;
  std::optional<topup::Adjustment> adjustment(topup::AdjustmentId id) const override;
  std::optional<topup::Prefund> prefund(topup::PrefundId id) const override;
  std::optional<topup::TreasuryMove> treasury_move(topup::TreasuryMoveId id) const override;
  std::optional<topup::Incident> incident(topup::IncidentId id) const override;
  std::optional<topup::AuditLine> audit_line(topup::AuditId id) const override;
  std::optional<topup::Notice> notice(topup::NoticeId id) const override;
  std::vector<topup::Notice> notices() const override;
  std::vector<topup::Incident> open_incidents(topup::IncidentKind kind,
                                              std::int64_t subject) const override;

  std::optional<topup::IdempotencyRow> idempotency(topup::UserId user, std::string_view route,
                                                   std::string_view key) const override;
  std::int64_t last_id(topup::Table table) const override;

  void insert(const topup::User& user) override;
  void update(const topup::User& user) override;
  void put(const topup::Tier& tier) override;
  void put(const topup::Wallet& wallet) override;

  void append(const topup::StoredEntry& entry) override;
  void append(const topup::StoredPosting& posting) override;
  void append(const topup::Step& step, std::string_view made) override;
  std::int64_t salt() override { return sealer_.salt ? sealer_.salt() : 0; }

  void insert(const topup::Service& service) override;
  void update(const topup::Service& service) override;
  void insert(const topup::Offer& offer) override;
  void update(const topup::Offer& offer) override;
  void insert(const topup::PriceRule& rule) override;
  void update(const topup::PriceRule& rule) override;
  void erase(topup::PriceRuleId id) override;
  void insert(const topup::Provider& provider) override;
  void update(const topup::Provider& provider) override;
  void insert(const topup::Gateway& gateway) override;
  void update(const topup::Gateway& gateway) override;

  void insert(const topup::Order& order) override;
  void update(const topup::Order& order) override;
  void overwrite(const topup::Order& order) override;
  void insert(const topup::Attempt& attempt) override;
  void update(const topup::Attempt& attempt) override;
  void insert(const topup::Charge& charge) override;
  void update(const topup::Charge& charge) override;
  void insert(const topup::Receipt& receipt) override;
  void update(const topup::Receipt& receipt) override;

  void insert(const topup::Withdrawal& withdrawal) override;
  void update(const topup::Withdrawal& withdrawal) override;
  void overwrite(const topup::Withdrawal& withdrawal) override;
  void insert(const topup::Transfer& transfer) override;
  void insert(const topup::Adjustment& adjustment) override;
  void update(const topup::Adjustment& adjustment) override;
  void insert(const topup::Prefund& prefund) override;
  void update(const topup::Prefund& prefund) override;
  void insert(const topup::TreasuryMove& move) override;
  void insert(const topup::Incident& incident) override;
  void update(const topup::Incident& incident) override;
  void insert(const topup::AuditLine& line) override;
  void insert(const topup::Notice& notice) override;
  void update(const topup::Notice& notice) override;

  void insert(const topup::IdempotencyRow& row) override;
  void erase_idempotency(topup::UserId user, std::string_view route, std::int64_t subject) override;
  int forget_idempotency(topup::Timestamp before, int limit) override;
  int forget_idempotency(topup::UserId user, int limit) override;

 private:
  // What every order asks for and seldom changes; true until forget() or a write.
  struct Memory {
    std::optional<topup::JournalHead> head;
    topup::StoredEntry entry;  // the last, where the head is known
    std::array<std::optional<std::int64_t>, topup::kTableCount> last_ids;
    std::map<std::string, std::optional<topup::Tier>, std::less<>> tiers;
    Recent<topup::Service> services;
    Recent<std::vector<topup::Offer>> offers;  // by service
    std::optional<std::vector<topup::PriceRule>> price_rules;
    Recent<topup::Provider> providers;
    Recent<topup::Gateway> gateways;
    // As many resellers as may be busy of an evening.
    Recent<topup::Standing, 16'384> standings;
    Recent<topup::Order> orders;      // open ones, and what was read lately
    Recent<topup::Attempt> attempts;  // likewise
  };

  // As find(), by an id, from the records known lately.
  template <class Record, std::size_t kMost, std::size_t kSize>
  std::optional<Record> recall(Recent<Record, kMost>& recent, const char (&sql)[kSize],
                               std::int64_t id) const {
    if (const auto* known = recent.find(id)) return *known;
    auto found = find<Record>(sql, id);
    if (found) recent.put(id, *found);
    return found;
  }

  // The record, or the list of records, that a statement finds.
  template <class Record, std::size_t kSize, class... Values>
  std::optional<Record> find(const char (&sql)[kSize], const Values&... values) const {
    auto query = db_.query(sql);
    bind_all(query, values...);
    return one<Record>(query, formats_);
  }
  template <class Record, std::size_t kSize, class... Values>
  std::vector<Record> list(const char (&sql)[kSize], const Values&... values) const {
    auto query = db_.query(sql);
    bind_all(query, values...);
    return all<Record>(query, formats_);
  }

  // The integer in the first column of the first row; 0 if there is none, or null.
  template <class Text>
  std::int64_t first(const Text& sql, topup::UserId user) const {
    auto query = db_.query(sql);
    bind_all(query, user);
    return query.next() && !query.is_null(0) ? query.integer(0) : 0;
  }

  // Writes a record whole; returns how many rows that changed.
  template <std::size_t kSize, class Record>
  std::int64_t write(const char (&sql)[kSize], const Record& record) {
    auto query = db_.query(sql);
    Binder bind{query};
    columns(bind, record);
    return changed_by(query);
  }
  template <std::size_t kSize, class... Values>
  std::int64_t execute(const char (&sql)[kSize], const Values&... values) {
    auto query = db_.query(sql);
    bind_all(query, values...);
    return changed_by(query);
  }
  std::int64_t changed_by(sqlite::Query& query);

  template <std::size_t kSize, class Record>
  void write_new(const char (&sql)[kSize], const Record& record) {
    write(sql, record);
    note_id(decltype(record.id)::kTable, record.id.value);
  }
  template <std::size_t kSize, class Record>
  void write_over(const char (&sql)[kSize], const Record& record) {
    need_one(write(sql, record));
  }
  static void need_one(std::int64_t changed);  // throws std::logic_error if nothing was changed
  void note_id(topup::Table table, std::int64_t id);
  void take_ref_id(const topup::Order& order);  // std::logic_error if another one has it
  void exchange_ref_id(topup::Order order, const std::string& ref_id);
  // What finds an order: its ref_id, and whether it is open.
  void refile(const topup::Order& before, const topup::Order& after);
  // std::logic_error if another one is open for the same.
  void note_open(const topup::Order& order);

  sqlite::Connection& db_;
  bool remembers_ = false;  // orders and attempts; who only reads has seldom use for one twice
  const topup::Sealer sealer_;
  RefIds ref_ids_;
  OpenOrders open_orders_;
  Wallets wallets_;
  mutable Formats formats_;
  mutable Memory memory_;
  Touched touched_;
};

}  // namespace topupd
