// The sockets on which the edge listens.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/edge_address.h"

namespace topupd::http {

// A descriptor that is closed with its owner.  -1: none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_{fd} {}
  Descriptor(Descriptor&& other) noexcept : fd_{other.release()} {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { reset(); }

  int get() const { return fd_; }
  void reset();
  int release();

 private:
  int fd_ = -1;
};

struct Accepted {
  Descriptor socket;
  IpAddress peer;  // of a Unix socket: 127.0.0.1
};

class Listener {
 public:
  // "127.0.0.1:8080", "[::1]:0" or "unix:/run/topupd/http.sock"; port 0 lets the system choose.  A
  // Unix socket that nobody listens on any more is replaced.  Throws std::invalid_argument for
  // another form and std::system_error when the address can't be had.
  explicit Listener(std::string_view address);
  ~Listener();
  Listener(Listener&&) = default;
  Listener& operator=(Listener&&) = delete;

  int fd() const { return socket_.get(); }
  int port() const { return port_; }  // the real one; 0 for a Unix socket
  // As to be given to a client: "127.0.0.1:40123", "unix:/run/topupd/http.sock".
  const std::string& address() const { return address_; }

  // The next connection, non-blocking and without delay.  Empty: nobody waits, or (is_short) this
  // process or the machine has no descriptor or memory left for another one.
  std::optional<Accepted> accept();
  bool is_short() const { return is_short_; }
  // From here on clients are refused by the system.  port() and address() stay.
  void refuse_more();

 private:
  void listen_on_tcp(std::string_view host, std::string_view port);
  void listen_on_path(const std::string& path);

  Descriptor socket_;
  std::string address_;
  std::string unix_path_;  // empty: TCP
  int port_ = 0;
  bool is_short_ = false;
};

}  // namespace topupd::http
