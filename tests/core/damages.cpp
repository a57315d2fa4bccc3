#include "core/damages.h"

namespace topup::testing {

Lived::Lived() {
  live_through(*this);
  shop.fund(shop.ani, 1'000);
  open_order = shop.sent_order(shop.ani, "09001");
  auto place = shop.balance_order(shop.ani, "09002");
  place.ref_id = "mine-1";
  place.idempotency_key = "key-1";
  queued_order = shop.place(place).value().order.id;
  auto again = shop.balance_order(shop.ani, "09003");
  again.ref_id = "mine-2";
  again.idempotency_key = "key-2";
  auto reviewed = shop.place(again).value().order.id;
  shop.begin(reviewed).value();
  shop.report(reviewed, OutcomeKind::unknown).value();
  shop.report(reviewed, OutcomeKind::gave_up).value();
  open_dropship = shop.paid_dropship(shop.budi, "09004", 200);
  waiting_receipt = shop.settle(shop.payment("DEP-lost", 33)).value().receipt.id;
  SendPrefund under_way{shop.boss, shop.south, idr(500), {}};
  shop.run([&](Tx& tx) { return topup::send_prefund(tx, under_way, shop.now); }).value();
  auto earned = shop.paid_dropship(shop.ani, "09005", 200);
  shop.begin(earned).value();
  shop.report(earned, OutcomeKind::succeeded).value();
  RequestWithdrawal withdrawal{shop.ani, idr(20), "BCA", "1", "Ani", ""};
  shop.run([&](Tx& tx) { return request_withdrawal(tx, shop.policy, withdrawal, shop.now); })
      .value();
}

Lived& lived() {
  static Lived lived;
  return lived;
}

}  // namespace topup::testing
