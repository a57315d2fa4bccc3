// A request as programs write it, for people to copy.

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/api/endpoint.h"

namespace topupd::http {

// Stands for the reader's own key.
inline constexpr std::string_view kSampleKey = "KUNCI_API";

struct SampleRequest {
  std::string_view method;                                     // "GET" or "POST"
  std::string url;                                             // with the query
  bool is_known = true;                                        // sends the key
  bool is_once = false;                                        // sends an Idempotency-Key
  std::vector<std::pair<std::string, std::string>> body = {};  // names, and values as JSON
};

// "GET" or "POST".
std::string_view method_of(const Endpoint& endpoint);

// Whether "layanan|target" has that name.
bool is_named(std::string_view names, std::string_view name);

// What is sent where nothing else is said: what must be, or else the first that can be.
std::string usual_names(const Endpoint& endpoint);

// With those parameters, as their declarations show them, and all that the path has.
SampleRequest sample_request(const Endpoint& endpoint, std::string_view names,
                             const std::string& public_url);

// JSON on lines, for people.  It is well formed and has no blanks between its parts.
std::string indented(std::string_view json);

struct SampleWriter {
  std::string_view name;  // "curl"
  std::string (*write)(const SampleRequest& request);
};

// curl, PHP, JavaScript and Python.
extern const std::array<SampleWriter, 4> kSampleWriters;

}  // namespace topupd::http
