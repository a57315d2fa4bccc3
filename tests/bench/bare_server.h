// The HTTP library by itself: what it can answer at most when there is nothing to do.

#pragma once

#include <sys/types.h>

namespace topupd::bench {

// A process of its own, ended with the object.
class BareServer {
 public:
  BareServer();
  ~BareServer();
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;

  int port() const { return port_; }
  int pid() const { return pid_; }

 private:
  int port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace topupd::bench
