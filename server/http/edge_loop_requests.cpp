#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <utility>

#include "http/edge_loop.h"

namespace topupd::http {

namespace {

using Phase = Connection::Phase;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t kRequestIdBytesMax = 128;
constexpr std::string_view kHexDigits = "0123456789abcdef";

// Only this may be echoed into an answer and written to a log.
bool is_request_id(std::string_view text) {
  return !text.empty() && text.size() <= kRequestIdBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '.' || c == '_' || c == '-';
         });
}

// 16 hexadecimal digits; unlikely to repeat, no secret.
std::string make_request_id() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  std::string id;
  std::uint64_t bits = random();
  for (int i = 0; i < 16; ++i, bits >>= 4U)
    id += kHexDigits[bits & 0xfU];
  return id;
}

}  // namespace

void EdgeLoop::on_connection_event(Connection& connection, std::uint32_t events) {
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) connection.peer_has_ended = true;
  if ((events & EPOLLIN) != 0 || connection.peer_has_ended) connection.may_have_more = true;
  switch (connection.phase) {
    case Phase::reading: return advance(connection);
    case Phase::working: {
      const std::lock_guard lock(mutex_);
      connection.is_awaited = connection.is_awaited || connection.may_have_more;
      return;
    }
    case Phase::writing:
      if ((events & EPOLLOUT) != 0) flush(connection);
      return advance(connection);
    case Phase::lingering: return throw_away(connection);
    case Phase::streaming: return pump_stream(connection);
    case Phase::closed: return;
  }
}

// Reads on until a request is complete or there is nothing to read.
void EdgeLoop::advance(Connection& connection) {
  while (connection.phase == Phase::reading) {
    if (!connection.unread.empty()) {
      consume(connection, std::exchange(connection.unread, {}));
      continue;
    }
    const std::string_view bytes = receive(connection);
    if (bytes.empty()) return;
    consume(connection, bytes);
  }
}

std::string_view EdgeLoop::receive(Connection& connection) {
  while (connection.may_have_more) {
    const ssize_t count = recv(connection.socket.get(), scratch_.data(), scratch_.size(), 0);
    if (count > 0) {
      const auto size = static_cast<std::size_t>(count);
      // A short read has emptied the socket; only the end of the stream is not announced again.
      connection.may_have_more = size == scratch_.size() || connection.peer_has_ended;
      return {scratch_.data(), size};
    }
    if (count < 0 && errno == EINTR) continue;
    connection.may_have_more = false;
    if (count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) close(connection);
  }
  return {};
}

void EdgeLoop::consume(Connection& connection, std::string_view bytes) {
  if (!connection.parser) {
    connection.parser = std::make_unique<RequestParser>(options_.limits);
    lines_.move(connection, Line::request, now_);
  }
  RequestParser& parser = *connection.parser;
  const std::size_t taken = parser.read(bytes);
  switch (parser.state()) {
    case RequestParser::State::head:
    case RequestParser::State::body: return wait_for_rest(connection);
    case RequestParser::State::complete:
      connection.unread = bytes.substr(taken);
      return hand_over(connection);
    case RequestParser::State::refused:
      return refuse(connection, parser.refusal_status(), parser.refusal_reason());
  }
}

// Of a request that is not complete.
void EdgeLoop::wait_for_rest(Connection& connection) {
  if (connection.parser->awaits_continue()) {
    connection.out = kContinue;
    if (connection.send_out() != Sent::all) return close(connection);
  }
  weigh(connection);
  make_room();
}

void EdgeLoop::hand_over(Connection& connection) {
  weigh(connection);
  make_room();
  if (connection.phase != Phase::reading) return;
  complete_request(connection.parser->request(), connection);
  connection.keeps = connection.parser->wants_keep_alive();
  connection.phase = Phase::working;
  connection.is_awaited = connection.may_have_more;
  lines_.move(connection, Line::none, now_);
  // From here on the connection is the worker's, unless the queue is full.
  if (!holds_too_much() && workers_->submit(connection, now_)) return;
  refuse(connection, 503, "The server is overloaded; nothing was done.");
}

void EdgeLoop::complete_request(Request& request, const Connection& connection) {
  const std::string_view wished = request.header("x-request-id");
  request.id = is_request_id(wished) ? std::string(wished) : make_request_id();
  request.client =
      client_address(connection.peer, request.headers, options_.trusted_proxies).text();
  request.from_loopback = connection.peer.is_loopback() && !came_through_proxy(request.headers);
}

