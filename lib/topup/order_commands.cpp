#include "topup/order_commands.h"

#include <algorithm>

#include "topup/attempt_commands.h"
#include "topup/catalogue_commands.h"
#include "topup/characters.h"
#include "topup/moves.h"
#include "topup/repeats.h"
#include "topup/store.h"

namespace topup {
namespace {

using moves::Now;

constexpr std::string_view kRoute = "place_order";
constexpr std::size_t kTargetMax = 64;
constexpr std::size_t kRefIdMax = 64;
constexpr std::size_t kCustomerNameMax = 100;

// The name of the first field that no order could have; empty if there is none.
std::string_view malformed(const PlaceOrder& command) {
  if (!is_text_of(command.target, 1, kTargetMax)) return "target";
  if (!is_text_of(command.nometer, 0, kTargetMax)) return "nometer";
  if (!is_text_of(command.ref_id, 0, kRefIdMax)) return "ref_id";
  if (!is_idempotency_key(command.idempotency_key)) return "idempotency_key";
  if (command.selling_price && *command.selling_price <= Money{}) return "selling_price";
  if (!is_text_of(command.customer_name, 0, kCustomerNameMax)) return "customer_name";
  if (!is_phone(command.customer_phone)) return "customer_phone";
  return "";
}

// The meter counts only where the service needs one.
std::string meter_of(const PlaceOrder& command, const Service& service) {
  return service.needs_nometer ? command.nometer : std::string{};
}

bool asks_for(const PlaceOrder& command, const Order& order) {
  bool is_same_meter = order.nometer.empty() || order.nometer == command.nometer;
  auto selling = order.mode == OrderMode::dropship ? std::optional{order.selling} : std::nullopt;
  return order.service == command.service && order.target == command.target && is_same_meter &&
         selling == command.selling_price && order.customer_name == command.customer_name &&
         order.customer_phone == command.customer_phone && order.ref_id == command.ref_id;
}

PlacedOrder again(const Tx& tx, Order order) {
  auto charge = tx.charge_of(order.id);
  return PlacedOrder{std::move(order), std::move(charge), true};
}

// The order that this command made when it came before; empty if it is new.
Result<std::optional<PlacedOrder>> earlier(const Tx& tx, const PlaceOrder& command) {
  if (auto made = made_before(tx, command.user, kRoute, command.idempotency_key)) {
    auto order = tx.order(OrderId{*made}).value();
    if (!asks_for(command, order)) return Error{Code::idempotency_conflict};
    return std::optional{again(tx, std::move(order))};
  }
  if (!command.ref_id.empty()) {
    if (auto order = tx.order_by_ref_id(command.user, command.ref_id)) {
      if (!asks_for(command, *order))
        return Error{Code::ref_id_conflict, "ref_id", order->id.value};
      return std::optional{again(tx, *order)};
    }
  }
  return std::optional<PlacedOrder>{};
}

Status check_target(const PlaceOrder& command, const Service& service) {
  if (service.needs_nometer && command.nometer.empty())
    return Error{Code::invalid_parameter, "nometer"};
  if (!service.target_format.matches(command.target)) return Error{Code::invalid_target, "target"};
  if (service.needs_nometer && !TargetFormat{}.matches(command.nometer))
    return Error{Code::invalid_target, "nometer"};
  return Nothing{};
}

Status check_selling(const Policy& policy, const PlaceOrder& command, Money reseller_cost) {
  if (!command.selling_price) return Nothing{};
  if (*command.selling_price > policy.charge_max)
    return Error{Code::amount_out_of_range, "selling_price"};
  if (*command.selling_price < reseller_cost) return Error{Code::price_below_cost, "selling_price"};
  return Nothing{};
}

Order new_order(const Tx& tx, const Policy& policy, const PlaceOrder& command,
                const Service& service, const Priced& priced) {
  Order order;
  order.id = next_id<OrderId>(tx);
  order.invoice = command.invoice;
  order.user = command.user;
  order.previous = tx.wallet(command.user).last_order;
  order.mode = command.selling_price ? OrderMode::dropship : OrderMode::balance;
  order.service = command.service;
  order.target = command.target;
  order.nometer = meter_of(command, service);
  order.ref_id = command.ref_id;
  order.state = command.selling_price ? OrderState::unpaid : OrderState::queued;
  order.price = priced.quote.price;
  order.fee = command.selling_price ? policy.dropship_fee : Money{};
  order.selling = command.selling_price.value_or(Money{});
  order.max_cost = priced.quote.price;
  order.price_trace = priced.quote.trace;
  order.customer_name = command.customer_name;
  order.customer_phone = command.customer_phone;
  return order;
}

Charge charge_for(const Tx& tx, const Policy& policy, const Order& order, GatewayId gateway,
                  Timestamp now) {
  Charge charge;
  charge.id = next_id<ChargeId>(tx);
  charge.code = order.invoice;
  charge.purpose = ChargePurpose::order;
  charge.user = order.user;
  charge.order = order.id;
  charge.gateway = gateway;
  charge.nominal = order.selling;
  charge.expires_at = now + policy.payment_expiry;
  charge.created_at = now;
  charge.due_at = charge.expires_at;
  return charge;
}

// As post() does it along with the hold of a balance order.
void make_last(Tx& tx, const Order& order) {
  auto wallet = tx.wallet(order.user);
  wallet.last_order = order.id;
  tx.put(wallet);
}

// Writes what place_order decided.  Nothing here can be refused any more.
PlacedOrder write(Tx& tx, const Policy& policy, const PlaceOrder& command, Order order, Now now) {
  // Whoever looks for a moment among the orders goes by their order.
  order.created_at = std::max(now.at, tx.journal_head().step_at);
  order.updated_at = order.created_at;
  moves::create(tx, order, now);
  PlacedOrder placed{order, std::nullopt, false};
  if (order.mode == OrderMode::balance) {
    Entry hold{EntryKind::order_held, order.id.value, {}, now.cause};
    hold.add(of(order.user, AccountKind::user_balance), of(order.user, AccountKind::user_hold),
             order.price);
    moves::must_post(tx, hold, now.at);
    plan_first_attempt(tx, order, now.at);
  } else {
    make_last(tx, order);
    placed.charge = charge_for(tx, policy, order, command.gateway, now.at);
    moves::create(tx, *placed.charge, now);
  }
  remember(tx,
           {command.user, std::string{kRoute}, command.idempotency_key, order.id.value, now.at});
  return placed;
}

}  // namespace

Result<PlacedOrder> place_order(Tx& tx, const Policy& policy, const PlaceOrder& command,
                                Timestamp now) {
  const auto reseller = tx.standing(command.user);
  if (!reseller || reseller->suspended) return Error{Code::account_suspended};
  if (auto field = malformed(command); !field.empty())
    return Error{Code::invalid_parameter, std::string{field}};
  auto repeated = earlier(tx, command);
  if (!repeated) return repeated.error();
  if (*repeated) return **repeated;

  auto service = tx.service(command.service);
  if (!service) return Error{Code::not_found, "layanan"};
  if (!service->available) return Error{Code::service_unavailable, "layanan"};
  if (auto fits = check_target(command, *service); !fits) return fits.error();
  auto priced = price_of(tx, *service, reseller->tier);
  if (!priced) return Error{Code::service_unavailable, "layanan"};

  auto order = new_order(tx, policy, command, *service, *priced);
  if (auto sold = check_selling(policy, command, order.reseller_cost()); !sold) return sold.error();
  if (auto open = tx.open_order(order.user, order.service, order.target, order.nometer))
    return Error{Code::duplicate_order, "", open->value};
  if (order.mode == OrderMode::balance && tx.wallet(order.user).balance() < order.price)
    return Error{Code::insufficient_balance};

  // From here on it succeeds.
  return write(tx, policy, command, std::move(order), {{Actor::reseller, command.user.value}, now});
}

Result<Order> cancel_order(Tx& tx, UserId user, OrderId id, Timestamp now) {
  auto order = tx.order(id);
  if (!order || order->user != user) return Error{Code::not_found};
  if (order->state != OrderState::unpaid) return Error{Code::not_cancellable};
  Now by_reseller{{Actor::reseller, user.value}, now};
  auto charge = tx.charge_of(id).value();
  moves::advance(tx, charge, ChargeEvent::cancel, by_reseller);
  moves::advance(tx, *order, OrderEvent::cancel, by_reseller);
  return *order;
}

}  // namespace topup
