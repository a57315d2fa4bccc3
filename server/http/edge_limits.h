// What one client may use of the edge, and for how long.

#pragma once

#include <chrono>
#include <cstddef>

namespace topupd::http {

struct EdgeLimits {
  std::size_t head_bytes_max = std::size_t{16} * 1024;  // request line and headers; over it 414
  std::size_t body_bytes_max = std::size_t{64} * 1024;  // over it 413
  std::size_t headers_max = 100;                        // over it 414
  std::size_t parameters_max = 100;                     // in the query; over it 414

  // From a request's first byte to its last, whatever arrives in between; over it 408.
  std::chrono::milliseconds request_time_max{10'000};
  std::chrono::milliseconds idle_time_max{60'000};   // between two requests; then closed silently
  std::chrono::milliseconds write_time_max{30'000};  // for a client to take its whole answer

  // After a last answer what still arrives is read and thrown away, so that the client sees the
  // answer and not a reset.
  std::chrono::milliseconds linger_time_max{2'000};
  std::size_t linger_bytes_max = std::size_t{1024} * 1024;

  std::size_t queue_max = 4'096;  // complete requests waiting for a worker; over it 503

  // Of all requests that come in or wait and all answers that go out together.  Over it the client
  // that takes longest gives way: with 503, or cut off where its answer has begun.  The room that
  // an idle connection keeps of its last answer is not counted.
  std::size_t held_bytes_max = std::size_t{128} * 1024 * 1024;

  // Open connections; at most what the descriptor limit leaves.  Over it the one idle for longest
  // gives way, or if none is, the one that takes longest to send its request or to take its answer.
  // While all are being worked on, the next client waits.
  std::size_t connections_max = 20'000;
  // From one address (IPv6: one /64) that is no trusted proxy; over it 429.  0: off.
  std::size_t connections_per_address_max = 0;

  std::chrono::milliseconds stop_time_max{10'000};      // for requests in progress when stopping
  std::chrono::milliseconds stop_read_time_max{1'000};  // for those that are still coming in then
  std::chrono::milliseconds comment_interval{15'000};   // keeps event streams alive through proxies
};

}  // namespace topupd::http
