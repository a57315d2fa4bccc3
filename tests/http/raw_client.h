// A blocking HTTP client that sends exactly the bytes it is told to, for tests.
//
//   RawClient client(port);
//   const RawResponse answer = client.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
//   CHECK(answer.status == 200);
//
// Throws std::runtime_error when the server is silent for 20 seconds, so that a test fails instead
// of hanging.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topupd::test {

struct RawResponse {
  int status = 0;  // 0: the connection ended before a whole answer
  std::vector<std::pair<std::string, std::string>> headers = {};  // names in lower case
  std::string body = {};

  // The first header of that lower-case name; empty if there is none.
  std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return {};
  }
};

enum class RawBody { as_framed, none };  // none: the answer to a HEAD

class RawClient {
 public:
  explicit RawClient(int port) : fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connect(reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  RawClient(const in6_addr& host, int port)
      : fd_{::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(static_cast<std::uint16_t>(port));
    address.sin6_addr = host;
    connect(reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  RawClient(const in_addr& host, int port) : fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr = host;
    connect(reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  explicit RawClient(const std::string& unix_path)
      : fd_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
    connect(reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  RawClient(RawClient&& other) noexcept
      : fd_{std::exchange(other.fd_, -1)}, received_{std::move(other.received_)} {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() { close(); }

  // False: the server does not take it any more.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  // The next answer, as its Content-Length frames it, or up to the end of the connection.
  RawResponse read(RawBody body = RawBody::as_framed) {
    auto head_end = received_.find("\r\n\r\n");
    while (head_end == std::string::npos) {
      if (!receive()) return {};
      head_end = received_.find("\r\n\r\n");
    }
    RawResponse response = parse_head(received_.substr(0, head_end));
    received_.erase(0, head_end + 4);
    const bool has_body = body == RawBody::as_framed && response.status >= 200 &&
                          response.status != 204 && response.status != 304;
    if (!has_body) return response;
    const std::string length = response.header("content-length");
    if (length.empty()) {
      response.body = read_to_end();
      return response;
    }
    const std::size_t size = std::stoul(length);
    while (received_.size() < size) {
      if (!receive()) return {};
    }
    response.body = received_.substr(0, size);
    received_.erase(0, size);
    return response;
  }

  RawResponse ask(std::string_view bytes, RawBody body = RawBody::as_framed) {
    send(bytes);
    return read(body);
  }

  // What comes up to `mark`, with it; what came if the connection ends before.
  std::string read_until(std::string_view mark) {
    auto found = received_.find(mark);
    while (found == std::string::npos) {
      if (!receive()) return std::exchange(received_, {});
      found = received_.find(mark);
    }
    std::string text = received_.substr(0, found + mark.size());
    received_.erase(0, text.size());
    return text;
  }

  std::string read_to_end() {
    while (receive()) {
    }
    return std::exchange(received_, {});
  }

  // Whether the server has ended the connection; waits until it does or sends something.
  bool is_ended() { return received_.empty() && !receive(); }

  void end_sending() { ::shutdown(fd_, SHUT_WR); }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int fd() const { return fd_; }

 private:
  void connect(const sockaddr* address, socklen_t size) {
    const timeval silence{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
    if (::connect(fd_, address, size) != 0) {
      close();
      throw std::runtime_error("can't connect");
    }
  }

  // False: the connection ended.
  bool receive() {
    std::array<char, 16384> buffer{};
    const ssize_t count = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      throw std::runtime_error("the server is silent");
    }
    if (count <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  static RawResponse parse_head(std::string_view head) {
    RawResponse response;
    response.status = std::stoi(std::string(head.substr(9, 3)));
    auto line_end = head.find("\r\n");
    while (line_end != std::string_view::npos) {
      head.remove_prefix(line_end + 2);
      line_end = head.find("\r\n");
      const std::string_view line = head.substr(0, line_end);
      const auto colon = line.find(": ");
      std::string name(line.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      response.headers.emplace_back(std::move(name), line.substr(colon + 2));
    }
    return response;
  }

  int fd_;
  std::string received_;
};

}  // namespace topupd::test
