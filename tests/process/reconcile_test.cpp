#include "reconcile.h"

#include "catch.h"
#include "core/shop.h"

using namespace topupd;
using topup::testing::idr;
using topup::testing::Shop;

namespace {

// "T1 100, T2 -5", or what was wrong.
std::string read(const std::string& csv, const StatementColumns& columns = {}) {
  try {
    std::string text;
    for (const auto& [reference, stated] : read_statement(csv, columns))
      text += (text.empty() ? "" : ", ") + reference + " " + std::to_string(stated.amount);
    return text;
  } catch (const std::runtime_error& wrong) {
    return wrong.what();
  }
}

std::string text(const OurAmounts& amounts) {
  std::string text;
  for (const auto& [reference, ours] : amounts)
    text += (text.empty() ? "" : ", ") + reference + " " + std::to_string(ours.amount) + " " +
            ours.state + (ours.must_be_stated ? "" : "?");
  return text;
}

std::string bought(Shop& shop, ReferenceOf whose, const Period& period = {}) {
  OurAmounts amounts;
  shop.store.inspect([&](const topup::Archive& archive) {
    amounts = purchases(archive, shop.north, whose, period);
  });
  return text(amounts);
}

std::string paid(Shop& shop, ReferenceOf whose, const Period& period = {}) {
  OurAmounts amounts;
  shop.store.inspect([&](const topup::Archive& archive) {
    amounts = payments(archive, shop.qris, whose, period);
  });
  return text(amounts);
}

}  // namespace

TEST_CASE("a statement is read by the names of its columns, and summed by reference",
          "[reconcile]") {
  StatementColumns paid_only{"Ref ID", "Harga", "Status", "Sukses"};
  struct Row {
    std::string csv;
    StatementColumns columns;
    const char* read;
  };
  for (const auto& [csv, columns, expected] : {
           Row{"reference,amount\nT2,100\nT1,50\n", {}, "T1 50, T2 100"},
           Row{"amount,x,reference\n100.00,,T1\n\"-30,00\",,T1\n", {}, "T1 70"},
           Row{"Ref ID,Status,Harga\nT1,Sukses,5\nT2,Gagal,7\n", paid_only, "T1 5"},
           Row{"reference,amount\n", {}, ""},
           Row{"", {}, "the table has no header line"},
           Row{"reference,total\nT1,5\n", {}, "the table has no column named amount"},
           Row{"reference,amount\nT1\n", {}, "line 2: 1 columns, not 2"},
           Row{"reference,amount\n,5\n", {}, "line 2, reference: empty"},
           Row{"reference,amount\nT1,12.000\n", {}, "line 2, amount: not a whole number of rupiah"},
           Row{"reference,amount\nT1,\n", {}, "line 2, amount: not a whole number of rupiah"},
           Row{"reference,amount\nT1,999999999999999\n",
               {},
               "line 2, amount: not a whole number of rupiah"},
       }) {
    CAPTURE(csv);
    CHECK(read(csv, columns) == expected);
  }
}

TEST_CASE("each reference is matched, missing on one side or differs", "[reconcile]") {
  struct Row {
    std::optional<OurAmount> here;
    std::optional<std::int64_t> there;
    std::optional<Match> match;  // empty: nothing to say
  };
  const OurAmount none{0, "failed", true};
  const OurAmount some{100, "succeeded", true};
  const OurAmount earlier{100, "succeeded", false};
  for (const auto& [here, there, match] : {
           Row{some, 100, Match::matched},
           Row{earlier, 100, Match::matched},
           Row{some, 99, Match::amount_differs},
           Row{earlier, 101, Match::amount_differs},
           Row{some, std::nullopt, Match::missing_there},
           Row{some, 0, Match::missing_there},
           Row{earlier, std::nullopt, std::nullopt},
           Row{none, 100, Match::missing_here},
           Row{std::nullopt, 100, Match::missing_here},
           Row{std::nullopt, -100, Match::missing_here},
           Row{none, std::nullopt, std::nullopt},
           Row{none, 0, std::nullopt},
       }) {
    OurAmounts ours;
    std::map<std::string, StatedAmount> theirs;
    if (here) ours["T1"] = *here;
    if (there) theirs["T1"] = {*there, 2};
    auto result = reconcile(ours, theirs);
    CAPTURE(text(ours), there.value_or(-1));
    CHECK(result.matched == (match == Match::matched ? 1 : 0));
    REQUIRE(result.differences.size() == (match && match != Match::matched ? 1 : 0));
    for (const auto& difference : result.differences) {
      CHECK(difference.match == *match);
      CHECK(difference.here == (here ? here->amount : 0));
      CHECK(difference.there == there.value_or(0));
      CHECK(difference.line == (there ? 2 : 0));
    }
  }
}

TEST_CASE("a supplier's statement has what succeeded, in time or late, at its final cost",
          "[reconcile]") {
  Shop shop;
  shop.fund(shop.ani, 10'000);
  auto place = [&](const std::string& target) { return shop.sent_order(shop.ani, target); };
  auto dearer = shop.last_attempt(place("08121")).id;
  topup::Outcome outcome;
  outcome.kind = topup::OutcomeKind::succeeded;
  outcome.cost = idr(101);
  outcome.provider_reference = "N-77";
  shop.report(dearer, outcome).value();
  auto late = place("08122");
  shop.report(late, topup::OutcomeKind::failed).value();
  shop.report(late, topup::OutcomeKind::succeeded).value();
  shop.report(place("08123"), topup::OutcomeKind::failed).value();
  shop.report(place("08124"), topup::OutcomeKind::unknown).value();
  shop.place(shop.balance_order(shop.ani, "08125")).value();  // never sent
  CHECK(bought(shop, ReferenceOf::us) ==
        "INV-3-1 101 succeeded, INV-4-1 100 late, INV-5-1 0 failed, INV-6-1 0 unknown");
  CHECK(bought(shop, ReferenceOf::them) ==
        "INV-4-1 100 late, INV-5-1 0 failed, INV-6-1 0 unknown, N-77 101 succeeded");
  CHECK(bought(shop, ReferenceOf::us, {shop.now + std::chrono::seconds{1}, {}}) ==
        "INV-3-1 101 succeeded?, INV-4-1 100 late?, INV-5-1 0 failed?, INV-6-1 0 unknown?");
}

TEST_CASE("a gateway's statement has every payment it did not take back, before its fee",
          "[reconcile]") {
  Shop shop;
  shop.fund(shop.ani, 100);
  shop.fund(shop.ani, 200);
  auto codes = shop.store.read([&](const topup::View& view) {
    return std::pair{view.charge(topup::ChargeId{1})->code, view.charge(topup::ChargeId{2})->code};
  });
  auto second = shop.payment(codes.first, 50);  // of a charge that was paid
  shop.settle(second).value();
  auto nobodys = shop.payment("NOBODY", 70);
  shop.settle(nobodys).value();
  auto ids = paid(shop, ReferenceOf::them);
  CHECK(ids.find(second.payment_id + " 50 ") != std::string::npos);
  auto by_code = paid(shop, ReferenceOf::us);
  CHECK(by_code.find(codes.first + " 150 ") != std::string::npos);
  CHECK(by_code.find(codes.second + " 200 applied") != std::string::npos);
  CHECK(by_code.find(nobodys.payment_id + " 70 waiting") != std::string::npos);
  CHECK(paid(shop, ReferenceOf::us, {{}, topup::Timestamp{}}).find(" 200 applied?") !=
        std::string::npos);
}
