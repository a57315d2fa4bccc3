// How many statements an order costs: each is time of the one thread that writes.

#include "catch.h"
#include "store/fixtures.h"
#include "store/open.h"
#include "store/sqlite_tx.h"
#include "topup/commands.h"

using namespace topupd;
using namespace topup::literals;
using topup::Tx;

namespace {

constexpr topup::Timestamp kNow{std::chrono::hours{24 * 365 * 56}};
constexpr topup::UserId kReseller{3};

class Shop {
 public:
  Shop() {
    using topup::Role;
    tx_.remember();  // as the writer of a store does
    must(topup::register_user(tx_, {"admin", "A", "a@shop.id", "", Role::admin}, kNow));
    must(topup::register_user(tx_, {"admin2", "B", "b@shop.id", "", Role::admin}, kNow));
    must(topup::register_user(tx_, {"toko_a", "T", "t@shop.id", ""}, kNow));
    must(topup::ensure_provider(tx_, "supplier"));
    must(topup::put_service(tx_, {{}, "Games", "Free Fire", "70 Diamond"}));
    must(topup::put_offer(tx_, {{}, {1}, {1}, "FF70", 9'500_idr}));
    must(topup::propose_adjustment(tx_, {{1}, kReseller, 1'000'000_idr, "opening", ""}, kNow));
    must(topup::approve_adjustment(tx_, {2}, {1}, kNow));
  }

  topup::AttemptId place(const std::string& target, const std::string& ref_id) {
    topup::PlaceOrder command;
    command.user = kReseller;
    command.service = {1};
    command.target = target;
    command.ref_id = ref_id;
    command.invoice = "INV-" + target;
    must(topup::place_order(tx_, {}, command, kNow));
    return {tx_.last_id(topup::Table::attempts)};
  }
  void begin(topup::AttemptId attempt) {
    must(topup::begin_attempt(tx_, {}, sheet_, attempt, kNow));
  }
  void record(topup::AttemptId attempt, topup::OutcomeKind kind) {
    topup::Outcome outcome;
    outcome.kind = kind;
    must(topup::record_outcome(tx_, {}, sheet_, {attempt, outcome, {topup::Actor::provider, 1}},
                               kNow));
  }

  std::int64_t queries() const { return db_.queries_begun(); }

 private:
  template <class T>
  static void must(const topup::Result<T>& result) {
    REQUIRE(result);
  }

  File file_;
  sqlite::Connection db_{open_for_writing(file_.path(), current_schema(), file_.backups())};
  SqliteTx tx_{db_};
  topup::CapabilitySheet sheet_;
};

}  // namespace

TEST_CASE("an order costs as many statements as are written here", "[store]") {
  using topup::OutcomeKind;
  struct Row {
    std::string ref_id;
    OutcomeKind end;
    std::int64_t placing, beginning, ending;
  };
  auto row = GENERATE(values<Row>({
      {"", OutcomeKind::succeeded, 7, 7, 9},
      {"r-1", OutcomeKind::succeeded, 7, 7, 9},
      {"r-1", OutcomeKind::pending, 7, 7, 4},
      {"r-1", OutcomeKind::failed, 7, 7, 11},
  }));
  CAPTURE(row.ref_id, static_cast<int>(row.end));
  Shop shop;
  // What is remembered from order to order is known then.
  auto warm = shop.place("1234567890", "r-0");
  shop.begin(warm);
  shop.record(warm, row.end);

  auto start = shop.queries();
  auto attempt = shop.place("1234567891", row.ref_id);
  auto placed = shop.queries();
  shop.begin(attempt);
  auto begun = shop.queries();
  shop.record(attempt, row.end);
  CHECK(placed - start == row.placing);
  CHECK(begun - placed == row.beginning);
  CHECK(shop.queries() - begun == row.ending);
}
