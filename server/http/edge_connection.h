// One client's connection, as the edge keeps it.

#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>

#include "http/edge_events.h"
#include "http/edge_listener.h"
#include "http/edge_parser.h"
#include "http/edge_waiting.h"

namespace topupd::http {

struct Promised;

enum class Sent { all, some, nothing_more };  // nothing_more: the client is gone

// Plain data: who may touch it is the edge's rule (edge_loop.h).  An idle one holds no
// bytes, but keeps the room of its last answer until it closes.
struct Connection {
  enum class Phase {
    reading,    // between requests, or a request is coming in
    working,    // a worker has it, or what its answer waits for
    writing,    // the rest of an answer goes out as the client takes it
    lingering,  // the last answer is out; what still comes is thrown away
    streaming,  // live updates
    closed,     // waits for the end of this round to be forgotten
  };

  Descriptor socket;
  IpAddress peer = {};
  bool is_counted = false;  // against connections_per_address_max

  Phase phase = Phase::reading;
  Line line = Line::none;
  Clock::time_point waits_since = {};
  std::list<Connection*>::iterator place = {};  // in its line

  std::unique_ptr<RequestParser> parser = {};  // null between two requests
  std::string unread = {};                     // what came after the request that is being answered
  bool may_have_more = false;                  // the socket may hold bytes that were not read
  bool peer_has_ended = false;                 // the client will send no more
  std::size_t thrown_away_bytes = 0;

  std::shared_ptr<Promised> promised = {};  // its handler has run, the answer is to be finished

  std::string out = {};  // the answer
  std::size_t out_sent_bytes = 0;
  bool keeps = false;      // the connection stays open after it
  bool is_broken = false;  // sending failed
  std::shared_ptr<EventStream> stream = {};

  std::size_t weight_bytes = 0;  // what it counts for against held_bytes_max

  // Guarded by the loop's mutex: the loop waits for this connection's worker.
  bool is_awaited = false;

  // What it holds for its client, in memory: a request that comes in, an answer that goes out.
  std::size_t held_bytes() const;
  // Sends what is left of `out`, and empties it when that is all.  Never blocks, never raises
  // SIGPIPE.
  Sent send_out();
  // The client sees the end of the answers, and may still send.
  void end_sending();
  // For a client that does not read: the system keeps nothing of the answer for it either.
  void reset_when_closed();
};

}  // namespace topupd::http
