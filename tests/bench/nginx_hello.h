// nginx that answers every request with the same few bytes: what a well-kept server does on this
// machine with the same load.

#pragma once

#include <filesystem>
#include <memory>

#include "server/child_process.h"

namespace topupd::bench {

class NginxHello {
 public:
  // Its files go to dir.  Throws std::runtime_error if it does not start.
  explicit NginxHello(const std::filesystem::path& dir);

  static bool is_installed();

  int port() const { return port_; }
  int pid() const { return child_->pid(); }

 private:
  int port_ = 0;
  std::unique_ptr<test::ChildProcess> child_;
};

}  // namespace topupd::bench
