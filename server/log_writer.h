// Lines on their way to a place that may take nothing for as long as it likes: a pipe that nobody
// reads, a full disk.  One thread writes them, gathered.  Whoever has something to say puts it
// into a buffer and goes on; a line that finds no room there is lost, counted, and made known once
// lines are written again.
//
// Thread-safe.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace topupd {

enum class Urgency {
  usual,    // waits up to 20 ms for others, unless nothing was written for as long
  pressing  // is written at once, and has room left where a usual line has none
};

class LogWriter {
 public:
  // The line that says so many were lost.
  using SayLost = std::function<std::string(std::uint64_t lines)>;

  // file is appended to; empty: standard error.  Throws std::runtime_error if it can't be opened.
  LogWriter(const std::string& file, SayLost say_lost);
  // What waits is written if that takes no longer than a second, and lost otherwise.
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // A line without its end.
  void add(std::string_view line, Urgency urgency);

  // Waits until what was added before is written or lost, at most so long; whether it is.  Takes
  // no lock, so that a handler of signals may call it.
  bool flush(std::chrono::milliseconds at_most) const;

  // Writes to the file of that name from now on, which may be another than it was.  Throws
  // std::runtime_error if it can't be opened, and goes on with the old one.
  void reopen();

  std::uint64_t lost() const;  // lines since the start

 private:
  struct Shared;

  const std::string file_;
  // The thread's too: where it can't be made to end, it is left behind.
  std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace topupd
