// The HTTP library by itself, a thread for each connection: what it can answer at most when there
// is nothing to do, and the front of a server without any of our edge.

#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace topupd::bench {

// The answer to a POST of that body under that X-API-Key.  Called by many threads.
using Reply = std::function<std::string(const std::string& body, const std::string& key)>;

// A process of its own, ended with the object.  Says hello on "/".
class BareServer {
 public:
  BareServer();
  // prepare is called in the other process; what it returns answers /api/order/create.
  explicit BareServer(const std::function<Reply()>& prepare);
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
