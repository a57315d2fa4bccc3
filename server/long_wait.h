// What a thread says of itself while it waits for something that is no work of its own: a commit, a
// password's turn, somebody else's server.  Whoever hands out threads (http/edge_workers.h) lets
// another one run meanwhile.

#pragma once

namespace topupd {

class LongWait {
 public:
  // Told on the thread that waits.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void on_wait() = 0;
    virtual void on_work() = 0;  // it goes on
  };
  // Who is told of this thread's waits from now on; null: nobody.  Must outlive the thread's work.
  static void listen(Listener* listener) { current_listener = listener; }

  // The wait lasts as long as the object.
  LongWait() {
    if (current_listener != nullptr) current_listener->on_wait();
  }
  ~LongWait() {
    if (current_listener != nullptr) current_listener->on_work();
  }
  LongWait(const LongWait&) = delete;
  LongWait& operator=(const LongWait&) = delete;

 private:
  // Between those who wait and those who hand out threads lies code that need not know of either.
  static inline thread_local Listener* current_listener = nullptr;
};

}  // namespace topupd
