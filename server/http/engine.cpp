#include "http/engine.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <exception>
#include <utility>

#include <httplib.h>

namespace topupd::http {

namespace {

// Framing is the edge's, whatever a handler says.
constexpr std::array<std::string_view, 5> kEdgeHeaders{"Connection", "Keep-Alive", "Content-Length",
                                                       "Transfer-Encoding", "Content-Type"};
constexpr std::string_view kMultipart = "multipart/";
constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// One request line in, one answer out.
class MemoryStream final : public httplib::Stream {
 public:
  explicit MemoryStream(std::string_view input) : input_{input} {}

  bool is_readable() const override { return !input_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* buffer, size_t size) override {
    const std::size_t count = std::min(size, input_.size());
    std::copy_n(input_.begin(), count, buffer);
    input_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, size_t size) override {
    output_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override { forget(ip, port); }
  void get_local_ip_and_port(std::string& ip, int& port) const override { forget(ip, port); }
  socket_t socket() const override { return INVALID_SOCKET; }

  std::string take_output() { return std::move(output_); }

 private:
  static void forget(std::string& ip, int& port) {
    ip.clear();
    port = 0;
  }

  std::string_view input_;
  std::string output_;
};

bool has_control_byte(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return httplib::detail::case_ignore::to_lower(x) == httplib::detail::case_ignore::to_lower(y);
  });
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
std::string http_date() {
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

}  // namespace

struct Engine::Call {
  const Request& request;
  const Decide* decide = nullptr;  // null: close
  Afterwards afterwards = Afterwards::close;
  std::chrono::seconds keep_alive{0};
  Response response = {};
  std::string_view route = {};
  std::string problem = {};
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
};

class Engine::Library final : public httplib::Server {
 public:
  explicit Library(const Engine& engine) : engine_{engine} {
    // listen() is never called; while this is negative the library cuts bodies short.
    svr_sock_ = 0;
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      fill(out);
      return HandlerResponse::Handled;
    });
    set_header_writer([](httplib::Stream& stream, httplib::Headers& headers) {
      set_framing(headers);
      return httplib::detail::write_headers(stream, headers);
    });
  }

  std::string run(Call& call) {
    current_call = &call;
    MemoryStream stream(call.request.method == "HEAD" ? "HEAD / HTTP/1.1\r\n\r\n"
                                                      : "GET / HTTP/1.1\r\n\r\n");
    bool closed = false;
    process_request(stream, {}, 0, {}, 0, false, closed, [](httplib::Request& request) {
      request.headers.clear();
      request.ranges.clear();
    });
    current_call = nullptr;
    return stream.take_output();
  }

 private:
  void fill(httplib::Response& out) const {
    Call& call = *current_call;
    Response& response = call.response;
    if (!is_well_formed(response)) {
      call.problem = "the handler's answer has an impossible status or header";
      response = engine_.refused(call.request, 500, {});
    }
    if (call.decide != nullptr && !response.stream) call.afterwards = (*call.decide)();
    out.status = response.status;
    for (auto& [name, value] : response.headers) {
      if (!is_for_the_edge(name)) out.headers.emplace(name, value);
    }
    out.headers.emplace("X-Request-Id", call.request.id);
    out.headers.emplace("Date", http_date());
    if (has_no_body(response.status)) return;
    if (!response.content_type.empty()) out.headers.emplace("Content-Type", response.content_type);
    if (!response.stream) out.body = std::move(response.body);
  }

  static void set_framing(httplib::Headers& headers) {
    const Call& call = *current_call;
    headers.erase("Connection");
    headers.erase("Keep-Alive");
    headers.erase("Accept-Ranges");  // the library says so for HEAD, and it is not true
    if (has_no_body(call.response.status) || call.response.stream) headers.erase("Content-Length");
    if (call.afterwards == Afterwards::close) {
      headers.emplace("Connection", "close");
      return;
    }
    headers.emplace("Connection", "keep-alive");
    headers.emplace("Keep-Alive", "timeout=" + std::to_string(call.keep_alive.count()));
  }

  const Engine& engine_;
  // The library hands its handlers nothing of ours, so the call at work on this thread is here.
  static thread_local Call* current_call;
};

thread_local Engine::Call* Engine::Library::current_call = nullptr;

Engine::Engine(std::vector<Route> routes, Options options)
    : options_{std::move(options)},
      router_{std::move(routes), options_.refuse},
      library_{std::make_unique<Library>(*this)} {}

Engine::~Engine() = default;

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

// Multipart is refused here, for every route: nothing of ours takes it, and reading it has been the
// library's weakest part.
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

Engine::Reply Engine::written(Call& call) const {
  call.keep_alive = options_.keep_alive;
  Reply reply{.bytes = library_->run(call)};
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
