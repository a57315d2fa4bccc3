// The storage interface: what the library needs kept, and nothing about how.
//
// A Store is safe to call from many threads.  A View, Tx or Archive belongs to
// the body it was handed to and dies with it.

#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "topup/attempt.h"
#include "topup/audit.h"
#include "topup/catalogue.h"
#include "topup/ids.h"
#include "topup/ledger.h"
#include "topup/notice.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/pricing.h"
#include "topup/provider.h"
#include "topup/steps.h"
#include "topup/treasury.h"
#include "topup/user.h"
#include "topup/withdrawal.h"

namespace topup {

// The first use of an idempotency key and what it made.
struct IdempotencyRow {
  UserId user;
  std::string route;  // the command, so that a key is free on every other one
  std::string key;
  std::int64_t subject = 0;  // id of the order, charge, withdrawal, … that it made
  Timestamp at{};
  friend bool operator==(const IdempotencyRow&, const IdempotencyRow&) = default;
};

// Of each kind one of a user's that is not over, the oldest; none where all are.
struct UnderWay {
  OrderId order;
  ChargeId charge;    // something is due for it
  ReceiptId receipt;  // waits for an admin
  WithdrawalId withdrawal;
  AdjustmentId adjustment;  // of the user's balance
  friend bool operator==(const UnderWay&, const UnderWay&) = default;
};

// Reads.  A missing record is an empty answer; methods throw when the store
// itself fails.
class View {
 public:
  virtual std::optional<User> user(UserId id) const = 0;
  // A part of it, which a store may keep at hand for more users than it would otherwise.
  virtual std::optional<Standing> standing(UserId id) const {
    const auto found = user(id);
    if (!found) return std::nullopt;
    return Standing{found->tier, found->suspended};
  }
  virtual std::optional<User> user_by_username(std::string_view username) const = 0;
  virtual std::optional<User> user_by_email(std::string_view email) const = 0;
  virtual std::optional<User> user_by_key(std::string_view key_hash) const = 0;
  virtual std::vector<User> admins() const = 0;          // by id, whoever has the role
  virtual std::vector<UserId> erased_users() const = 0;  // by id
  virtual UnderWay under_way(UserId user) const = 0;
  virtual std::optional<Tier> tier(std::string_view name) const = 0;

  // An empty wallet for a user who has none yet.
  virtual Wallet wallet(UserId id) const = 0;
  virtual JournalHead journal_head() const = 0;
  virtual std::optional<StoredEntry> entry(EntryId id) const = 0;
  virtual bool has_entry(EntrySlot slot, std::int64_t ref) const = 0;
  virtual std::optional<StoredPosting> posting(PostingId id) const = 0;
  // What that gateway has taken in and not paid out: its gateway_clearing, summed
  // over all payments it ever took, in whole rupiah: like any account that is a sum it
  // may be more than Money can be.  For what an operator does a few times a day.
  virtual std::int64_t clearing(GatewayId id) const = 0;

  virtual std::optional<Service> service(ServiceId id) const = 0;
  virtual std::optional<Offer> offer(OfferId id) const = 0;
  // By priority, then id; inactive ones and those of inactive providers too.
  virtual std::vector<Offer> offers(ServiceId id) const = 0;
  virtual std::optional<PriceRule> price_rule(PriceRuleId id) const = 0;
  // By id; until the next write, and this view's end.
  virtual const std::vector<PriceRule>& price_rules() const = 0;
  virtual std::optional<Provider> provider(ProviderId id) const = 0;
  virtual std::optional<Provider> provider_by_name(std::string_view name) const = 0;
  virtual std::optional<Gateway> gateway(GatewayId id) const = 0;
  virtual std::optional<Gateway> gateway_by_name(std::string_view name) const = 0;

  virtual std::optional<Order> order(OrderId id) const = 0;
  virtual std::optional<Order> order_by_invoice(std::string_view invoice) const = 0;
  virtual std::optional<Order> order_by_ref_id(UserId user, std::string_view ref_id) const = 0;
  // That user's order for the same service, target and nometer that is not over.
  virtual std::optional<OrderId> open_order(UserId user, ServiceId service, std::string_view target,
                                            std::string_view nometer) const = 0;
  virtual std::optional<Attempt> attempt(AttemptId id) const = 0;
  virtual std::vector<Attempt> attempts(OrderId id) const = 0;  // by number
  // A supplier's with due_at <= now, oldest first, at most limit.
  virtual std::vector<AttemptId> due_attempts(ProviderId provider, Timestamp now,
                                              int limit) const = 0;
  // The suppliers who have such attempts, by id.
  virtual std::vector<ProviderId> due_providers(Timestamp now) const = 0;

  virtual std::optional<Charge> charge(ChargeId id) const = 0;
  virtual std::optional<Charge> charge_by_code(std::string_view code) const = 0;
  virtual std::optional<Charge> charge_of(OrderId id) const = 0;
  virtual std::vector<Charge> due_charges(Timestamp now, int limit) const = 0;
  virtual std::optional<Receipt> receipt(ReceiptId id) const = 0;
  virtual std::optional<Receipt> receipt_by_payment(GatewayId gateway,
                                                    std::string_view payment_id) const = 0;

