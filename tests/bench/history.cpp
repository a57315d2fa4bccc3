#include "bench/history.h"

#include <utility>
#include <vector>

#include "bench/progress.h"
#include "random_code.h"
#include "store/open.h"
#include "store/sqlite_tx.h"
#include "topup/catalogue_commands.h"

namespace topupd::bench {
namespace {

using topup::AccountKind;
using topup::Actor;
using topup::Cause;
using topup::EntryKind;
using topup::Money;
using topup::Timestamp;

enum class Side { debit, credit };

constexpr std::int64_t kOrdersACommit = 20'000;
constexpr std::int64_t kOrdersAReport = 5'000;

// Balances in memory until the end; the lines of the journal go out as they come.
class Journal {
 public:
  Journal(SqliteTx& tx, const ShopSize& size) : tx_{tx} {
    for (std::int64_t id = kAdmin + 1; id <= kAdmin + size.resellers; ++id)
      wallets_.push_back(tx.wallet(topup::UserId{id}));
  }

  void append(const topup::Entry& entry, Timestamp at) {
    auto head = tx_.journal_head();
    topup::EntryId id{head.entry.value + 1};
    tx_.append(topup::StoredEntry{id, entry.kind, entry.ref, at, entry.cause});
    for (const auto& posting : entry.postings) {
      topup::PostingId line{++head.posting.value};
      auto debit = move(posting.debit, Side::debit, posting.amount, line);
      auto credit = move(posting.credit, Side::credit, posting.amount, line);
      tx_.append(topup::StoredPosting{line, id, posting, debit, credit});
    }
  }

  // Makes that order the newest of its user's; returns the one before it.
  topup::OrderId chain(topup::UserId user, topup::OrderId order) {
    return std::exchange(wallet(user.value).last_order, order);
  }

  void write_wallets() {
    for (const auto& wallet : wallets_)
      tx_.put(wallet);
  }

 private:
  topup::Mark move(topup::LedgerAccount account, Side side, Money amount, topup::PostingId line) {
    if (!topup::is_user_account(account.kind)) return {};
    auto& book = wallet(account.owner)[account.kind];
    bool grows = topup::grows_by_debit(account.kind) == (side == Side::debit);
    topup::Mark mark{grows ? book.balance + amount : book.balance - amount, book.version + 1,
                     book.last};
    book = topup::Book{mark.after, mark.version, line};
    return mark;
  }

  topup::Wallet& wallet(std::int64_t user) {
    return wallets_.at(static_cast<std::size_t>(user - kAdmin - 1));
  }

  SqliteTx& tx_;
  std::vector<topup::Wallet> wallets_;
};

class History {
 public:
  History(SqliteTx& tx, const ShopSize& size) : tx_{tx}, size_{size}, journal_{tx, size} {
    for (std::int64_t sid = 1; sid <= size.services; ++sid)
      prices_.push_back(
          topup::price_of(tx, tx.service(topup::ServiceId{sid}).value(), topup::kDefaultTier)
              .value());
  }

  void write(std::int64_t number, Timestamp at) {
    auto order = order_of(number, at);
    auto attempt = attempt_of(order);
    tx_.insert(order);
    tx_.insert(attempt);
    steps(order, attempt, at);
    entries(order, attempt, at);
  }

  void finish() { journal_.write_wallets(); }

 private:
  const topup::Priced& price(topup::ServiceId service) const {
    return prices_.at(static_cast<std::size_t>(service.value - 1));
  }

