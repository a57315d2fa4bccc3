#include "server/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "process/temp_dir.h"

namespace topupd::test {

namespace {

constexpr std::chrono::seconds kTimeMax{60};

std::string content_of(const std::string& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Not fork(): the test has threads, one of which may hold a lock that the child would need before
// it becomes the program.
pid_t spawn(const std::vector<std::string>& command, const std::string& files) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  const auto redirect = [&](const char* end, int flags, int descriptor) {
    ::posix_spawn_file_actions_addopen(&actions, descriptor, (files + end).c_str(), flags, 0600);
  };
  redirect(".in", O_RDONLY, STDIN_FILENO);
  redirect(".out", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  redirect(".err", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  std::vector<char*> words;
  for (const auto& word : command)
    words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  pid_t pid = -1;
  const int failure = ::posix_spawnp(&pid, words.front(), &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error{command.front() + " can't be run"};
  return pid;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, const std::string& files,
                           const std::string& input)
    : files_{files} {
  std::ofstream{files + ".in", std::ios::binary} << input;
  pid_ = spawn(command, files);
}

ChildProcess::~ChildProcess() {
  if (!is_running()) return;
  signal(SIGKILL);
  int status = 0;
  ::waitpid(pid_, &status, 0);
}

void ChildProcess::signal(int number) const { ::kill(pid_, number); }

bool ChildProcess::is_running() {
  if (exit_code_ >= 0) return false;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) == pid_) exit_code_ = exit_code_of(status);
  return exit_code_ < 0;
}

int ChildProcess::wait() {
  const auto deadline = std::chrono::steady_clock::now() + kTimeMax;
  while (is_running()) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error{"a program does not end: " + err()};
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return exit_code_;
}

std::string ChildProcess::out() const { return content_of(files_ + ".out"); }
std::string ChildProcess::err() const { return content_of(files_ + ".err"); }

Finished run(const std::vector<std::string>& command, const std::string& input) {
  const TempDir dir;
  ChildProcess child{command, (dir.path() / "child").string(), input};
  const int exit_code = child.wait();
  return {exit_code, child.out(), child.err()};
}

}  // namespace topupd::test
