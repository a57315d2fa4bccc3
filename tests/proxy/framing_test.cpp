// Every case of framing once more, with nginx in front: the two must never see different requests
// in the same bytes.

#include <algorithm>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "catch.h"
#include "http/edge_server.h"
#include "http/framing/cases.h"
#include "http/raw_client.h"
#include "proxy/nginx.h"

using namespace topupd::test;

namespace {

// One request as the server behind nginx saw it.
struct Seen {
  std::string id;  // nginx gives every request one, of 32 digits
  std::string path;
  int status;
};

class Backend {
 public:
  Backend() : server_{{}, options()} {}

  int port() const { return server_.port(); }
  std::vector<Seen> seen() {
    const std::lock_guard lock(mutex_);
    return seen_;
  }

 private:
  topupd::http::Engine::Options options() {
    topupd::http::Engine::Options options;
    options.observe = [this](const topupd::http::Exchange& exchange) {
      const std::lock_guard lock(mutex_);
      seen_.push_back(
          {std::string(exchange.request_id), std::string(exchange.path), exchange.status});
    };
    return options;
  }

  std::mutex mutex_;
  std::vector<Seen> seen_;
  EdgeServer server_;
};

// The statuses of nginx's answers, in order.
std::vector<int> answers_to(const Nginx& nginx, const std::string& bytes) {
  RawClient client(nginx.path());
  client.send(bytes);
  std::vector<int> statuses;
  for (auto answer = client.read(); answer.status != 0; answer = client.read())
    statuses.push_back(answer.status);
  // To HTTP/0.9 an answer is its body.
  if (!client.read_to_end().empty()) statuses.push_back(200);
  return statuses;
}

bool permits(const std::string& list, const std::string& status) {
  std::istringstream words{list};
  for (std::string word; words >> word;)
    if (word == status) return true;
  return false;
}

// The last on its connection.  Where a proxy reads it as part of what was before, all the better.
const std::string kLast = "GET /hello?last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

}  // namespace

TEST_CASE("nginx and the edge never see different requests in the same bytes") {
  Backend backend;
  const Nginx nginx{backend.port()};
  std::size_t known = 0;
  for (const auto& one : all_framing_cases()) {
    INFO(one.name << ": " << one.bytes.substr(0, 200));
    const bool waits = one.then == Then::waits;
    const auto statuses = answers_to(nginx, one.bytes + (waits ? "" : kLast));
    const auto first = statuses.empty() ? "-" : std::to_string(statuses.front());
    INFO("nginx answered " << first);
    CHECK(permits(one.proxied, first));
    const auto final_answers =
        std::count_if(statuses.begin(), statuses.end(), [](int status) { return status >= 200; });
    const auto seen = backend.seen();
    CHECK(static_cast<std::ptrdiff_t>(seen.size() - known) <= final_answers);
    known = seen.size();
  }
  std::set<std::string> ids;
  for (const auto& request : backend.seen()) {
    INFO(request.id << " " << request.path << " " << request.status);
    CHECK(request.status < 500);
    // Refused at its head, a request has no id yet.
    if (request.id.size() != 32 && (request.status == 400 || request.status == 414)) continue;
    CHECK(request.id.size() == 32);
    CHECK(ids.insert(request.id).second);
  }
  INFO(nginx.errors());
  CHECK(ids.size() > 50);
}
