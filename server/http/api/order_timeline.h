// What happened to an order, step by step, as its reseller may know it.

#pragma once

#include "http/api/endpoint.h"

namespace topupd::http {

Endpoint order_timeline_endpoint();

}  // namespace topupd::http
