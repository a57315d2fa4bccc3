#include "log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "clock.h"
#include "log_text.h"

namespace topupd {

namespace {

using spdlog::sinks::sink;

constexpr std::array<std::string_view, 5> kLevels{"trace", "debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

std::unique_ptr<sink> open_sink(const std::string& file) {
  std::unique_ptr<sink> opened;
  try {
    if (file.empty())
      opened = std::make_unique<spdlog::sinks::stderr_sink_st>();
    else
      opened = std::make_unique<spdlog::sinks::basic_file_sink_st>(file);
  } catch (const spdlog::spdlog_ex& error) {
    throw std::runtime_error{error.what()};
  }
  opened->set_pattern("%v");  // our line is complete
  return opened;
}

}  // namespace

class Log::Sink {
 public:
  explicit Sink(const LogOptions& options)
      : format_{options.format},
        file_{options.file},
        level_{options.level},
        sink_{open_sink(options.file)},
        thread_{[this] { write_in_rounds(); }} {}

  ~Sink() {
    {
      std::lock_guard lock{mutex_};
      is_ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
    write_waiting();
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  LogLevel level() const { return level_.load(std::memory_order_relaxed); }
  void set_level(LogLevel level) { level_.store(level, std::memory_order_relaxed); }

  void write(const LogEntry& entry) {
    take(entry);
    write_waiting();
  }

  void write_soon(const LogEntry& entry) {
    const auto bytes = take(entry);
    if (bytes.before == 0) wake_.notify_one();
    if (bytes.now >= kWaitingMax) write_waiting();
  }

  void reopen() {
    write_waiting();
    if (file_.empty()) return;
    auto opened = open_sink(file_);
    std::lock_guard lock{sink_mutex_};
    sink_ = std::move(opened);
  }

 private:
  static constexpr std::size_t kWaitingMax = 65'536;
  static constexpr std::chrono::milliseconds kRound{20};

  struct Bytes {
    std::size_t before;
    std::size_t now;
  };

  Bytes take(const LogEntry& entry) {
    const std::string line = log_line(format_, entry);
    std::lock_guard lock{mutex_};
    const auto before = waiting_.size();
    waiting_.append(line).push_back('\n');
    return {before, waiting_.size()};
  }

  // Whoever comes back from here has nothing of his own waiting any more.
  void write_waiting() {
    std::lock_guard only_one{sink_mutex_};
    std::string lines;
    {
      std::lock_guard lock{mutex_};
      lines.swap(waiting_);
    }
    if (lines.empty()) return;
    lines.pop_back();  // the sink ends the last line
    try {
      sink_->log({"", spdlog::level::info, lines});
      sink_->flush();
    } catch (const spdlog::spdlog_ex&) {
      // A full disk must not stop the sale; there is nowhere left to say so.
    }
  }

  // The first line of a quiet moment goes at once, the others when the round is over.
  void write_in_rounds() {
    std::unique_lock lock{mutex_};
    while (!is_ending_) {
      wake_.wait(lock, [&] { return is_ending_ || !waiting_.empty(); });
      lock.unlock();
      write_waiting();
      lock.lock();
      wake_.wait_for(lock, kRound, [&] { return is_ending_; });
    }
  }

  const LogFormat format_;
  const std::string file_;
  std::atomic<LogLevel> level_;

  std::mutex sink_mutex_;  // guards sink_; taken before the other
  std::unique_ptr<sink> sink_;

  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_:
  std::string waiting_;
  bool is_ending_ = false;

  std::thread thread_;  // last: it uses the rest
};

Log::Log(const LogOptions& options) : sink_{std::make_unique<Sink>(options)} {}
Log::~Log() = default;

void Log::trace(std::string_view message, LogFields fields) {
  write(LogLevel::trace, message, fields);
}
void Log::debug(std::string_view message, LogFields fields) {
  write(LogLevel::debug, message, fields);
}
void Log::info(std::string_view message, LogFields fields) {
  write(LogLevel::info, message, fields);
}
void Log::warn(std::string_view message, LogFields fields) {
  write(LogLevel::warn, message, fields);
}
void Log::error(std::string_view message, LogFields fields) {
  write(LogLevel::error, message, fields);
}

void Log::write(LogLevel level, std::string_view message, LogFields fields) {
  if (level < sink_->level()) return;
  sink_->write({SystemTime{}.wall(), level, message, fields});
}

void Log::write_soon(LogLevel level, std::string_view message, LogFields fields) {
  if (level < sink_->level()) return;
  sink_->write_soon({SystemTime{}.wall(), level, message, fields});
}

void Log::set_level(LogLevel level) { sink_->set_level(level); }
LogLevel Log::level() const { return sink_->level(); }
void Log::reopen() { sink_->reopen(); }

std::string_view name(LogLevel level) { return kLevels.at(static_cast<std::size_t>(level)); }
std::string_view name(LogFormat format) { return kFormats.at(static_cast<std::size_t>(format)); }

std::optional<LogLevel> log_level(std::string_view word) {
  for (std::size_t i = 0; i < kLevels.size(); ++i)
    if (kLevels[i] == word) return static_cast<LogLevel>(i);
  return std::nullopt;
}

std::optional<LogFormat> log_format(std::string_view word) {
  for (std::size_t i = 0; i < kFormats.size(); ++i)
    if (kFormats[i] == word) return static_cast<LogFormat>(i);
  return std::nullopt;
}

std::string masked(std::string_view text) {
  std::string shown = "***";
  if (text.size() >= 6) shown += text.substr(text.size() - 3);
  return shown;
}

}  // namespace topupd
