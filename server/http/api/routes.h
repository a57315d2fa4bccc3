// The routes of the API, a group a file; those for operators are in admin_routes.h.

#pragma once

#include <vector>

#include "http/api/endpoint.h"

namespace topupd::http {

std::vector<Endpoint> auth_endpoints();
std::vector<Endpoint> otp_endpoints();
std::vector<Endpoint> user_endpoints();
std::vector<Endpoint> service_endpoints();
std::vector<Endpoint> nickname_endpoints();
std::vector<Endpoint> order_endpoints();
std::vector<Endpoint> payment_endpoints();
std::vector<Endpoint> profit_endpoints();
std::vector<Endpoint> summary_endpoints();
std::vector<Endpoint> shop_endpoints();
std::vector<Endpoint> news_endpoints();

// All of them, in the order of the documents.
const std::vector<Endpoint>& api_endpoints();

}  // namespace topupd::http
