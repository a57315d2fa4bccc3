#include "http/edge_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

namespace topupd::http {

namespace {

constexpr int kEventsPerRound = 256;
constexpr int kAcceptsPerRound = 64;   // so that a flood of connections does not starve the others
constexpr int kOverduePerRound = 256;  // the same for connections that end together
constexpr rlim_t kDescriptorsForTheRest = 128;  // database, log, calls to providers

Descriptor checked(int fd, const char* what) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), what);
  return Descriptor(fd);
}

Clock::duration tick_for(const EdgeLimits& limits) {
  const auto shortest = std::min(
      {limits.request_time_max, limits.idle_time_max, limits.write_time_max, limits.linger_time_max,
       limits.stop_time_max, limits.stop_read_time_max, limits.comment_interval});
  return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(1'000));
}

std::size_t possible_connections(std::size_t wanted) {
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  if (descriptors.rlim_cur == RLIM_INFINITY) return wanted;
  const rlim_t left = std::max(descriptors.rlim_cur, kDescriptorsForTheRest + 16);
  return std::min<std::size_t>(wanted, left - kDescriptorsForTheRest);
}

std::size_t running_max() { return std::max(2U, std::thread::hardware_concurrency()); }

}  // namespace

EdgeLoop::EdgeLoop(EdgeOptions options, const Engine& engine)
    : options_{std::move(options)},
      engine_{engine},
      tick_{tick_for(options_.limits)},
      epoll_{checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")},
      wake_{checked(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")},
      lines_{options_.limits},
      connections_max_{possible_connections(options_.limits.connections_max)} {
  for (const std::string& address : options_.listen)
    listeners_.emplace_back(address);
  bool is_watched = watch(wake_.get(), EPOLLIN);
  for (const Listener& listener : listeners_)
    is_watched = watch(listener.fd(), EPOLLIN) && is_watched;
  if (!is_watched) throw std::system_error(errno, std::generic_category(), "epoll_ctl");
}

EdgeLoop::~EdgeLoop() = default;

void EdgeLoop::start_workers() {
  workers_ = std::make_unique<Workers>(
      Workers::Size{options_.workers, options_.limits.queue_max, running_max()},
      [this](Connection& connection) { serve(connection); });
}

void EdgeLoop::stop_workers() {
  if (workers_) workers_->stop();
}

void EdgeLoop::request_stop() {
  stopping_ = true;
  signal();
}

EdgeCounts EdgeLoop::counts() const {
  return {.accepted = accepted_,
          .requests = requests_,
          .refused = refused_,
          .open = open_,
          .working = workers_ ? workers_->busy() + workers_->suspended() : 0,
          .queued = workers_ ? workers_->queued() : 0,
          .held_bytes = held_bytes_};
}

void EdgeLoop::run() {
  std::array<epoll_event, kEventsPerRound> events{};
  while (!may_end()) {
    const int count = epoll_wait(epoll_.get(), events.data(), kEventsPerRound, wait_ms());
    now_ = Clock::now();
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events.at(static_cast<std::size_t>(i));
      on_event(event.data.fd, event.events);
    }
    take_back_completed();
    workers_->hurry(now_);
    if (stopping_ && !stop_by_) begin_stop();
    if (stop_by_ && now_ >= read_by_) stop_reading();
    if (now_ >= next_sweep_ || more_are_overdue_) sweep();
    bury();
  }
}

// With no connection there is nothing to time.
int EdgeLoop::wait_ms() const {
  if (more_are_overdue_) return 0;
  if (workers_->queued() > 0) return static_cast<int>(Workers::kPatience.count());
  if (open_ == 0 && is_accepting_) return -1;
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(tick_).count());
}

void EdgeLoop::on_event(int fd, std::uint32_t events) {
  if (fd == wake_.get()) {
    eventfd_t ignored = 0;
    eventfd_read(fd, &ignored);
    return;
  }
  const auto listener = std::find_if(listeners_.begin(), listeners_.end(),
                                     [&](const Listener& l) { return l.fd() == fd; });
  if (listener != listeners_.end()) return accept_from(*listener);
  const auto index = static_cast<std::size_t>(fd);
  if (index < connections_.size() && connections_[index]) {
    on_connection_event(*connections_[index], events);
  }
}

void EdgeLoop::accept_from(Listener& listener) {
  for (int i = 0; i < kAcceptsPerRound; ++i) {
    // After the first, somebody may still be waiting, or nobody, also where the system says that
    // it is short of descriptors: the next round tells.
    const bool somebody_waits = i == 0;
    if (is_full()) {
      if (!somebody_waits) return;
      if (!make_place()) return pause_accepting();
    }
    auto accepted = listener.accept();
    if (!accepted) {
      if (listener.is_short() && somebody_waits && !make_place()) pause_accepting();
      return;
    }
    admit(std::move(*accepted));
  }
}

void EdgeLoop::admit(Accepted accepted) {
  ++accepted_;
  const int fd = accepted.socket.get();
  const auto index = static_cast<std::size_t>(fd);
  if (!watch(fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET)) return;
  if (index >= connections_.size()) connections_.resize(index + 1);
  connections_[index] = std::make_unique<Connection>();
  Connection& connection = *connections_[index];
  connection.socket = std::move(accepted.socket);
  connection.peer = accepted.peer;
  lines_.enter(connection);
  lines_.move(connection, Line::idle, now_);
  ++open_;
  if (is_over_limit_of_address(connection)) {
    refuse(connection, 429, "There are too many connections from this address.");
  }
}

// A trusted proxy speaks for many clients.
bool EdgeLoop::is_over_limit_of_address(Connection& connection) {
  const std::size_t limit = options_.limits.connections_per_address_max;
  if (limit == 0) return false;
  const auto& trusted = options_.trusted_proxies;
  const bool is_proxy = std::any_of(trusted.begin(), trusted.end(), [&](const IpNetwork& network) {
    return network.contains(connection.peer);
  });
  if (is_proxy) return false;
  connection.is_counted = true;
  return ++connections_of_[connection.peer.counted()] > limit;
}

bool EdgeLoop::is_full() const { return open_ - closed_.size() >= connections_max_; }

// First those that have their answer already, then those that want nothing, then the slowest.
bool EdgeLoop::make_place() {
  take_back_completed();  // one that was just answered is idle too
  Connection* least = lines_.first(Line::end);
  if (least == nullptr) least = lines_.first(Line::idle);
  if (least == nullptr) least = lines_.first(Line::request, Line::room);
  if (least == nullptr) return false;
  close(*least);
  return true;
}

// Once is enough.  False, with errno: the system has no memory for it.
bool EdgeLoop::watch(int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  return epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0 || errno == EEXIST;
}

// No room, and nobody to close: without this the waiting clients would keep the loop spinning.
void EdgeLoop::pause_accepting() {
  if (!std::exchange(is_accepting_, false)) return;
  for (const Listener& listener : listeners_) {
    epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener.fd(), nullptr);
  }
}

