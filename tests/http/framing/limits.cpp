#include "http/framing/cases.h"

namespace topupd::test {

namespace {

constexpr std::size_t kHead = 16'384;  // bytes of a head, the limit
constexpr std::size_t kBody = 65'536;  // bytes of a body, the limit

// "BEFOREaaa…AFTER" of so many bytes.
std::string padded(std::size_t size, const std::string& before, const std::string& after) {
  return before + std::string(size - before.size() - after.size(), 'a') + after;
}

std::string of_target(std::size_t size) {
  return padded(size, "GET /hello?", " HTTP/1.1\r\nHost: x\r\n\r\n");
}

std::string of_value(std::size_t size) {
  return padded(size, "GET /hello HTTP/1.1\r\nHost: x\r\nX-A: ", "\r\n\r\n");
}

std::string of_name(std::size_t size) {
  return padded(size, "GET /hello HTTP/1.1\r\nHost: x\r\nX-", ": 1\r\n\r\n");
}

std::string of_empty_lines(std::size_t size) {
  std::string lines;
  while (lines.size() + kHello.size() < size)
    lines += "\r\n";
  return lines + kHello;
}

std::string of_headers(int count) {
  std::string headers;
  for (int i = 1; i < count; ++i)  // the Host is one
    headers += "X-" + std::to_string(i) + ": 1\r\n";
  return get(headers);
}

std::string of_parameters(int count) {
  std::string query = "a";
  for (int i = 1; i < count; ++i)
    query += "&a";
  return target("/hello?" + query);
}

std::string of_body(std::size_t size) {
  return post("Content-Length: " + std::to_string(size) + "\r\n", std::string(size, 'b'));
}

}  // namespace

// clang-format off
std::vector<FramingCase> limit_cases() {
  return {
    {"target to the limit",        of_target(kHead),                              "200", Then::kept, "200 400 414"},
    {"target over it",             of_target(kHead + 1),                          "414", Then::closed, "400 414"},
    {"target far over it",         of_target(100'000),                            "414", Then::closed, "400 414"},
    {"value to the limit",         of_value(kHead),                               "200", Then::kept, "200 400 414"},
    {"value over it",              of_value(kHead + 1),                           "414", Then::closed, "400 414"},
    {"name to the limit",          of_name(kHead),                                "200", Then::kept, "200 400 414"},
    {"name over it",               of_name(kHead + 1),                            "414", Then::closed, "400 414"},
    {"empty lines to the limit",   of_empty_lines(kHead),                         "200", Then::kept, "200 400 414"},
    {"empty lines over it",        of_empty_lines(kHead + 1),                     "414", Then::closed, "200 400 414"},
    {"method without an end",      std::string(kHead + 1, 'G'),                   "414", Then::closed, "400 414"},
    {"value without an end",       padded(kHead + 1, "GET /hello HTTP/1.1\r\nX-A: ", ""), "414", Then::closed, "400 414"},
    {"a hundred headers",          of_headers(100),                               "200", Then::kept, "200 414"},
    {"a hundred and one",          of_headers(101),                               "414", Then::closed, "414"},
    {"a thousand headers",         of_headers(1'000),                             "414", Then::closed, "400 414"},
    {"a hundred parameters",       of_parameters(100),                            "200", Then::kept, "200"},
    {"a hundred and one of them",  of_parameters(101),                            "414", Then::closed, "414"},
    {"eight thousand of them",     of_parameters(8'000),                          "414", Then::closed, "400 414"},
    {"body to the limit",          of_body(kBody),                                "200", Then::kept, "200"},
    {"body over it",               of_body(kBody + 1),                            "413", Then::closed, "413"},
    {"body far over it",           of_body(900'000),                              "413", Then::closed, "413"},
  };
}
// clang-format on

std::vector<FramingCase> all_framing_cases() {
  std::vector<FramingCase> all;
  for (const auto table :
       {request_line_cases, target_cases, header_cases, host_cases, length_cases,
        transfer_encoding_cases, connection_cases, expectation_cases, pipeline_cases, limit_cases})
    for (auto& one : table())
      all.push_back(std::move(one));
  return all;
}

}  // namespace topupd::test