  topup::Order order_of(std::int64_t number, Timestamp at) {
    auto command = command_of(size_, number);
    const auto& quote = price(command.service).quote;
    topup::Order order;
    order.id = topup::OrderId{number};
    order.invoice = "INV-" + random_code(at);
    order.user = command.user;
    order.previous = journal_.chain(order.user, order.id);
    order.service = command.service;
    order.target = command.target;
    order.ref_id = command.ref_id;
    order.state = topup::OrderState::succeeded;
    order.price = quote.price;
    order.max_cost = quote.price;
    order.price_trace = quote.trace;
    order.sn = std::to_string(1'000'000'000'000'000 + number);
    order.salt = tx_.salt();
    order.created_at = at;
    order.updated_at = at;
    return order;
  }

  topup::Attempt attempt_of(const topup::Order& order) const {
    const auto& offer = price(order.service).offer;
    topup::Attempt attempt;
    attempt.id = topup::AttemptId{order.id.value};
    attempt.order = order.id;
    attempt.offer = offer.id;
    attempt.provider = offer.provider;
    attempt.sku = offer.sku;
    attempt.state = topup::AttemptState::succeeded;
    attempt.cost = offer.cost;
    attempt.final_cost = offer.cost;
    attempt.sn = order.sn;
    attempt.provider_reference = "SBX" + std::to_string(100'000'000'000 + order.id.value);
    attempt.code = "success";
    attempt.sent_at = order.created_at;
    attempt.created_at = order.created_at;
    return attempt;
  }

  // Each step with the record as it left it; what it held in between is not remembered.
  void steps(const topup::Order& order, const topup::Attempt& attempt, Timestamp at) {
    using topup::Subject;
    Cause provider{Actor::provider, attempt.provider.value};
    Cause timer{Actor::timer, 0};
    auto o = order.id.value;
    auto a = attempt.id.value;
    const auto ordered = topup::canonical(order);
    const auto tried = topup::canonical(attempt);
    tx_.append({Subject::order, o, "create", "", "queued", {Actor::reseller, order.user.value}, at},
               ordered);
    tx_.append({Subject::attempt, a, "create", "", "planned", {Actor::policy, 0}, at}, tried);
    tx_.append({Subject::attempt, a, "send", "planned", "sending", timer, at}, tried);
    tx_.append({Subject::order, o, "send", "queued", "sent", timer, at}, ordered);
    tx_.append({Subject::attempt, a, "succeed", "sending", "succeeded", provider, at}, tried);
    tx_.append({Subject::order, o, "succeed", "sent", "succeeded", provider, at}, ordered);
  }

  void entries(const topup::Order& order, const topup::Attempt& attempt, Timestamp at) {
    auto hold = of(order.user, AccountKind::user_hold);
    auto in_flight = of(attempt.provider, AccountKind::provider_inflight);
    topup::Entry held{
        EntryKind::order_held, order.id.value, {}, {Actor::reseller, order.user.value}};
    held.add(of(order.user, AccountKind::user_balance), hold, order.price);
    journal_.append(held, at);
    topup::Entry sent{EntryKind::attempt_submitted, attempt.id.value, {}, {Actor::timer, 0}};
    sent.add(in_flight, of(attempt.provider, AccountKind::provider_float), attempt.cost);
    journal_.append(sent, at);
    topup::Entry done{
        EntryKind::order_captured, order.id.value, {}, {Actor::provider, attempt.provider.value}};
    done.add(hold, of(AccountKind::sales_balance), order.price);
    done.add(of(AccountKind::cogs), in_flight, attempt.final_cost);
    journal_.append(done, at);
  }

  SqliteTx& tx_;
  const ShopSize size_;
  Journal journal_;
  std::vector<topup::Priced> prices_;  // by service
};

std::chrono::milliseconds gap_of(const ShopSize& size, Timestamp begin) {
  auto until = std::chrono::system_clock::now() - std::chrono::hours{1};
  auto span = std::chrono::duration_cast<std::chrono::milliseconds>(until - begin);
  return span / std::max<std::int64_t>(size.orders, 1);
}

}  // namespace

void write_history(const std::filesystem::path& file, const topup::Sealer& sealer,
                   const ShopSize& size, Timestamp begin) {
  auto db = open_for_writing(file, current_schema(), file.parent_path() / "backups");
  db.run(
      "PRAGMA synchronous = OFF;"
      "PRAGMA locking_mode = EXCLUSIVE;"
      "PRAGMA cache_size = -1048576;"  // KiB
      "PRAGMA journal_mode = OFF");
  SqliteTx tx{db, sealer};
  tx.remember();
  History history{tx, size};
  Progress progress{"orders", size.orders};
  auto gap = gap_of(size, begin);
  db.run("BEGIN IMMEDIATE");
  for (std::int64_t number = 1; number <= size.orders; ++number) {
    history.write(number, begin + gap * number);
    if (number % kOrdersAReport == 0) progress.show(number);
    if (number % kOrdersACommit == 0) db.run("COMMIT; BEGIN IMMEDIATE");
  }
  history.finish();
  db.run("COMMIT");
  progress.show(size.orders);
}

}  // namespace topupd::bench
