#include <cstdlib>
#include <map>
#include <string>

#include "catch.h"
#include "core/chaos.h"
#include "topup/statement.h"

using namespace topup;
using namespace topup::testing;

namespace {

constexpr int kSteps = 40;

// 1,000 unless the environment asks for more.
int seeds() {
  const char* text = std::getenv("TOPUP_SEEDS");  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? 1'000 : std::atoi(text);
}

// Empty, or what was asked up to the first violation or exception, a line each.
std::string live(Chaos& chaos, std::map<std::string, int>& seen) {
  std::string told;
  for (int step = 0; step < kSteps; ++step) {
    chaos.shop().tick(std::chrono::milliseconds{1});
    try {
      auto what = chaos.step();
      ++seen[what];
      told += what + "\n";
    } catch (const std::exception& error) {
      return told + "threw: " + error.what();
    }
    auto report = chaos.shop().check();
    if (!report.ok()) return told + violations(report);
  }
  chaos.shop().store.inspect([&](const Archive& archive) {
    archive.each(Archive::Each<Step>{[&](const Step& step) { ++seen["step " + step.event]; }});
  });
  return "";
}

Money sum_of_statement(const View& view, UserId user, AccountKind kind) {
  Money sum;
  PostingId from{};
  do {
    auto page = statement(view, user, kind, from, 3);
    for (const auto& line : page.lines)
      sum = sum + line.amount;
    from = page.next;
  } while (from != PostingId{});
  return sum;
}

}  // namespace

TEST_CASE("whatever is asked for, in whatever order, the books stay sound") {
  std::map<std::string, int> seen;
  for (int seed = 1; seed <= seeds(); ++seed) {
    Chaos chaos{static_cast<std::uint64_t>(seed)};
    auto told = live(chaos, seen);
    INFO("seed " << seed << "\n" << told);
    REQUIRE(told.empty());
    chaos.shop().store.read([&](const View& view) {
      for (auto user : {chaos.shop().ani, chaos.shop().budi}) {
        CHECK(sum_of_statement(view, user, AccountKind::user_balance) ==
              view.wallet(user).balance());
        CHECK(sum_of_statement(view, user, AccountKind::user_profit) == view.wallet(user).profit());
      }
      return 0;
    });
  }
  std::string counts;
  for (const auto& [what, count] : seen)
    counts += what + ": " + std::to_string(count) + "\n";
  INFO(counts);
  // Not one command may have been refused always: then nothing would have been tried.
  for (const auto* what : {"fund ok",
                           "open_deposit ok",
                           "settle_payment ok",
                           "expire_charge ok",
                           "credit_receipt ok",
                           "return_receipt ok",
                           "take_back_payment ok",
                           "take_back_payment insufficient_balance source",
                           "place_order ok",
                           "place_order (dropship) ok",
                           "cancel_order ok",
                           "begin_attempt ok",
                           "record_outcome ok",
                           "resolve_order ok",
                           "reverse_success ok",
                           "reverse_late ok",
                           "recover_late ok",
                           "refund_customer ok",
                           "request_withdrawal ok",
                           "pay_withdrawal ok",
                           "reject_withdrawal ok",
                           "transfer_profit ok",
                           "approve_adjustment ok",
                           "withdraw_offer ok",
                           "record_gateway_payout ok",
                           "repay_debt ok",
                           "record_gateway_payout insufficient_balance amount",
                           "confirm_prefund ok",
                           "step deliver_late",
                           "step adopt",
                           "step reverse",
                           "step settle_late"})
    CHECK(seen[what] > 0);
}
