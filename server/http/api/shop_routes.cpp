#include "http/api/routes.h"
#include "http/api/shapes.h"

namespace topupd::http {

namespace {

Answer show_shop(Call& call) {
  const auto& app = call.app;
  const auto& policy = app.policy;
  const auto gateway = app.gateways.find(app.gateway);
  const bool takes_payments = gateway != app.gateways.end();
  return ok(JsonObject{}
                .flag("sandbox", takes_payments && gateway->second->name() == "sandbox")
                .flag("qris", takes_payments)
                .flag("needs_admin", app.first_admin.is_awaited())
                .money("deposit_min", policy.deposit_min)
                .money("deposit_max", policy.deposit_max)
                .money("deposit_fee", policy.deposit_fee)
                .money("withdraw_min", policy.withdraw_min)
                .money("withdraw_fee", policy.withdraw_fee)
                .money("dropship_fee", policy.dropship_fee));
}

}  // namespace

std::vector<Endpoint> shop_endpoints() {
  return {{.path = "/api/shop",
           .access = Access::open,
           .limit = LimitClass::none,
           .summary = "What the operator has set for everybody: limits and fees",
           .example = R"({"status":true,"data":{"sandbox":false,"qris":true,"needs_admin":false,)"
                      R"("deposit_min":10000,)"
                      R"("deposit_max":10000000,"deposit_fee":0,"withdraw_min":10000,)"
                      R"("withdraw_fee":0,"dropship_fee":0}})",
           .handler = show_shop}};
}

}  // namespace topupd::http
