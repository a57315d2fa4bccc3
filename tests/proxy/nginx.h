// nginx in front of a server, as docs/operating.md sets it up: only the addresses are a test's, and
// the times are short.

#pragma once

#include <memory>
#include <string>

#include "process/temp_dir.h"
#include "server/child_process.h"

namespace topupd::test {

class Nginx {
 public:
  // Waits until it listens.  Throws std::runtime_error if it does not start.
  explicit Nginx(int backend_port);

  // A Unix socket, so that no port has to be found.
  const std::string& path() const { return path_; }
  // What it complained about.
  std::string errors() const;

 private:
  TempDir dir_;
  std::string path_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace topupd::test
