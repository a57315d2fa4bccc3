#include "http/edge_listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace topupd::http {

namespace {

constexpr int kBacklog = 4'096;
constexpr std::string_view kUnixPrefix = "unix:";

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// The kernel's address types are one family of structs behind one pointer type.
template <class Address>
sockaddr* generic(Address& address) {
  return reinterpret_cast<sockaddr*>(&address);
}

IpAddress address_of(const sockaddr_storage& peer) {
  IpAddress address = *IpAddress::parse("127.0.0.1");
  if (peer.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &peer, sizeof v4);
    std::memcpy(address.bytes.data() + 12, &v4.sin_addr, 4);
  } else if (peer.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &peer, sizeof v6);
    std::memcpy(address.bytes.data(), &v6.sin6_addr, 16);
  }
  return address;
}

int port_of(int fd) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  if (getsockname(fd, generic(own), &size) != 0) fail("the address of the listening socket");
  if (own.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &own, sizeof v4);
    return ntohs(v4.sin_port);
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &own, sizeof v6);
  return ntohs(v6.sin6_port);
}

sockaddr_un unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) {
    throw std::invalid_argument("a Unix socket's path has 1 to 107 bytes: " + path);
  }
  std::copy(path.begin(), path.end(), address.sun_path);
  return address;
}

// A file that a process which has ended left behind.
void remove_dead_socket(sockaddr_un& address) {
  const Descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const bool is_dead =
      connect(probe.get(), generic(address), sizeof address) != 0 && errno == ECONNREFUSED;
  if (is_dead) unlink(address.sun_path);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = other.release();
  }
  return *this;
}

void Descriptor::reset() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

int Descriptor::release() { return std::exchange(fd_, -1); }

Listener::Listener(std::string_view address) : address_{address} {
  if (address.substr(0, kUnixPrefix.size()) == kUnixPrefix) {
    listen_on_path(std::string(address.substr(kUnixPrefix.size())));
    return;
  }
  const auto colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    throw std::invalid_argument("an address to listen on is HOST:PORT: " + address_);
  }
  std::string_view host = address.substr(0, colon);
  const bool bracketed = host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos) {
    throw std::invalid_argument("an IPv6 address to listen on is [ADDRESS]:PORT: " + address_);
  }
  listen_on_tcp(host, address.substr(colon + 1));
  port_ = port_of(fd());
  address_ = std::string(address.substr(0, colon + 1)) + std::to_string(port_);
}

Listener::~Listener() {
  if (fd() >= 0 && !unix_path_.empty()) unlink(unix_path_.c_str());
}

void Listener::listen_on_tcp(std::string_view host, std::string_view port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error =
      getaddrinfo(std::string(host).c_str(), std::string(port).c_str(), &hints, &found);
  if (error != 0) {
    throw std::invalid_argument("can't listen on " + address_ + ": " + gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  socket_ = Descriptor(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int on = 1;
  setsockopt(fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd(), found->ai_addr, found->ai_addrlen) != 0 || listen(fd(), kBacklog) != 0) {
    fail("can't listen on " + address_);
  }
}

void Listener::listen_on_path(const std::string& path) {
  sockaddr_un address = unix_address(path);
  remove_dead_socket(address);
  socket_ = Descriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (bind(fd(), generic(address), sizeof address) != 0) fail("can't listen on " + address_);
  unix_path_ = path;
  // Whatever the umask: a proxy connects as a member of the group.
  if (chmod(path.c_str(), S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) != 0) {
    fail("can't open " + address_ + " to the group");
  }
  if (listen(fd(), kBacklog) != 0) fail("can't listen on " + address_);
}

std::optional<Accepted> Listener::accept() {
  is_short_ = false;
  while (true) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    Descriptor socket(accept4(fd(), generic(peer), &size, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (socket.get() >= 0) {
      const int on = 1;
      if (unix_path_.empty()) setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      return Accepted{std::move(socket), address_of(peer)};
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      is_short_ = true;
      return std::nullopt;
    }
    // Anything else is one connection's own trouble: it was reset before it was accepted.
  }
}

void Listener::refuse_more() { shutdown(fd(), SHUT_RDWR); }

}  // namespace topupd::http
