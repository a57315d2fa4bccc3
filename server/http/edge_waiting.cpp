#include "http/edge_waiting.h"

#include "http/edge_connection.h"

namespace topupd::http {

namespace {

std::size_t index_of(Line line) { return static_cast<std::size_t>(line); }

}  // namespace

// In the order of Line.
WaitingLines::WaitingLines(const EdgeLimits& limits)
    : times_max_{Clock::duration::max(), limits.idle_time_max,   limits.request_time_max,
                 limits.write_time_max,  limits.linger_time_max, limits.comment_interval} {}

void WaitingLines::enter(Connection& connection) {
  connection.line = Line::none;
  auto& members = lines_.at(index_of(Line::none));
  connection.place = members.insert(members.end(), &connection);
}

void WaitingLines::leave(Connection& connection) {
  lines_.at(index_of(connection.line)).erase(connection.place);
}

void WaitingLines::move(Connection& connection, Line line, Clock::time_point now) {
  auto& to = lines_.at(index_of(line));
  to.splice(to.end(), lines_.at(index_of(connection.line)), connection.place);
  connection.line = line;
  connection.waits_since = now;
}

Connection* WaitingLines::first(Line line) const {
  const auto& members = lines_.at(index_of(line));
  return members.empty() ? nullptr : members.front();
}

Connection* WaitingLines::first(Line one, Line other) const {
  Connection* of_one = first(one);
  Connection* of_other = first(other);
  if (of_one == nullptr || of_other == nullptr) return of_one == nullptr ? of_other : of_one;
  return of_one->waits_since <= of_other->waits_since ? of_one : of_other;
}

Connection* WaitingLines::overdue(Clock::time_point now) const {
  for (const Line line : {Line::idle, Line::request, Line::room, Line::end, Line::stream}) {
    Connection* next = first(line);
    if (next != nullptr && now - next->waits_since >= times_max_.at(index_of(line))) return next;
  }
  return nullptr;
}

}  // namespace topupd::http
