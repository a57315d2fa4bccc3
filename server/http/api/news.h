// Tells browsers that something of theirs has changed, so that they ask again.
//
// One thread looks at what the last commits touched and publishes; a subscriber costs no thread.
// Safe for use by any number of threads at once.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http/edge_events.h"
#include "store/touched.h"
#include "topup/user.h"

namespace topupd::http {

// Who wants to be told: a reseller of what is his, an admin of everything.
struct Subscriber {
  topup::UserId user;
  topup::Role role = topup::Role::reseller;
  std::string session = {};    // the dashboard's token
  std::string last_seen = {};  // Last-Event-ID; empty: comes for the first time
  std::shared_ptr<EventStream> stream = {};
};

class News {
 public:
  static constexpr std::size_t kPerUserMax = 20;  // one more ends his oldest

  struct Sources {
    std::function<std::int64_t()> commits;  // how many there were; cheap
    std::function<std::int64_t()> last_step;
    std::function<Touched(std::int64_t step)> touched_since;
    std::function<bool(const Subscriber& subscriber)> may_listen;  // still
  };

  explicit News(Sources sources);
  ~News();  // stops
  News(const News&) = delete;
  News& operator=(const News&) = delete;

  void start();
  void stop();

  // First says "open"; and "changed" at once if something happened since what was last seen.
  void add(Subscriber subscriber);

  // What the thread does at every look; for tests, on the caller's thread.
  void look();
  // Ends the streams of those who may not listen any more.
  void check();

  std::size_t size() const;

 private:
  void make_room(topup::UserId user);

  const Sources sources_;

  mutable std::mutex mutex_;  // guards what follows
  std::vector<Subscriber> subscribers_;
  std::int64_t seen_commits_ = 0;
  std::int64_t seen_step_ = 0;

  std::mutex stop_mutex_;  // guards stopping_
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace topupd::http
