// Tells our server what the sandbox's parties have to say, when it is due.
//
// One thread for all of them.  A message is forgotten only after its receiver
// took it, so it may come twice and is never lost, also over a crash.

#pragma once

#include <functional>
#include <map>
#include <string>
#include <thread>

#include "sandbox_db.h"
#include "sandbox_time.h"

namespace topupd {

class SandboxOutbox {
 public:
  // Gets the message's subject.  When it throws, the message comes again later.
  using Deliver = std::function<void(const std::string& subject)>;

  // Both must outlive the outbox.
  SandboxOutbox(SandboxDb& db, SandboxTime& time) : db_{db}, time_{time} {}
  ~SandboxOutbox() { stop(); }

  // Only before start().
  void deliver_for(const std::string& sender, Deliver deliver);

  // Begins with what an earlier run left.
  void start();

  // Wakes every sleeper of the time, ends the thread and waits for it.
  void stop();

  // There may be something new.  Any thread.
  void poke() { time_.poke(); }

 private:
  void run();
  bool deliver_due();  // false: nothing was due
  bool taken(const SandboxMessage& message);

  SandboxDb& db_;
  SandboxTime& time_;
  std::map<std::string, Deliver> receivers_;
  std::thread thread_;
};

}  // namespace topupd
