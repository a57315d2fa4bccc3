#include "store/lists.h"

#include "store/queries.h"

namespace topupd {
namespace {

PageRequest request(const http::Page& page) { return {page.before, page.limit}; }

}  // namespace

std::vector<topup::Service> StoreLists::services() {
  std::vector<topup::Service> services;
  for (auto& listed : price_list(store_).services)
    services.push_back(std::move(listed.service));
  return services;
}

std::vector<topup::Order> StoreLists::orders(const http::OrderFilter& filter, http::Page page) {
  OrderFilter wanted{filter.user,   filter.status, filter.service,
                     filter.target, filter.from,   filter.before};
  return topupd::orders(store_, wanted, request(page)).records;
}

std::vector<topup::Charge> StoreLists::deposits(topup::UserId user, http::Page page) {
  return topupd::deposits(store_, user, request(page)).records;
}

std::vector<topup::Withdrawal> StoreLists::withdrawals(topup::UserId user, http::Page page) {
  return topupd::withdrawals(store_, user, request(page)).records;
}

}  // namespace topupd
