#include "http/edge.h"

#include <utility>

#include "http/edge_loop.h"

namespace topupd::http {

Edge::Edge(EdgeOptions options, const Engine& engine)
    : loop_{std::make_unique<EdgeLoop>(std::move(options), engine)} {}

Edge::~Edge() { stop(); }

void Edge::start() {
  loop_->start_workers();
  thread_ = std::thread([this] { loop_->run(); });
}

void Edge::stop() {
  loop_->request_stop();
  if (thread_.joinable()) thread_.join();
  loop_->stop_workers();
}

int Edge::port() const {
  for (const Listener& listener : loop_->listeners()) {
    if (listener.port() != 0) return listener.port();
  }
  return 0;
}

std::vector<std::string> Edge::addresses() const {
  std::vector<std::string> addresses;
  for (const Listener& listener : loop_->listeners())
    addresses.push_back(listener.address());
  return addresses;
}

EdgeCounts Edge::counts() const { return loop_->counts(); }

}  // namespace topupd::http
