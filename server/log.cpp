#include "log.h"

#include <array>

#include "clock.h"
#include "log_text.h"

namespace topupd {

namespace {

constexpr std::array<std::string_view, 5> kLevels{"trace", "debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 2> kFormats{"text", "json"};

constexpr std::string_view kLost = "lines of the log were lost";

LogWriter::SayLost say_lost(LogFormat format) {
  return [format](std::uint64_t lines) {
    return log_line(format, {SystemTime{}.wall(), LogLevel::warn, kLost, {{"lines", lines}}});
  };
}

}  // namespace

Log::Log(const LogOptions& options)
    : format_{options.format},
      level_{options.level},
      writer_{options.file, say_lost(options.format)} {}

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
  if (level < this->level()) return;
  writer_.add(log_line(format_, {SystemTime{}.wall(), level, message, fields}),
              level >= LogLevel::warn ? Urgency::pressing : Urgency::usual);
}

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
