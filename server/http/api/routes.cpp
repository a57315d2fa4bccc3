#include "http/api/routes.h"

namespace topupd::http {

const std::vector<Endpoint>& api_endpoints() {
  static const std::vector<Endpoint> kAll = [] {
    std::vector<Endpoint> endpoints;
    for (const auto& group : {auth_endpoints(), user_endpoints(), service_endpoints(),
                              order_endpoints(), payment_endpoints(), profit_endpoints()})
      endpoints.insert(endpoints.end(), group.begin(), group.end());
    return endpoints;
  }();
  return kAll;
}

}  // namespace topupd::http
