#include "http/engine.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <exception>
#include <string>
#include <utility>

#include <httplib.h>

namespace topupd::http {

namespace {

// Framing is the edge's, whatever a handler says.
constexpr std::array<std::string_view, 5> kEdgeHeaders{"Connection", "Keep-Alive", "Content-Length",
                                                       "Transfer-Encoding", "Content-Type"};
constexpr std::string_view kMultipart = "multipart/";
constexpr std::size_t kHeadBytes = 512;  // what most heads fit into
constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool has_control_byte(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

bool is_for_the_edge(std::string_view name) {
  return std::any_of(kEdgeHeaders.begin(), kEdgeHeaders.end(),
                     [&](auto edge_name) { return equals_ignoring_case(name, edge_name); });
}

bool is_well_formed(const Response& response) {
  return response.status >= 200 && response.status <= 599 &&
         !has_control_byte(response.content_type) &&
         std::all_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
           return is_header_name(header.first) && !has_control_byte(header.second);
         });
}

bool has_no_body(int status) { return status == 204 || status == 304; }

// Of the exception that is being handled.
std::string current_problem() {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "something that is no std::exception";
  }
}

// "Sun, 06 Nov 1994 08:49:37 GMT".
const std::string& http_date() {
  const std::time_t now = std::time(nullptr);
  thread_local std::time_t written_at = 0;
  thread_local std::string text;
  if (now != written_at) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  kDays.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                  kMonths.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                  utc.tm_min, utc.tm_sec);
    text = buffer.data();
    written_at = now;
  }
  return text;
}

void add_header(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void add_header(std::string& head, std::string_view name, std::int64_t value) {
  std::array<char, 20> digits{};
  const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  add_header(head, name, std::string_view{digits.data(), end});
}

}  // namespace

struct Engine::Call {
  const Request& request;
  const Decide* decide = nullptr;  // null: close
  Afterwards afterwards = Afterwards::close;
  Response response = {};
  std::string_view route = {};
  std::string problem = {};
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
};

Engine::Engine(std::vector<Route> routes, Options options)
    : options_{std::move(options)}, router_{std::move(routes), options_.refuse} {}

Engine::Reply Engine::answer(Request& request, const Decide& decide) const {
  Call call{.request = request, .decide = &decide};
  call.response = made_by_handler(call, request);
  return replied(call);
}

Engine::Reply Engine::finish(Request& request, const Promised& promised,
                             const Decide& decide) const {
  Call call{
      .request = request, .decide = &decide, .route = promised.route, .since = promised.since};
  call.response = finished(call, *promised.answer);
  return replied(call);
}

Engine::Reply Engine::replied(Call& call) const {
  if (!call.response.later) return written(call);
  Reply reply;
  reply.promised =
      std::make_shared<Promised>(Promised{std::move(call.response.later), call.route, call.since});
  return reply;
}

Engine::Reply Engine::refuse(const Request& request, int status, std::string_view reason) const {
  Call call{.request = request, .response = refused(request, status, reason)};
  return written(call);
}

// Multipart is refused here, for every route: nothing of ours takes it.
Response Engine::made_by_handler(Call& call, Request& request) const {
  if (equals_ignoring_case(request.header("content-type").substr(0, kMultipart.size()),
                           kMultipart)) {
    return refused(request, 415, "Multipart bodies are not taken.");
  }
  try {
    Router::Answer answer = router_.answer(request);
    call.route = answer.route;
    return std::move(answer.response);
  } catch (...) {
    call.problem = current_problem();
  }
  const auto match = router_.match(request.method, request.path);
  if (match.route != nullptr) call.route = match.route->path;
  return refused(request, 500, {});
}

Response Engine::finished(Call& call, const Later& later) const {
  try {
    return later.finish();
  } catch (...) {
    call.problem = current_problem();
  }
  return refused(call.request, 500, {});
}

Response Engine::refused(const Request& request, int status, std::string_view reason) const {
  Response response = options_.refuse(
      {.status = status, .reason = reason, .request_id = request.id, .path = request.path});
  response.status = status;
  response.stream = nullptr;
  const bool can_help_to_wait = status == 429 || status == 503;
  const bool says_when = std::any_of(
      response.headers.begin(), response.headers.end(),
      [](const auto& header) { return equals_ignoring_case(header.first, "Retry-After"); });
  if (can_help_to_wait && !says_when) response.headers.emplace_back("Retry-After", "1");
  return response;
}

// Handlers' headers come first, then those that every answer has.
std::string Engine::bytes_of(const Call& call) const {
  const Response& response = call.response;
  const bool has_length = !has_no_body(response.status) && !response.stream;
  const bool has_body = has_length && call.request.method != "HEAD";
  std::string bytes;
  bytes.reserve(kHeadBytes + (has_body ? response.body.size() : 0));
  bytes.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  bytes.append(httplib::status_message(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    if (!is_for_the_edge(name)) add_header(bytes, name, value);
  }
  add_header(bytes, "X-Request-Id", call.request.id);
  add_header(bytes, "Date", http_date());
  if (!has_no_body(response.status) && !response.content_type.empty())
    add_header(bytes, "Content-Type", response.content_type);
  if (has_length)
    add_header(bytes, "Content-Length", static_cast<std::int64_t>(response.body.size()));
  if (call.afterwards == Afterwards::close) {
    add_header(bytes, "Connection", "close");
  } else {
    add_header(bytes, "Connection", "keep-alive");
    add_header(bytes, "Keep-Alive", "timeout=" + std::to_string(options_.keep_alive.count()));
  }
  bytes.append("\r\n");
  if (has_body) bytes.append(response.body);
  return bytes;
}

Engine::Reply Engine::written(Call& call) const {
  if (!is_well_formed(call.response)) {
    call.problem = "the handler's answer has an impossible status or header";
    call.response = refused(call.request, 500, {});
  }
  if (call.decide != nullptr && !call.response.stream) call.afterwards = (*call.decide)();
  Reply reply{.bytes = bytes_of(call)};
  reply.status = call.response.status;
  reply.afterwards = call.afterwards;
  reply.stream = std::move(call.response.stream);
  const auto duration = std::chrono::steady_clock::now() - call.since;
  options_.observe({.request_id = call.request.id,
                    .method = call.request.method,
                    .path = call.request.path,
                    .route = call.route,
                    .client = call.request.client,
                    .status = reply.status,
                    .bytes = reply.bytes.size(),
                    .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
                    .problem = call.problem});
  return reply;
}

}  // namespace topupd::http
