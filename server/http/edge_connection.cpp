#include "http/edge_connection.h"

#include <sys/socket.h>

#include <cerrno>

namespace topupd::http {

Sent Connection::send_out() {
  std::size_t sent = 0;
  while (sent < out.size()) {
    const ssize_t count =
        send(socket.get(), out.data() + sent, out.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      sent += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      out.erase(0, sent);
      return Sent::some;
    } else if (errno != EINTR) {
      return Sent::nothing_more;
    }
  }
  out = {};
  return Sent::all;
}

void Connection::end_sending() { shutdown(socket.get(), SHUT_WR); }

void Connection::reset_when_closed() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace topupd::http
