// What happened, one line each, for the service manager or a file to keep.
//
// Callers never pass a secret: no password, API key, session, PIN, voucher code or provider
// credential, not as a field and not inside a message.  Targets and phone numbers go through
// masked().  A message is a literal; what varies goes into the fields.

#pragma once

#include <atomic>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "log_writer.h"

namespace topupd {

enum class LogLevel { trace, debug, info, warn, error };
enum class LogFormat { text, json };

// The words of the configuration and of the lines: "info", "json".
std::string_view name(LogLevel level);
std::string_view name(LogFormat format);
std::optional<LogLevel> log_level(std::string_view word);
std::optional<LogFormat> log_format(std::string_view word);

// A field's value: text, a whole number, a fraction or a bool.  Text is not copied: it must live
// until the call returns, as everything named in the call does.
class LogValue {
 public:
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;

  // NOLINTBEGIN(google-explicit-constructor): so that a call can say {"order", 55}
  LogValue(std::string_view text) : value_{text} {}
  LogValue(const std::string& text) : value_{std::string_view{text}} {}
  LogValue(const char* text) : value_{std::string_view{text}} {}
  LogValue(bool value) : value_{value} {}
  LogValue(double value) : value_{value} {}
  LogValue(std::signed_integral auto number) : value_{static_cast<std::int64_t>(number)} {}
  LogValue(std::unsigned_integral auto number) : value_{static_cast<std::uint64_t>(number)} {}
  // NOLINTEND(google-explicit-constructor)

  const Value& value() const { return value_; }

 private:
  Value value_;
};

struct LogField {
  std::string_view key;  // a literal: a-z, 0-9 and _
  LogValue value;
};

using LogFields = std::initializer_list<LogField>;

struct LogOptions {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::text;
  std::string file = {};  // appended to, created as the umask says; empty: standard error
};

// Thread-safe.  A line is written whole, by a thread of its own, and holds nobody up who says it
// (log_writer.h): errors and warnings leave at once, the others within 20 ms, and what finds a log
// that takes nothing is lost and counted.
//
//   log.info("order placed", {{"request_id", id}, {"order", 55}});
//   text: 2026-11-22T14:03:05.123+07:00 info  order placed request_id=abc order=55
//   json: {"time":"2026-11-22T14:03:05.123+07:00","level":"info","message":"order placed",
//          "request_id":"abc","order":55}
class Log {
 public:
  explicit Log(const LogOptions& options);  // throws std::runtime_error if the file can't be opened

  void trace(std::string_view message, LogFields fields = {});
  void debug(std::string_view message, LogFields fields = {});
  void info(std::string_view message, LogFields fields = {});
  void warn(std::string_view message, LogFields fields = {});
  void error(std::string_view message, LogFields fields = {});
  void write(LogLevel level, std::string_view message, LogFields fields = {});

  // Lines below the level cost a comparison and are not written.
  void set_level(LogLevel level) { level_.store(level, std::memory_order_relaxed); }
  LogLevel level() const { return level_.load(std::memory_order_relaxed); }

  // Waits until what was said before is written, at most so long; whether it is.  Takes no lock,
  // so that a handler of signals may call it.
  bool flush(std::chrono::milliseconds at_most) const { return writer_.flush(at_most); }

  // Opens the file anew, after it was moved away; nothing for standard error.  Throws
  // std::runtime_error if that fails, and goes on with the old one.
  void reopen() { writer_.reopen(); }

  std::uint64_t lost() const { return writer_.lost(); }  // lines since the start

 private:
  const LogFormat format_;
  std::atomic<LogLevel> level_;
  LogWriter writer_;
};

// "***789": the last three characters of a target or a phone number; "***" alone where there are
// fewer than six.
std::string masked(std::string_view text);

}  // namespace topupd