  virtual std::optional<Withdrawal> withdrawal(WithdrawalId id) const = 0;
  // By id, those after that one, at most limit.
  virtual std::vector<Withdrawal> withdrawals_of(UserId user, WithdrawalId after,
                                                 int limit) const = 0;
  virtual std::optional<Transfer> transfer(TransferId id) const = 0;
  virtual std::optional<Adjustment> adjustment(AdjustmentId id) const = 0;
  virtual std::optional<Prefund> prefund(PrefundId id) const = 0;
  virtual std::optional<TreasuryMove> treasury_move(TreasuryMoveId id) const = 0;
  virtual std::optional<Incident> incident(IncidentId id) const = 0;
  virtual std::vector<Incident> open_incidents(IncidentKind kind, std::int64_t subject) const = 0;
  virtual std::optional<AuditLine> audit_line(AuditId id) const = 0;
  virtual std::optional<Notice> notice(NoticeId id) const = 0;
  virtual std::vector<Notice> notices() const = 0;  // by id

  virtual std::optional<IdempotencyRow> idempotency(UserId user, std::string_view route,
                                                    std::string_view key) const = 0;

  // The largest id ever used in the table; 0 if none was.
  virtual std::int64_t last_id(Table table) const = 0;

 protected:
  ~View() = default;
};

// One atomic set of reads and writes.  Reads see the writes made before them.
// insert throws if the id or a unique field is taken, update if there is no such
// record; update may keep only what can change in the record's life.  A store that
// seals its journal fills seal and made of what is appended.
class Tx : public View {
 public:
  virtual void insert(const User& user) = 0;
  virtual void update(const User& user) = 0;
  virtual void put(const Tier& tier) = 0;      // inserts or replaces
  virtual void put(const Wallet& wallet) = 0;  // inserts or replaces; throws on a negative balance

  virtual void append(
      const StoredEntry& entry) = 0;  // id: the head's + 1; throws if its slot is taken
  virtual void append(const StoredPosting& posting) = 0;  // id: the head's + 1
  // made: the canonical bytes of what it made, as written before; see seal.h.
  virtual void append(const Step& step, std::string_view made) = 0;
  // Random, for a new record; 0 where nothing is sealed.
  virtual std::int64_t salt() = 0;

  virtual void insert(const Service& service) = 0;
  virtual void update(const Service& service) = 0;
  virtual void insert(const Offer& offer) = 0;
  virtual void update(const Offer& offer) = 0;
  virtual void insert(const PriceRule& rule) = 0;
  virtual void update(const PriceRule& rule) = 0;
  virtual void erase(PriceRuleId id) = 0;
  virtual void insert(const Provider& provider) = 0;
  virtual void update(const Provider& provider) = 0;
  virtual void insert(const Gateway& gateway) = 0;
  virtual void update(const Gateway& gateway) = 0;

  virtual void insert(const Order& order) = 0;
  virtual void update(const Order& order) = 0;  // state, ref_id, sn, updated_at
  // target, nometer, ref_id, customer_name, customer_phone, sn, salt: for erasure.h alone.
  virtual void overwrite(const Order& order) = 0;
  virtual void insert(const Attempt& attempt) = 0;
  virtual void update(const Attempt& attempt) = 0;
  virtual void insert(const Charge& charge) = 0;
  virtual void update(const Charge& charge) = 0;
  virtual void insert(const Receipt& receipt) = 0;
  virtual void update(const Receipt& receipt) = 0;  // state, user

  virtual void insert(const Withdrawal& withdrawal) = 0;
  virtual void update(const Withdrawal& withdrawal) = 0;     // all but salt
  virtual void overwrite(const Withdrawal& withdrawal) = 0;  // all: for erasure.h alone
  virtual void insert(const Transfer& transfer) = 0;
  virtual void insert(const Adjustment& adjustment) = 0;
  virtual void update(const Adjustment& adjustment) = 0;
  virtual void insert(const Prefund& prefund) = 0;
  virtual void update(const Prefund& prefund) = 0;
  virtual void insert(const TreasuryMove& move) = 0;
  virtual void insert(const Incident& incident) = 0;
  virtual void update(const Incident& incident) = 0;
  virtual void insert(const AuditLine& line) = 0;
  virtual void insert(const Notice& notice) = 0;
  virtual void update(const Notice& notice) = 0;

  virtual void insert(const IdempotencyRow& row) = 0;
  virtual void erase_idempotency(UserId user, std::string_view route, std::int64_t subject) = 0;
  // Forgets keys first used before that moment, at most limit; returns how many.
  virtual int forget_idempotency(Timestamp before, int limit) = 0;
  virtual int forget_idempotency(UserId user, int limit) = 0;  // all of his, however young

 protected:
  ~Tx() = default;
};

// Everything, in the order of ids, as of one moment: for the checker and exports.
class Archive {
 public:
  template <class Record>
  using Each = std::function<void(const Record&)>;

