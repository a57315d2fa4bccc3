// An edge with an engine behind it on a port of its own, for the tests of the edge.

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "http/edge.h"
#include "http/edge_events.h"
#include "http/engine.h"

namespace topupd::test {

// Handlers wait in it until it is opened.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void await_waiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

// Answers that were promised, until they are served.
class Shelf {
 public:
  void put(std::function<void()> ready) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(ready));
    changed_.notify_all();
  }
  void await(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.size() >= count; });
  }
  void serve() {
    std::unique_lock lock(mutex_);
    const auto ready = std::exchange(waiting_, {});
    lock.unlock();
    for (const auto& each : ready)
      each();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::function<void()>> waiting_;
};

class EdgeServer {
 public:
  explicit EdgeServer(http::EdgeOptions options = {}, http::Engine::Options engine = {})
      : engine_{routes(), std::move(engine)}, edge_{on_any_port(std::move(options)), engine_} {
    edge_.start();
  }
  ~EdgeServer() {  // a failed check must not leave a handler waiting
    gate.open();
    shelf.serve();
  }

  int port() const { return edge_.port(); }
  http::Edge& edge() { return edge_; }

  Gate gate;                // GET /block waits in it
  Shelf shelf;              // GET /later is answered from it
  http::Broadcaster topic;  // GET /stream subscribes to it

 private:
  static http::EdgeOptions on_any_port(http::EdgeOptions options) {
    if (options.listen == http::EdgeOptions{}.listen) options.listen = {"127.0.0.1:0"};
    return options;
  }

  static http::Response text(std::string body) {
    return {.content_type = "text/plain", .body = std::move(body)};
  }

  http::Response later(std::function<http::Response()> finish) {
    auto begin = [this](std::function<void()> ready) { shelf.put(std::move(ready)); };
    return {.later = std::make_shared<const http::Later>(http::Later{begin, std::move(finish)})};
  }
  static http::Response at_once(std::function<http::Response()> finish) {
    auto begin = [](const std::function<void()>& ready) { ready(); };
    return {.later = std::make_shared<const http::Later>(http::Later{begin, std::move(finish)})};
  }

  std::vector<http::Route> routes() {
    using http::Request;
    return {
        {"GET", "/hello", [](const Request&) { return text("hello"); }},
        {"POST", "/echo", [](const Request& request) { return text(request.body); }},
        {"GET", "/probe", [](const Request& r) { return text(std::string(r.header("x-probe"))); }},
        {"GET", "/client", [](const Request& r) { return text(r.client); }},
        {"GET", "/loopback", [](const Request& r) { return text(r.from_loopback ? "yes" : "no"); }},
        {"GET", "/items/{id}", [](const Request& r) { return text(r.path_parameters[0].second); }},
        {"GET", "/throw",
         [](const Request&) -> http::Response { throw std::runtime_error("secret"); }},
        {"GET", "/split",
         [](const Request&) {
           return http::Response{.headers = {{"X-Mine", "a\r\nSet-Cookie: b"}}};
         }},
        {"GET", "/large", [](const Request&) { return text(std::string(8'000'000, 'x')); }},
        {"GET", "/block",
         [this](const Request&) {
           gate.pass();
           return text("passed");
         }},
        {"GET", "/later",
         [this](const Request& r) {
           return later([&r] { return text("later " + std::string(r.header("x-probe"))); });
         }},
        {"GET", "/at-once", [](const Request&) { return at_once([] { return text("ready"); }); }},
        {"GET", "/twice",
         [this](const Request&) {
           return later([this] { return later([] { return text("twice"); }); });
         }},
        {"GET", "/throw-later",
         [](const Request&) {
           return at_once([]() -> http::Response { throw std::runtime_error("secret"); });
         }},
        {"GET", "/stream",
         [this](const Request& request) {
           auto stream = std::make_shared<http::EventStream>();
           stream->publish({.data = "last was " + std::string(request.header("last-event-id"))});
           topic.add(stream);
           return http::event_stream(stream);
         }},
        {"GET", "/headers",
         [](const Request& request) {
           std::string names;
           for (const auto& [name, value] : request.headers)
             names += name + "=" + value + ";";
           return text(names);
         }},
    };
  }

  http::Engine engine_;
  http::Edge edge_;
};

}  // namespace topupd::test
