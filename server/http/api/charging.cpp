#include "http/api/charging.h"

#include "store/errors.h"
#include "topup/payment_commands.h"

namespace topupd::http {

namespace {

Fault withdrawn(App& app, const topup::Charge& charge, topup::Timestamp now) {
  const auto result =
      app.store.transact([&](topup::Tx& tx) { return topup::withdraw_offer(tx, charge.id, now); });
  if (!result)
    app.log.warn("a charge that was not offered can't be withdrawn",
                 {{"code", charge.code}, {"refusal", topup::name(result.error().code)}});
  return Fault{ErrorCode::unavailable};
}

std::variant<topup::Charge, Fault> offered(App& app, const topup::Charge& charge,
                                           topup::Timestamp now) {
  const auto gateway = app.gateways.find(charge.gateway);
  if (gateway == app.gateways.end()) return withdrawn(app, charge, now);
  const auto answer =
      gateway->second->create({charge.code, charge.total().units(), charge.expires_at});
  if (const auto* unavailable = std::get_if<Unavailable>(&answer)) {
    app.log.warn("the gateway did not take a charge",
                 {{"code", charge.code}, {"reason", unavailable->reason}});
    return withdrawn(app, charge, now);
  }
  const auto& created = std::get<Created>(answer);
  const topup::OfferPayment offer{charge.id, created.qr_text, created.gateway_reference};
  const auto result =
      app.store.transact([&](topup::Tx& tx) { return topup::offer_payment(tx, offer); });
  if (!result) return fault(result.error());
  return *result;
}

}  // namespace

std::variant<topup::Charge, Fault> with_offer(App& app, const topup::Charge& charge,
                                              topup::Timestamp now) {
  if (!charge.qr_text.empty() || topup::is_over(charge.state)) return charge;
  try {
    return offered(app, charge, now);
  } catch (const StoreError& error) {
    // What such an error says of its own transaction is not true of the request: a client who
    // hears that nothing happened orders again, under another key.
    app.log.error("a charge stays without an offer",
                  {{"code", charge.code}, {"error", std::string_view{error.what()}}});
    return Fault{ErrorCode::outcome_unknown};
  }
}

std::variant<InFlight::Lease, Fault> hold(App& app, topup::UserId user, std::string_view route,
                                          const std::vector<std::string>& keys) {
  std::vector<std::string> held;
  for (const auto& key : keys) {
    std::string name = std::to_string(user.value);
    name += route;
    name += key;
    held.push_back(std::move(name));
  }
  auto lease = app.in_flight.enter(std::move(held));
  if (!lease) return Fault{ErrorCode::in_progress};
  return *std::move(lease);
}

}  // namespace topupd::http
