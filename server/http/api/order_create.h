// order/create, in both of its modes.

#pragma once

#include "http/api/endpoint.h"

namespace topupd::http {

Endpoint order_create_endpoint();

}  // namespace topupd::http
