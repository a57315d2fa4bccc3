// The real binary, serving on a directory of the test and a port of its own.

#pragma once

#include <csignal>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "process/temp_dir.h"
#include "server/child_process.h"
#include "server/eventually.h"
#include "server/small_client.h"

namespace topupd::test {

// A call of the binary: run(call_of({"verify", "--data", dir})).  TOPUP_PROGRAM may name another
// build of it.
inline std::vector<std::string> call_of(const std::vector<std::string>& words) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  const char* other = std::getenv("TOPUP_PROGRAM");
  std::vector<std::string> command{other != nullptr ? other : TOPUPD};
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

class RealServer {
 public:
  // Waits until it says where it listens; throws std::runtime_error if it ends before.
  explicit RealServer(const std::string& data, const std::vector<std::string>& more = {"--demo"})
      : child_{call_of(serve(data, more)), (dir_.path() / "server").string()} {
    if (!eventually([&] { return !listening().empty() || !child_.is_running(); }) ||
        listening().empty())
      throw std::runtime_error{"topupd serve does not listen: " + child_.err()};
  }

  int port() const { return std::stoi(listening().substr(listening().rfind(':') + 1)); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
  // Those of the demo users that this start made.
  std::string demo_key() const { return word_after("API key "); }
  std::string admin_password() const { return word_after("demo user admin, password "); }

  // SIGTERM; the exit code.
  int stop() {
    child_.signal(SIGTERM);
    return child_.wait();
  }
  ChildProcess& process() { return child_; }
  std::string printed() const { return child_.out(); }
  std::string logged() const { return child_.err(); }

 private:
  static std::vector<std::string> serve(const std::string& data,
                                        const std::vector<std::string>& more) {
    // Polling takes more than the 60 requests of the default.
    std::vector<std::string> words{
        "serve", "--data", data, "--listen", "127.0.0.1:0", "--limits.api_per_minute", "100000"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  std::string word_after(const std::string& mark) const {
    const auto text = child_.out();
    const auto at = text.find(mark);
    if (at == std::string::npos) return "";
    const auto begin = at + mark.size();
    return text.substr(begin, text.find_first_of(" ,\n", begin) - begin);
  }

  std::string listening() const {
    const auto text = child_.out();
    return text.ends_with('\n') ? word_after("listens on ") : "";
  }

  TempDir dir_;
  ChildProcess child_;
};

}  // namespace topupd::test
