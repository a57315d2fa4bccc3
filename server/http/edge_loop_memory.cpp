#include "http/edge_loop.h"

namespace topupd::http {

void EdgeLoop::weigh(Connection& connection) {
  held_bytes_ -= connection.weight_bytes;
  connection.weight_bytes = connection.held_bytes();
  held_bytes_ += connection.weight_bytes;
}

// What waits for a worker is not taken back: it will be answered, and the queue is bounded.
void EdgeLoop::make_room() {
  while (holds_too_much()) {
    Connection* slowest = lines_.first(Line::request, Line::room);
    if (slowest == nullptr) return;
    const bool can_be_told = slowest->line == Line::request;
    if (!can_be_told) {
      close(*slowest);
      continue;
    }
    refuse(*slowest, 503, "The server is overloaded; nothing was done.");
  }
}

}  // namespace topupd::http