  virtual void each(const Each<User>& visit) const = 0;
  virtual void each(const Each<Wallet>& visit) const = 0;
  virtual void each(const Each<StoredEntry>& visit) const = 0;
  virtual void each(const Each<StoredPosting>& visit) const = 0;
  virtual void each(const Each<Step>& visit) const = 0;
  virtual void each(const Each<Order>& visit) const = 0;
  virtual void each(const Each<Attempt>& visit) const = 0;
  virtual void each(const Each<Charge>& visit) const = 0;
  virtual void each(const Each<Receipt>& visit) const = 0;
  virtual void each(const Each<Withdrawal>& visit) const = 0;
  virtual void each(const Each<Transfer>& visit) const = 0;
  virtual void each(const Each<Adjustment>& visit) const = 0;
  virtual void each(const Each<Prefund>& visit) const = 0;
  virtual void each(const Each<TreasuryMove>& visit) const = 0;
  virtual void each(const Each<Incident>& visit) const = 0;
  virtual void each(const Each<IdempotencyRow>& visit) const = 0;

  // The entries as each() visits them, but one at each call and none at the end: for who reads
  // two lists side by side.  Not to be called when the archive is gone.
  template <class Record>
  using Next = std::function<std::optional<Record>()>;
  virtual Next<StoredEntry> entry_by_entry() const = 0;

  // What the store keeps besides its records, to find them by, and does not agree with them: a
  // sentence for each.
  virtual std::vector<std::string> faults() const { return {}; }

 protected:
  ~Archive() = default;

  template <class Record>
  static Next<Record> one_by_one(const std::vector<Record>& records) {
    return [&records, at = std::size_t{0}]() mutable {
      return at < records.size() ? std::optional{records[at++]} : std::nullopt;
    };
  }
};

class Store {
 public:
  virtual ~Store() = default;

  // Runs body(Tx&), which returns a Result, and returns that Result.  When it
  // is a value every write is durable before this returns.  A body that returns
  // an error must not have written anything.  When body throws, nothing was
  // written and the exception reaches the caller.
  //
  // body may run more than once and on another thread: it must have no effect
  // except through the Tx, and wait for nobody, least of all for this store.
  template <class Body>
  auto transact(Body body) -> std::invoke_result_t<Body&, Tx&> {
    std::optional<std::invoke_result_t<Body&, Tx&>> result;
    run([&](Tx& tx) { return result.emplace(body(tx)).has_value(); });
    return std::move(*result);
  }

  // What a transaction came to that nobody waited for.
  template <class Result>
  struct Outcome {
    std::optional<Result> result;
    std::exception_ptr failure;
    // Returns or throws what transact() would have.  Once.
    Result take() {
      if (failure) std::rethrow_exception(failure);
      return std::move(*result);
    }
  };

  // As transact(), but waits for nothing: done(Outcome<Result>) is called once, when transact()
  // would have returned; on another thread, or on this one before this returns.  It keeps the
  // store's other callers waiting, so it must be quick, and not use the store; it must not throw.
  template <class Body, class Done>
  void transact_later(Body body, Done done) {
    using Result = std::invoke_result_t<Body&, Tx&>;
    struct Work {
      Body body;
      Done done;
      std::optional<Result> result;
    };
    auto work = std::make_shared<Work>(Work{std::move(body), std::move(done), {}});
    run_later([work](Tx& tx) { return work->result.emplace(work->body(tx)).has_value(); },
              [work](std::exception_ptr failure) {
                work->done(Outcome<Result>{std::move(work->result), std::move(failure)});
              });
  }

  // Runs body(const View&) and returns what it returns, once all that it could see is durable; if
  // that fails it throws, so that body must have no effect of its own.
  template <class Body>
  auto read(Body body) -> std::invoke_result_t<Body&, const View&> {
    std::optional<std::invoke_result_t<Body&, const View&>> result;
    run_read([&](const View& view) { result.emplace(body(view)); });
    return std::move(*result);
  }

  // Runs body on everything as of one moment.
  void inspect(const std::function<void(const Archive&)>& body) { run_inspect(body); }

 private:
  // body returns true if it may be committed.
  virtual void run(const std::function<bool(Tx&)>& body) = 0;
  // done gets what run() would have thrown, or null.  A store without a thread of its own does it
  // at once.
  virtual void run_later(std::function<bool(Tx&)>&& body,
                         std::function<void(std::exception_ptr failure)>&& done) {
    std::exception_ptr failure;
    try {
      run(body);
    } catch (...) {
      failure = std::current_exception();
    }
    done(std::move(failure));
  }
  virtual void run_read(const std::function<void(const View&)>& body) = 0;
  virtual void run_inspect(const std::function<void(const Archive&)>& body) = 0;
};

// The id that the next record of its kind gets.
template <class AnyId>
AnyId next_id(const View& view) {
  return AnyId{view.last_id(AnyId::kTable) + 1};
}

}  // namespace topup
