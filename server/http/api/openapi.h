// The OpenAPI 3.1 document, made from the descriptions that also make the routes.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/api/endpoint.h"
#include "http/router.h"

namespace topupd::http {

// As JSON.  public_url is the address of the server in it.
std::string openapi_document(const std::vector<Endpoint>& endpoints, std::string_view public_url);

// GET /openapi.json: the document of the whole API, made when it is first asked for; 304 for who
// has it already.  app must outlive the route.
Route openapi_route(const App& app);

}  // namespace topupd::http
