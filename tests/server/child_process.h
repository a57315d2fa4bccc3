// Another program, run by a test: its input, its output, its end.

#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace topupd::test {

struct Finished {
  int exit_code = 0;  // 128 + the signal that ended it
  std::string out;
  std::string err;
};

// Runs a program to its end.  Throws std::runtime_error if it can't be started or takes longer
// than a minute.
Finished run(const std::vector<std::string>& command, const std::string& input = "");

// A program that runs beside the test; killed with the object.
class ChildProcess {
 public:
  // Standard output and standard error go to files of that beginning, ".out" and ".err".
  ChildProcess(const std::vector<std::string>& command, const std::string& files,
               const std::string& input = "");
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  void signal(int number) const;
  bool is_running();
  // Waits for its end; the exit code, or 128 + the signal that ended it.  Throws
  // std::runtime_error after a minute.
  int wait();

  std::string out() const;  // what it wrote so far
  std::string err() const;

 private:
  std::string files_;
  pid_t pid_ = -1;
  int exit_code_ = -1;  // -1: it runs
};

}  // namespace topupd::test
