// The sandbox: two suppliers and a payment gateway in this process, with a
// memory of their own.

#pragma once

#include <chrono>
#include <string>

#include "gateways/sandbox_gateway.h"
#include "providers/sandbox_provider.h"
#include "sandbox_db.h"
#include "sandbox_outbox.h"
#include "sandbox_time.h"

namespace topupd {

// Thread-safe, but for the constructor, start() and the sinks before it.
class Sandbox {
 public:
  struct Options {
    std::string path;                        // of sandbox.db
    SandboxTime::ClockFunction clock;        // called by many threads at once
    std::chrono::milliseconds delay{2'000};  // 0 or more
    SandboxGateway::Options gateway = {};
  };

  // Opens the file or creates it; throws std::exception when that fails.
  explicit Sandbox(const Options& options);
  ~Sandbox();  // stops

  SandboxProvider& first() { return first_; }    // "sandbox1"
  SandboxProvider& second() { return second_; }  // "sandbox2"
  SandboxGateway& gateway() { return gateway_; }

  // Begins to send callbacks and notices, those of an earlier run too.  Call it
  // once, when every sink is set.
  void start() { outbox_.start(); }

  // Ends every time-out that somebody waits in, at once; when it returns, no sink is called
  // any more but from within a purchase().  What was not sent yet is sent by the next run.
  void stop() { outbox_.stop(); }

  // The clock was moved by hand: what is due now happens now.
  void advanced() { time_.advanced(); }

 private:
  SandboxDb db_;
  SandboxTime time_;
  // Before those who register with it; stopped by ~Sandbox, before they go.
  SandboxOutbox outbox_;
  SandboxProvider first_;
  SandboxProvider second_;
  SandboxGateway gateway_;
};

}  // namespace topupd