void EdgeLoop::resume_accepting() {
  if (is_accepting_ || stop_by_) return;
  is_accepting_ = true;
  for (const Listener& listener : listeners_)
    is_accepting_ = watch(listener.fd(), EPOLLIN) && is_accepting_;
}

void EdgeLoop::sweep() {
  next_sweep_ = now_ + tick_;
  resume_accepting();
  Connection* overdue = lines_.overdue(now_);
  for (int i = 0; i < kOverduePerRound && overdue != nullptr; ++i) {
    on_time_over(*overdue);
    overdue = lines_.overdue(now_);
  }
  more_are_overdue_ = overdue != nullptr;
}

void EdgeLoop::on_time_over(Connection& connection) {
  switch (connection.line) {
    case Line::none: return;
    case Line::request:
      if (!connection.parser || !connection.parser->started()) return close(connection);
      return refuse(connection, 408, "The request did not arrive in time.");
    case Line::stream: return send_comment(connection);
    case Line::idle:
    case Line::room:
    case Line::end: return close(connection);
  }
}

// Clients that connected before the stop are served: they had no way to know.
void EdgeLoop::begin_stop() {
  stop_by_ = now_ + options_.limits.stop_time_max;
  read_by_ = now_ + options_.limits.stop_read_time_max;
  for (Listener& listener : listeners_)
    accept_from(listener);
  pause_accepting();
  for (Listener& listener : listeners_)
    listener.refuse_more();
  for (const auto& connection : connections_) {
    if (!connection) continue;
    if (connection->phase == Connection::Phase::streaming) close(*connection);
    if (connection->phase != Connection::Phase::reading) continue;
    connection->may_have_more = true;
    advance(*connection);
    const bool has_begun = connection->parser && connection->parser->started();
    if (connection->phase == Connection::Phase::reading && !has_begun) close(*connection);
  }
}

// Nothing was done for them: whoever sends that slowly holds up nobody's restart.
void EdgeLoop::stop_reading() {
  for (const auto& connection : connections_)
    if (connection && connection->phase == Connection::Phase::reading) close(*connection);
}

bool EdgeLoop::may_end() const { return stop_by_ && (open_ == 0 || now_ >= *stop_by_); }

void EdgeLoop::close(Connection& connection) {
  if (connection.phase == Connection::Phase::closed) return;
  connection.phase = Connection::Phase::closed;
  lines_.move(connection, Line::none, now_);
  held_bytes_ -= std::exchange(connection.weight_bytes, 0);
  if (!connection.out.empty()) connection.reset_when_closed();
  if (connection.stream) {
    connection.stream->detach();
    const std::lock_guard lock(mutex_);
    std::erase(ready_streams_, &connection);
  }
  if (connection.is_counted) {
    const auto count = connections_of_.find(connection.peer.counted());
    if (--count->second == 0) connections_of_.erase(count);
  }
  closed_.push_back(connection.socket.get());
}

void EdgeLoop::bury() {
  for (const int fd : closed_) {
    auto& connection = connections_[static_cast<std::size_t>(fd)];
    lines_.leave(*connection);
    connection = nullptr;
  }
  open_ -= closed_.size();
  closed_.clear();
}

}  // namespace topupd::http
