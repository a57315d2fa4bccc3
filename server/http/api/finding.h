// Finding orders: one of the caller's by the names it goes by, or many by a filter.

#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "http/api/lists.h"
#include "http/api/params.h"
#include "http/api/shapes.h"
#include "topup/order.h"
#include "topup/store.h"

namespace topupd::http {

inline constexpr Parameter kOrderId{.name = "id",
                                    .type = ParameterType::count,
                                    .min = 1,
                                    .max = INT64_MAX,
                                    .summary = "The order's id; or ref_id, or invoice",
                                    .example = "55"};
inline constexpr Parameter kRefId{.name = "ref_id",
                                  .type = ParameterType::code,
                                  .max = 64,
                                  .summary = "Your own id of the order, unique for ever",
                                  .example = "TRX-0001"};
inline constexpr Parameter kInvoice{.name = "invoice",
                                    .type = ParameterType::code,
                                    .max = 64,
                                    .summary = "The invoice of the order",
                                    .example = "INV-AAAAAAAAAAAAAB"};

struct OrderName {
  std::optional<std::int64_t> id;
  std::string ref_id;
  std::string invoice;
};

// The first that was sent counts; with none of them `id` is to blame.
OrderName read_order_name(Reader& in);

// Empty if there is none of that name, or it is another user's.
std::optional<topup::Order> find_order(const topup::View& view, topup::UserId user,
                                       const OrderName& name);

// The filter without a user.
OrderFilter read_order_filter(Reader& in);
// What it and a page are read from, after those.
std::vector<Parameter> order_filter_parameters(std::vector<Parameter> before);

// With what is shown beside an order.
JsonObject full_order_json(const topup::View& view, const topup::Order& order);

}  // namespace topupd::http
