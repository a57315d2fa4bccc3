// The server's front: accepts connections, checks what comes in, has it answered.
//
// One thread waits for all sockets (EdgeLoop), so that idle and slow clients cost a few hundred
// bytes and no thread.  A request that is complete and well framed goes through a bounded queue to
// a worker, which runs the handler and sends the answer at once; what the client does not take
// then, the loop's thread sends later.
//
// One after the other on a connection: a request is read when the answer before it is out.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "http/edge_address.h"
#include "http/edge_limits.h"
#include "http/engine.h"

namespace topupd::http {

struct EdgeOptions {
  std::vector<std::string> listen{"127.0.0.1:8080"};  // see Listener
  EdgeLimits limits = {};
  std::vector<IpNetwork> trusted_proxies = {};  // whose X-Forwarded-For is believed
  std::size_t workers = 64;                     // handlers that may block at the same time
};

struct EdgeCounts {
  std::uint64_t accepted = 0;  // connections since the start
  std::uint64_t requests = 0;  // handed to a worker since the start
  std::uint64_t refused = 0;   // answered by the edge itself since the start
  std::size_t open = 0;        // connections now
  std::size_t working = 0;     // workers that are not waiting for a request
  std::size_t queued = 0;      // requests that wait for a worker now
  std::size_t held_bytes = 0;  // of requests and answers under way now
};

class EdgeLoop;

// counts() and stop() may be called from any thread, the rest from one.
class Edge {
 public:
  // Listens: clients can connect, and wait for start().  `engine` must outlive the edge.  Throws as
  // Listener does.
  Edge(EdgeOptions options, const Engine& engine);
  ~Edge();  // stops
  Edge(const Edge&) = delete;
  Edge& operator=(const Edge&) = delete;

  void start();

  // Accepts nothing more, closes idle connections, lets requests in progress be answered for up to
  // stop_time_max, ends the threads.  A handler that does not return holds this up.  May be called
  // again.
  void stop();

  int port() const;  // of the first address that has one; 0: none has
  // Where it listens, ports being the real ones, in the order of the options.
  std::vector<std::string> addresses() const;
  EdgeCounts counts() const;

 private:
  std::unique_ptr<EdgeLoop> loop_;
  std::thread thread_;
};

}  // namespace topupd::http
