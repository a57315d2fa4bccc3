#include "work/payments.h"

#include <optional>
#include <utility>

#include "topup/payment_commands.h"

namespace topupd {
namespace {

Notice notice_of(const std::string& code, const ChargeReport& report) {
  return {code,       report.payment_id, report.paid_amount,
          report.fee, report.paid_at,    ChargeStatus::settled};
}

}  // namespace

Payments::Payments(Workshop& shop, std::function<void()> wake)
    : shop_{shop}, wake_{std::move(wake)} {
  for (auto& [id, gateway] : shop_.gateways)
    gateway->on_notice([this, from = id](const Notice& notice) { take_notice(from, notice); });
}

void Payments::take_notice(topup::GatewayId gateway, const Notice& notice) {
  if (notice.state == ChargeStatus::settled) book(gateway, notice);
  if (notice.state == ChargeStatus::expired) end_early(gateway, notice.code);
}

void Payments::book(topup::GatewayId gateway, const Notice& notice) {
  auto amount = topup::Money::from_units(notice.amount);
  auto fee = topup::Money::from_units(notice.fee);
  if (!amount || !fee) {
    shop_.log.error("payment with an impossible amount", {{"code", notice.code}});
    return;
  }
  auto settled = shop_.store.transact([&](topup::Tx& tx) {
    return topup::settle_payment(
        tx, shop_.policy, {gateway, notice.payment_id, notice.code, *amount, *fee, notice.paid_at},
        shop_.clock.now());
  });
  if (!settled) {
    shop_.log.error("payment refused",
                    {{"code", notice.code}, {"reason", topup::name(settled.error().code)}});
    return;
  }
  // Gateways repeat themselves, the play one at every start.
  if (settled->replayed)
    shop_.log.debug("payment known already", {{"code", notice.code}});
  else
    shop_.log.info("payment booked", {{"code", notice.code},
                                      {"receipt", settled->receipt.id.value},
                                      {"state", topup::name(settled->receipt.state)}});
  if (settled->order) wake_();
}

// A notice may be older than a payment, so the gateway's present answer decides.  Without one our
// own clock ends the charge.
void Payments::end_early(topup::GatewayId gateway, const std::string& code) {
  auto charge =
      shop_.store.read([&](const topup::View& view) { return view.charge_by_code(code); });
  if (!charge || charge->gateway != gateway || topup::is_over(charge->state)) return;
  auto report = shop_.gateways.at(gateway)->query(code);
  if (report.state == ChargeStatus::settled) return book(gateway, notice_of(code, report));
  if (report.state != ChargeStatus::expired) return;
  auto ended = shop_.store.transact(
      [&](topup::Tx& tx) { return topup::end_charge(tx, charge->id, shop_.clock.now()); });
  if (ended) shop_.log.info("charge ended by its gateway", {{"code", code}});
}

bool Payments::look_after(const topup::Charge& charge) {
  auto found = shop_.gateways.find(charge.gateway);
  if (found == shop_.gateways.end()) return false;
  auto& gateway = *found->second;
  auto report = gateway.query(charge.code);
  if (report.state == ChargeStatus::pending &&
      gateway.cancel(charge.code) == CancelResult::already_paid)
    report = gateway.query(charge.code);

  switch (report.state) {
    case ChargeStatus::settled: book(charge.gateway, notice_of(charge.code, report)); break;
    case ChargeStatus::pending:
    case ChargeStatus::expired:
    case ChargeStatus::cancelled:
    case ChargeStatus::not_found: break;
    case ChargeStatus::unknown: return false;
  }
  end(charge);
  return true;
}

// Does nothing if the payment just booked has ended the charge.
void Payments::end(const topup::Charge& charge) {
  auto ended = shop_.store.transact(
      [&](topup::Tx& tx) { return topup::expire_charge(tx, charge.id, shop_.clock.now()); });
  if (ended) shop_.log.info("charge expired", {{"code", charge.code}});
}

}  // namespace topupd
