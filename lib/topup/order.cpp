#include "topup/order.h"

#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<OrderMode, 2> kModes{{
    {OrderMode::balance, "balance"},
    {OrderMode::dropship, "dropship"},
}};
constexpr Words<OrderStatus, 4> kStatuses{{
    {OrderStatus::pending, "Pending"},
    {OrderStatus::success, "Success"},
    {OrderStatus::error, "Error"},
    {OrderStatus::gagal, "Gagal"},
}};
static_assert(kModes.in_order() && kStatuses.in_order());

}  // namespace

OrderStatus status_of(OrderState state) {
  switch (state) {
    case OrderState::unpaid:
    case OrderState::queued:
    case OrderState::sent:
    case OrderState::unknown:
    case OrderState::review: return OrderStatus::pending;
    case OrderState::succeeded:
    case OrderState::recovered: return OrderStatus::success;
    case OrderState::failed:
    case OrderState::reversed:
    case OrderState::late: return OrderStatus::error;
    case OrderState::expired:
    case OrderState::cancelled: return OrderStatus::gagal;
  }
  __builtin_unreachable();
}

std::string_view name(OrderMode mode) { return kModes.word(mode); }
std::optional<OrderMode> order_mode_from(std::string_view word) { return kModes.from(word); }
std::string_view name(OrderStatus status) { return kStatuses.word(status); }
std::optional<OrderStatus> order_status_from(std::string_view word) { return kStatuses.from(word); }

}  // namespace topup
