// The smallest host: a reseller deposits, orders, and the supplier delivers, all
// in memory.  A real host has a clock, random codes and a Store that lasts.

#include <iostream>

#include "topup/checker.h"
#include "topup/commands.h"
#include "topup/memory_store.h"

using namespace topup;
using namespace topup::literals;

int main() {
  MemoryStore store;
  Policy policy;
  Timestamp now{};
  auto sold = store.transact([&](Tx& tx) -> Result<Order> {
    auto supplier = ensure_provider(tx, "supplier").value();
    auto qris = ensure_gateway(tx, "qris").value();
    auto toko = register_user(tx, {.username = "toko_a", .name = "A", .email = "a@x.com"}, now);
    auto service = put_service(tx, {.tipe = "Games", .kategori = "Free Fire", .layanan = "70"});
    put_offer(tx, {{}, service->id, supplier.id, "FF70", 9'500_idr}).value();
    open_deposit(tx, policy, {toko->id, 50'000_idr, {}, {}, "DEP-1", qris.id, ""}, now).value();
    settle_payment(tx, policy, {qris.id, "pay-1", "DEP-1", 50'000_idr, {}, now}, now).value();
    PlaceOrder order{toko->id, service->id, "123456789", "", "", "", "INV-1", {}, "", "", {}};
    auto placed = place_order(tx, policy, order, now);
    if (!placed) return placed.error();
    auto attempt = tx.attempts(placed->order.id).front().id;
    begin_attempt(tx, policy, CapabilitySheet{}, attempt, now).value();
    Outcome delivered{OutcomeKind::succeeded, FailOver::useless, "SN-1", 9'400_idr, "", ""};
    return record_outcome(tx, policy, {}, {attempt, delivered, {Actor::provider, 1}}, now);
  });
  std::cout << "order " << sold->id.value << ": " << name(status_of(sold->state)) << ", SN "
            << sold->sn << '\n';
  store.inspect([](const Archive& archive) {
    std::cout << (check(archive).ok() ? "every invariant holds\n" : "the books are wrong\n");
  });
}
