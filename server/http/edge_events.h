// Live updates (server-sent events): one subscriber's outbox, between the threads that publish and
// the edge, which sends.
//
// A handler makes one, keeps a share of it where events come from, and answers with it:
//
//   auto stream = std::make_shared<EventStream>();
//   topics.add(user, stream);
//   return event_stream(stream);
//
// Safe for use by any number of threads at once.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace topupd::http {

struct Event {
  std::string_view data;       // any text; line breaks are kept
  std::string_view name = {};  // no line break; empty: "message"
  std::string_view id = {};    // no line break; comes back as Last-Event-ID; empty: none
};

class EventStream {
 public:
  static constexpr std::size_t kBytesMax = std::size_t{64} * 1024;

  // `bytes_max`: what may wait for a subscriber before it counts as too slow.
  explicit EventStream(std::size_t bytes_max = kBytesMax) : bytes_max_{bytes_max} {}

  // False: the subscriber is gone or was too slow and is dropped; let go of the stream.
  bool publish(const Event& event);
  // What waits is not sent any more; the connection is closed.  May be called again.
  void close();
  bool is_closed() const;

  // For the edge.  `wake` is called, from whichever thread publishes or closes, when there is
  // something new; it must be quick and must not call back.
  void attach(std::function<void()> wake);
  // What waits.  Empty: nothing.
  std::string take();
  // `wake` is not called any more once this has returned; publishing fails from then on.
  void detach();

 private:
  const std::size_t bytes_max_;

  mutable std::mutex mutex_;  // guards all below
  std::string waiting_;
  bool closed_ = false;
  std::function<void()> wake_;
};

// The streams of one topic.  Safe for use by any number of threads at once.
class Broadcaster {
 public:
  void add(std::shared_ptr<EventStream> stream);
  // Returns to how many it went; forgets those that are gone or too slow.
  std::size_t publish(const Event& event);
  void close_all();
  std::size_t size() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<EventStream>> streams_;
};

// The answer that makes the connection a subscriber.
Response event_stream(std::shared_ptr<EventStream> stream);

}  // namespace topupd::http
