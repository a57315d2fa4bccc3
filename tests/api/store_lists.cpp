#include "api/store_lists.h"

#include <algorithm>

using topupd::http::OrderFilter;
using topupd::http::Page;

namespace {

// The records of a table that pass, newest first, as a page asks for them.
template <class Id, class Find, class Passes>
auto page_of(const topup::View& view, Page page, Find find, Passes passes) {
  std::vector<typename std::invoke_result_t<Find, Id>::value_type> records;
  auto id = view.last_id(Id::kTable);
  if (page.before != 0) id = std::min(id, page.before - 1);
  for (; id > 0 && records.size() < static_cast<std::size_t>(page.limit); --id) {
    auto record = find(Id{id});
    if (record && passes(*record)) records.push_back(*std::move(record));
  }
  return records;
}

bool passes(const topup::Order& order, const OrderFilter& filter) {
  return order.user == filter.user &&
         (!filter.status || topup::status_of(order.state) == *filter.status) &&
         (!filter.service || order.service == filter.service) &&
         (filter.target.empty() || order.target == filter.target) &&
         (!filter.from || order.created_at >= *filter.from) &&
         (!filter.before || order.created_at < *filter.before);
}

}  // namespace

std::vector<topup::Service> StoreLists::services() {
  auto services = store_.read([](const topup::View& view) {
    return page_of<topup::ServiceId>(
        view, {0, 10'000}, [&](auto id) { return view.service(id); },
        [](const auto&) { return true; });
  });
  std::reverse(services.begin(), services.end());
  return services;
}

std::vector<topup::Order> StoreLists::orders(const OrderFilter& filter, Page page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::OrderId>(
        view, page, [&](auto id) { return view.order(id); },
        [&](const auto& order) { return passes(order, filter); });
  });
}

std::vector<topup::Charge> StoreLists::deposits(topup::UserId user, Page page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::ChargeId>(
        view, page, [&](auto id) { return view.charge(id); },
        [&](const auto& charge) {
          return charge.user == user && charge.purpose == topup::ChargePurpose::deposit;
        });
  });
}

std::vector<topup::Withdrawal> StoreLists::withdrawals(topup::UserId user, Page page) {
  return store_.read([&](const topup::View& view) {
    return page_of<topup::WithdrawalId>(
        view, page, [&](auto id) { return view.withdrawal(id); },
        [&](const auto& withdrawal) { return withdrawal.user == user; });
  });
}
