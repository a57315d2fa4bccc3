#include "bench/drive.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <vector>

namespace topupd::bench {
namespace {

using Time = std::chrono::steady_clock;

constexpr int kSilenceMaxMs = 30'000;
constexpr std::size_t kFailureShown = 300;  // bytes

struct Connection {
  int socket = -1;
  Time::time_point asked_at;
  std::string answer;     // what of it is there
  std::size_t whole = 0;  // its length once the head is there
  ~Connection() {
    if (socket >= 0) ::close(socket);
  }
};

int connected(int port) {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) throw std::runtime_error{"no socket"};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    throw std::runtime_error{"can't connect"};
  }
  return socket;
}

// The length of head and body together; 0 until the head is there.
std::size_t length_of(const std::string& answer) {
  auto end = answer.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  auto at = answer.find("\r\nContent-Length: ");
  if (at == std::string::npos) at = answer.find("\r\ncontent-length: ");
  if (at == std::string::npos || at > end) return end + 4;
  std::size_t body = 0;
  const auto* digits = answer.data() + at + 18;
  std::from_chars(digits, answer.data() + end, body);
  return end + 4 + body;
}

bool is_good(const std::string& answer) {
  auto status = answer.substr(9, 3);
  return status.front() == '2' || status == "304";
}

class Driver {
 public:
  Driver(const Load& load, const std::function<void(const std::string&)>& see)
      : load_{load}, see_{see}, epoll_{::epoll_create1(EPOLL_CLOEXEC)} {
    result_.us.reserve(static_cast<std::size_t>(load.requests));
  }
  ~Driver() { ::close(epoll_); }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  LoadResult run() {
    connect();
    auto begin = Time::now();
    for (auto& connection : connections_)
      ask(*connection);
    std::array<epoll_event, 256> events{};
    while (static_cast<std::int64_t>(result_.us.size()) < load_.requests) {
      int count =
          ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), kSilenceMaxMs);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) throw std::runtime_error{"the server is silent"};
      for (int i = 0; i < count; ++i)
        hear(*static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr));
    }
    result_.seconds = std::chrono::duration<double>(Time::now() - begin).count();
    return std::move(result_);
  }

 private:
  void connect() {
    for (int i = 0; i < load_.connections; ++i) {
      auto connection = std::make_unique<Connection>();
      connection->socket = connected(load_.port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = connection.get();
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection->socket, &event);
      connections_.push_back(std::move(connection));
    }
  }

  void ask(Connection& connection) {
    if (next_ == load_.requests) return;
    auto request = load_.request(next_++);
    connection.answer.clear();
    connection.whole = 0;
    connection.asked_at = Time::now();
    auto sent = ::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(request.size()))
      throw std::runtime_error{"the server takes no request"};
  }

  void hear(Connection& connection) {
    auto got = ::recv(connection.socket, buffer_.data(), buffer_.size(), 0);
    if (got <= 0) throw std::runtime_error{"the server hung up: " + connection.answer};
    connection.answer.append(buffer_.data(), static_cast<std::size_t>(got));
    if (connection.whole == 0) connection.whole = length_of(connection.answer);
    if (connection.whole == 0 || connection.answer.size() < connection.whole) return;
    take(connection);
    ask(connection);
  }

  void take(const Connection& connection) {
    auto passed = Time::now() - connection.asked_at;
    result_.us.push_back(static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(passed).count()));
    result_.bytes += static_cast<std::int64_t>(connection.answer.size());
    if (see_) see_(connection.answer);
    if (is_good(connection.answer)) return;
    if (result_.failed++ == 0) result_.first_failure = connection.answer.substr(0, kFailureShown);
  }

  const Load& load_;
  const std::function<void(const std::string&)>& see_;
  const int epoll_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::array<char, 262'144> buffer_{};
  std::int64_t next_ = 0;
  LoadResult result_;
};

}  // namespace

LoadResult drive(const Load& load, const std::function<void(const std::string&)>& see) {
  return Driver{load, see}.run();
}

}  // namespace topupd::bench
