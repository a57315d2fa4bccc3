// The threads that make answers, and the bounded queue before them.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace topupd::http {

struct Connection;

// submit() is for one thread; the rest may be called from any.
class Workers {
 public:
  struct Size {
    std::size_t threads = 64;
    std::size_t queue_max = 4'096;
  };
  using Serve = std::function<void(Connection&)>;

  // `serve` runs on the workers' threads, may block, and must not throw.
  Workers(Size size, Serve serve);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False: the queue is full.
  bool submit(Connection& connection);
  // Serves what is queued, then ends the threads.  May be called again.
  void stop();

  std::size_t queued() const;
  std::size_t busy() const;  // threads that serve, or have not begun to wait

 private:
  void run();

  const Size size_;
  const Serve serve_;

  mutable std::mutex mutex_;  // guards all below but the threads
  std::condition_variable work_;
  std::deque<Connection*> queue_;
  std::size_t idle_ = 0;
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace topupd::http
