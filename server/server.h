// The whole server: everything that runs, made in the order in which it depends
// on each other and ended in the reverse.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "config.h"
#include "demo.h"
#include "log.h"

namespace topupd {

// Whether the demo data is loaded and the play suppliers are on.
enum class Demo { off, on };

class Server {
 public:
  // Opens and checks everything, and listens: clients can connect and wait for
  // start().  Throws std::exception with a sentence for the operator.  log
  // outlives it.
  //
  // on_broken is called at most once, on any thread, when the database takes no more writes:
  // only a start, which reads the file again, knows what it holds.  That may be before the
  // constructor has returned, and while the server stops.  It must not stop the server itself.
  Server(
      const Config& config, Demo demo, Log& log, std::function<void()> on_broken = [] {});
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();

  // Answers what was accepted, ends calls that are under way, and leaves the
  // rest durable for the next start.  May be called again.
  void stop();

  std::string url() const;  // where a client on this machine finds it

  // Where the first admin is made, with the secret that it takes; empty: there is one.
  std::string setup_link() const;

  // Those whom this start made, with their passwords; nobody knows them later.
  const std::vector<DemoUser>& demo_users() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace topupd
