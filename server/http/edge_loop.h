// The edge's own thread: one epoll set with every socket in it.
//
// Who holds what.  A connection belongs to this thread, but for Phase::working: then it belongs to
// the queue and to the worker that takes it, until the worker puts it into `completed_`.  A worker
// whose handler promised an answer gives it to what the answer waits for, which queues it again.
//
// In which order.  For a connection that is kept:
//   1. the loop reads a request, gives it an id and a client address, and queues the connection;
//   2. a worker runs the handler, sends the answer, and completes the connection;
//   3. the loop takes it back and goes on with what the client has sent meanwhile.
// Step 3 needs no wake-up of its own unless something waits for it: the rest of an answer, bytes
// that were read already, or an event that came while the worker had the connection (is_awaited).
// Sockets are in the set once, edge-triggered, and never changed: no system call per request.
//
// Descriptors are closed at the end of a round of events, so that one round never sees a number
// with two meanings.
//
// request_stop(), counts() and what is handed to workers and streams may be called from any thread.

#pragma once

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "http/edge.h"
#include "http/edge_connection.h"
#include "http/edge_listener.h"
#include "http/edge_waiting.h"
#include "http/edge_workers.h"

namespace topupd::http {

class EdgeLoop {
 public:
  EdgeLoop(EdgeOptions options, const Engine& engine);
  ~EdgeLoop();
  EdgeLoop(const EdgeLoop&) = delete;
  EdgeLoop& operator=(const EdgeLoop&) = delete;

  void start_workers();
  void run();  // returns some time after request_stop()
  void request_stop();
  void stop_workers();  // REQUIRES: run() has returned or was never called

  const std::vector<Listener>& listeners() const { return listeners_; }
  EdgeCounts counts() const;

 private:
  // edge_loop.cpp: the thread, new connections, time, the end
  int wait_ms() const;
  void on_event(int fd, std::uint32_t events);
  void accept_from(Listener& listener);
  void admit(Accepted accepted);
  bool is_over_limit_of_address(Connection& connection);
  bool is_full() const;
  bool make_place();
  bool watch(int fd, std::uint32_t events);
  void pause_accepting();
  void resume_accepting();
  void sweep();
  void on_time_over(Connection& connection);
  void begin_stop();
  void stop_reading();
  bool may_end() const;
  void close(Connection& connection);
  void bury();

  // edge_loop_memory.cpp: what all connections hold together
  void weigh(Connection& connection);
  void make_room();
  bool holds_too_much() const { return held_bytes_ > options_.limits.held_bytes_max; }

  // edge_loop_requests.cpp: what happens on one connection
  void on_connection_event(Connection& connection, std::uint32_t events);
  void advance(Connection& connection);
  void consume(Connection& connection, std::string_view bytes);
  void wait_for_rest(Connection& connection);
  void hand_over(Connection& connection);
  void complete_request(Request& request, const Connection& connection);
  void serve(Connection& connection);
  void suspend(Connection& connection, std::shared_ptr<Promised> promised);
  void take_back_completed();
  void take_back(Connection& connection);
  void refuse(Connection& connection, int status, std::string_view reason);
  void flush(Connection& connection);
  void answered(Connection& connection);
  void throw_away(Connection& connection);
  // The bytes that the socket has; empty at the end (closed) or if there are none now.
  std::string_view receive(Connection& connection);
  void signal();

  // edge_loop_streams.cpp: live updates
  void begin_stream(Connection& connection);
  void pump_stream(Connection& connection);
  void send_comment(Connection& connection);
  void ignore_what_comes(Connection& connection);

  const EdgeOptions options_;
  const Engine& engine_;
  const Clock::duration tick_;  // how late a deadline may be noticed
  std::vector<Listener> listeners_;
  Descriptor epoll_;
  Descriptor wake_;

  // The loop's thread alone.
  std::vector<std::unique_ptr<Connection>> connections_;  // by descriptor; null: none
  std::vector<int> closed_;
  std::map<IpAddress, std::size_t> connections_of_;  // only where there is a limit
  WaitingLines lines_;
  std::size_t connections_max_ = 0;
  Clock::time_point now_ = {};
  Clock::time_point next_sweep_ = {};
  std::optional<Clock::time_point> stop_by_;  // empty: not stopping
  Clock::time_point read_by_ = {};            // likewise, for what is coming in
  bool is_accepting_ = true;
  bool more_are_overdue_ = false;
  std::array<char, std::size_t{32} * 1024> scratch_{};

  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> accepted_ = 0;
  std::atomic<std::uint64_t> requests_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::atomic<std::size_t> open_ = 0;
  std::atomic<std::size_t> held_bytes_ = 0;

  std::mutex mutex_;  // guards the two below and Connection::is_awaited
  std::vector<Connection*> completed_;
  std::vector<Connection*> ready_streams_;

  std::unique_ptr<Workers> workers_;
};

}  // namespace topupd::http
