#include "bench/load.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include "bench/drive.h"

namespace topupd::bench {
namespace {

// What crosses the pipe between the two processes.
struct Head {
  double seconds;
  std::int64_t failed;
  std::int64_t bytes;
  std::uint64_t answers;
  std::uint64_t failure_bytes;
  bool broken;  // the failure says why
};

void write_all(int pipe, const void* data, std::size_t size) {
  const auto* at = static_cast<const char*>(data);
  while (size > 0) {
    auto written = ::write(pipe, at, size);
    if (written <= 0) _exit(1);
    at += written;
    size -= static_cast<std::size_t>(written);
  }
}

void read_all(int pipe, void* data, std::size_t size) {
  auto* at = static_cast<char*>(data);
  while (size > 0) {
    auto got = ::read(pipe, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw std::runtime_error{"the load generator died"};
    at += got;
    size -= static_cast<std::size_t>(got);
  }
}

void send_result(int pipe, const LoadResult& result, bool broken) {
  Head head{
      result.seconds, result.failed, result.bytes, result.us.size(), result.first_failure.size(),
      broken};
  write_all(pipe, &head, sizeof head);
  write_all(pipe, result.us.data(), result.us.size() * sizeof(std::uint32_t));
  write_all(pipe, result.first_failure.data(), result.first_failure.size());
}

[[noreturn]] void generate(int pipe, const Load& load) {
  LoadResult result;
  bool broken = false;
  try {
    result = drive(load);
  } catch (const std::exception& failure) {
    broken = true;
    result.first_failure = failure.what();
  }
  std::sort(result.us.begin(), result.us.end());
  send_result(pipe, result, broken);
  _exit(0);
}

LoadResult receive(int pipe) {
  Head head{};
  read_all(pipe, &head, sizeof head);
  LoadResult result;
  result.seconds = head.seconds;
  result.failed = head.failed;
  result.bytes = head.bytes;
  result.us.resize(head.answers);
  result.first_failure.resize(head.failure_bytes);
  read_all(pipe, result.us.data(), head.answers * sizeof(std::uint32_t));
  read_all(pipe, result.first_failure.data(), head.failure_bytes);
  if (head.broken) throw std::runtime_error{result.first_failure};
  return result;
}

}  // namespace

double LoadResult::percentile(double share) const {
  if (us.empty()) return 0;
  auto at = static_cast<std::size_t>(share * static_cast<double>(us.size()));
  return us.at(std::min(at, us.size() - 1)) / 1'000.0;
}

LoadResult run(const Load& load) {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) throw std::runtime_error{"no pipe"};
  auto child = ::fork();
  if (child < 0) throw std::runtime_error{"can't fork"};
  if (child == 0) {
    ::close(ends[0]);
    generate(ends[1], load);
  }
  ::close(ends[1]);
  LoadResult result;
  std::exception_ptr failure;
  try {
    result = receive(ends[0]);
  } catch (...) {
    failure = std::current_exception();
  }
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (failure) std::rethrow_exception(failure);
  return result;
}

std::string ask(int port, const std::string& request) {
  std::string answer;
  Load load{port, 1, 1, [&](std::int64_t) { return request; }};
  drive(load, [&](const std::string& whole) { answer = whole; });
  return answer;
}

}  // namespace topupd::bench