// On a worker's thread.
void EdgeLoop::serve(Connection& connection) {
  const auto decide = [&] {
    return connection.keeps && !stopping_ ? Afterwards::keep : Afterwards::close;
  };
  const auto promised = std::exchange(connection.promised, nullptr);
  if (!promised) ++requests_;
  Request& request = connection.parser->request();
  Engine::Reply reply =
      promised ? engine_.finish(request, *promised, decide) : engine_.answer(request, decide);
  if (reply.promised) return suspend(connection, std::move(reply.promised));
  connection.parser = nullptr;
  connection.stream = std::move(reply.stream);
  connection.keeps = reply.afterwards == Afterwards::keep;
  connection.out = std::move(reply.bytes);
  const Sent sent = connection.send_out();
  connection.is_broken = sent == Sent::nothing_more;
  const bool has_ended = sent == Sent::all && !connection.keeps && !connection.stream;
  if (has_ended) connection.end_sending();
  const bool needs_the_loop = sent != Sent::all || connection.stream || !connection.unread.empty();

  std::unique_lock lock(mutex_);
  completed_.push_back(&connection);
  const bool must_wake = needs_the_loop || connection.is_awaited || stopping_;
  lock.unlock();
  // From here on the connection is the loop's.
  if (must_wake) signal();
}

void EdgeLoop::suspend(Connection& connection, std::shared_ptr<Promised> promised) {
  const auto answer = promised->answer;
  connection.promised = std::move(promised);
  workers_->suspend();
  // From here on the connection belongs to what it waits for.
  answer->begin([this, &connection] {
    if (workers_->resume(connection)) signal();
  });
}

void EdgeLoop::take_back_completed() {
  std::unique_lock lock(mutex_);
  const std::vector<Connection*> completed = std::exchange(completed_, {});
  const std::vector<Connection*> ready = std::exchange(ready_streams_, {});
  lock.unlock();
  for (Connection* connection : completed)
    take_back(*connection);
  for (Connection* connection : ready)
    pump_stream(*connection);
}

void EdgeLoop::take_back(Connection& connection) {
  if (connection.is_broken) return close(connection);
  if (connection.stream) return begin_stream(connection);
  connection.phase = Phase::writing;
  lines_.move(connection, Line::room, now_);
  // Sends the rest now: the event that there is room again may have come while the worker had it.
  flush(connection);
  make_room();
  advance(connection);
}

void EdgeLoop::refuse(Connection& connection, int status, std::string_view reason) {
  ++refused_;
  Request unread;
  Request& request = connection.parser ? connection.parser->request() : unread;
  complete_request(request, connection);
  connection.out = engine_.refuse(request, status, reason).bytes;
  connection.out_sent_bytes = 0;
  connection.parser = nullptr;
  connection.unread = std::string{};
  connection.keeps = false;
  connection.phase = Phase::writing;
  lines_.move(connection, Line::room, now_);
  flush(connection);
}

void EdgeLoop::flush(Connection& connection) {
  const Sent sent = connection.send_out();
  weigh(connection);
  switch (sent) {
    case Sent::all: return answered(connection);
    case Sent::some: return;
    case Sent::nothing_more: return close(connection);
  }
}

void EdgeLoop::answered(Connection& connection) {
  if (connection.keeps) {
    connection.phase = Phase::reading;
    lines_.move(connection, Line::idle, now_);
    if (stop_by_ && connection.unread.empty()) close(connection);
    return;
  }
  connection.end_sending();
  connection.phase = Phase::lingering;
  lines_.move(connection, Line::end, now_);
  connection.thrown_away_bytes = connection.unread.size();
  connection.unread = std::string{};
  weigh(connection);
  throw_away(connection);
}

void EdgeLoop::throw_away(Connection& connection) {
  while (connection.phase == Phase::lingering) {
    const std::size_t count = receive(connection).size();
    if (count == 0) return;
    connection.thrown_away_bytes += count;
    if (connection.thrown_away_bytes > options_.limits.linger_bytes_max) close(connection);
  }
}

void EdgeLoop::signal() { eventfd_write(wake_.get(), 1); }

}  // namespace topupd::http
