#include "http/edge_loop.h"

namespace topupd::http {

using Phase = Connection::Phase;

void EdgeLoop::begin_stream(Connection& connection) {
  connection.phase = Phase::streaming;
  lines_.move(connection, connection.out.empty() ? Line::stream : Line::room, now_);
  connection.stream->attach([this, &connection] {
    {
      const std::lock_guard lock(mutex_);
      ready_streams_.push_back(&connection);
    }
    signal();
  });
  if (stop_by_) return close(connection);
  pump_stream(connection);
}

// Sends what the stream has, and notices that the client went away.
void EdgeLoop::pump_stream(Connection& connection) {
  if (connection.phase != Phase::streaming) return;
  ignore_what_comes(connection);
  if (connection.phase != Phase::streaming) return;
  if (connection.stream->is_closed()) return close(connection);
  while (true) {
    if (connection.out.empty()) connection.out = connection.stream->take();
    if (connection.out.empty()) break;
    const bool had_room = connection.line == Line::stream;
    const Sent sent = connection.send_out();
    weigh(connection);
    if (sent == Sent::nothing_more) return close(connection);
    if (sent == Sent::some) {
      // The time runs from the first byte that found no room, whatever is taken of it meanwhile.
      if (had_room) lines_.move(connection, Line::room, now_);
      return make_room();
    }
    lines_.move(connection, Line::stream, now_);
  }
}

// Keeps the connection alive through proxies that close silent ones.
void EdgeLoop::send_comment(Connection& connection) {
  lines_.move(connection, Line::stream, now_);
  if (connection.out.empty()) connection.out = ":\n\n";
  pump_stream(connection);
}

// A subscriber has nothing more to say; one that goes on all the same is let go.
void EdgeLoop::ignore_what_comes(Connection& connection) {
  while (connection.phase == Phase::streaming) {
    const std::size_t count = receive(connection).size();
    if (count == 0) return;
    connection.thrown_away_bytes += count;
    if (connection.thrown_away_bytes > options_.limits.linger_bytes_max) close(connection);
  }
}

}  // namespace topupd::http
