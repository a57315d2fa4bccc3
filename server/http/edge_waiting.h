// Which connections wait for what, and for whom time runs out next.
//
// Everybody in a line may wait equally long, so a line is in the order of its deadlines by itself:
// to join, to leave and to find the next to give up cost the same with ten connections and with
// ten thousand.
//
// For one thread.

#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <list>

#include "http/edge_limits.h"

namespace topupd::http {

using Clock = std::chrono::steady_clock;

struct Connection;

enum class Line {
  none,     // a worker has the connection, or it is closed
  idle,     // for the first byte of a request
  request,  // for the rest of a request
  room,     // for the client to take the rest of an answer, or of what a stream sent
  end,      // for the client to end a connection that has its last answer
  stream,   // for an event; at the end of the time a comment is due
};

class WaitingLines {
 public:
  explicit WaitingLines(const EdgeLimits& limits);

  // A connection enters once, at first into Line::none, and leaves before it ends.
  void enter(Connection& connection);
  void leave(Connection& connection);
  // To the end of a line.  `now` must not go back between calls.
  void move(Connection& connection, Line line, Clock::time_point now);

  // The one that has waited for longest; null: nobody.
  Connection* first(Line line) const;
  // The one that has waited for longest of both lines; null: nobody.
  Connection* first(Line one, Line other) const;
  // One whose time is over; null: nobody.
  Connection* overdue(Clock::time_point now) const;

 private:
  static constexpr std::size_t kLines = 6;
  using Members = std::list<Connection*>;

  std::array<Clock::duration, kLines> times_max_;
  std::array<Members, kLines> lines_;
};

}  // namespace topupd::http
