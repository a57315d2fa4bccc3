#include "http/edge_connection.h"

#include <sys/socket.h>

#include <cerrno>

namespace topupd::http {

std::size_t Connection::held_bytes() const {
  return (parser ? parser->held_bytes() : 0) + unread.size() + out.size();
}

Sent Connection::send_out() {
  while (out_sent_bytes < out.size()) {
    const ssize_t count = send(socket.get(), out.data() + out_sent_bytes,
                               out.size() - out_sent_bytes, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      out_sent_bytes += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return Sent::some;
    } else if (errno != EINTR) {
      return Sent::nothing_more;
    }
  }
  out = std::string{};  // keeps its room, which held_bytes() does not count
  out_sent_bytes = 0;
  return Sent::all;
}

void Connection::end_sending() { shutdown(socket.get(), SHUT_WR); }

void Connection::reset_when_closed() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace topupd::http
