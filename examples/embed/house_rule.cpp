// A host's own rule about money, tested in a few lines: whatever a supplier says,
// a reseller pays for an order exactly if it was delivered.

#include <iostream>
#include <stdexcept>
#include <string>

#include "topup/commands.h"
#include "topup/memory_store.h"

using namespace topup;
using namespace topup::literals;

namespace {

constexpr Timestamp kNow{};
constexpr UserId kToko{1};

void open_shop(Tx& tx) {
  ensure_provider(tx, "supplier").value();
  ensure_gateway(tx, "qris").value();
  register_user(tx, {.username = "toko_a", .name = "A", .email = "a@x.com"}, kNow).value();
  put_service(tx, {.tipe = "Games", .kategori = "Free Fire", .layanan = "70"}).value();
  put_offer(tx, {{}, ServiceId{1}, ProviderId{1}, "FF70", 9'500_idr}).value();
  open_deposit(tx, {}, {kToko, 50'000_idr, {}, {}, "DEP-1", GatewayId{1}, ""}, kNow).value();
  settle_payment(tx, {}, {GatewayId{1}, "pay-1", "DEP-1", 50'000_idr, {}, kNow}, kNow).value();
}

// The reseller's balance after one order of 9,500 that ended so.
Money balance_after(OutcomeKind ending) {
  MemoryStore store;
  auto left = store.transact([&](Tx& tx) -> Result<Money> {
    open_shop(tx);
    PlaceOrder order{kToko, ServiceId{1}, "123456789", "", "", "", "INV-1", {}, "", "", {}};
    place_order(tx, {}, order, kNow).value();
    begin_attempt(tx, {}, {}, AttemptId{1}, kNow).value();
    Outcome outcome{ending, FailOver::useless, "", {}, "", ""};
    record_outcome(tx, {}, {}, {AttemptId{1}, outcome, {Actor::provider, 1}}, kNow).value();
    return tx.wallet(kToko).balance();
  });
  return *left;
}

void expect(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error{what};
}

}  // namespace

int main() {
  expect(balance_after(OutcomeKind::succeeded) == 40'500_idr, "a delivery is paid for");
  expect(balance_after(OutcomeKind::failed) == 50'000_idr, "a failure costs nothing");
  expect(balance_after(OutcomeKind::unknown) == 40'500_idr, "silence is no failure");
  std::cout << "the house rule holds\n";
}
