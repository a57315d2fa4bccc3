// Inside the OpenAPI document: what stands below an operation.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/api/endpoint.h"
#include "http/api/json.h"

namespace topupd::http {

// Every code that the route may answer with, in the order of the error table: its own, and those
// that come before any handler.
std::vector<ErrorCode> codes_of(const Endpoint& endpoint);

// The parameter's example as JSON.
std::string json_example(const Parameter& parameter);

// What a value of the parameter looks like.
JsonObject schema_of(const Parameter& parameter);
// "parameters" of the operation; what a body carries is in request_body_of().
JsonList parameters_of(const Endpoint& endpoint);
bool has_body(const Endpoint& endpoint);
JsonObject request_body_of(const Endpoint& endpoint);

// "responses" of the operation: the example and its schema, and the refusals by HTTP status.
JsonObject responses_of(const Endpoint& endpoint);

// What the operations refer to: schemas, parameters, one response for each error code, and the
// ways to say who one is.
JsonObject components(std::string_view public_url);

}  // namespace topupd::http
