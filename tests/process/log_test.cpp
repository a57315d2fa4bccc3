#include "log.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "catch.h"
#include "log_text.h"
#include "process/temp_dir.h"
#include "server/eventually.h"

using namespace topupd;

namespace {

constexpr std::chrono::minutes kLong{1};
constexpr topup::Timestamp kAt{std::chrono::milliseconds{1'795'330'800'007}};

std::string escaped(std::string_view text) {
  std::string line;
  append_escaped(line, text);
  return line;
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

std::size_t lines_of(const std::filesystem::path& path) {
  const auto text = text_of(path);
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("a line has time, level, message and fields", "[log]") {
  const std::string id = "abc";
  const auto line = [&](LogFormat format) {
    return log_line(format, {kAt,
                             LogLevel::info,
                             "order placed",
                             {{"request_id", id},
                              {"order", 55},
                              {"held", std::int64_t{-10'000}},
                              {"bytes", std::uint64_t{UINT64_MAX}},
                              {"ok", true},
                              {"seconds", 0.25},
                              {"route", "GET /api/order status"},
                              {"empty", ""}}});
  };
  CHECK(line(LogFormat::text) ==
        "2026-11-22T14:00:00.007+07:00 info  order placed request_id=abc order=55 held=-10000 "
        "bytes=18446744073709551615 ok=true seconds=0.25 route=\"GET /api/order status\" "
        "empty=\"\"");
  CHECK(line(LogFormat::json) ==
        R"({"time":"2026-11-22T14:00:00.007+07:00","level":"info","message":"order placed",)"
        R"("request_id":"abc","order":55,"held":-10000,"bytes":18446744073709551615,"ok":true,)"
        R"("seconds":0.25,"route":"GET /api/order status","empty":""})");
}

TEST_CASE("nothing in a text can end the line or fool a terminal", "[log]") {
  struct Row {
    std::string text;
    std::string escaped;
  };
  for (const auto& [text, expected] : {
           Row{"plain", "plain"}, Row{"a\r\nb\tc", R"(a\r\nb\tc)"}, Row{"\"\\", R"(\"\\)"},
           Row{std::string{"\0\x1b[31m\x7f", 7}, R"(\u0000\u001b[31m\u007f)"},
           Row{"Toko Andi é 日本 🎮", "Toko Andi é 日本 🎮"}, Row{"\u009b", R"(\u009b)"},
           Row{"\u202e\u2066\u2028\ufeff", R"(\u202e\u2066\u2028\ufeff)"}, Row{"\xff", "\uFFFD"},
           Row{"a\xc3", "a\uFFFD"}, Row{"\xc3(", "\uFFFD("},
           Row{"\xc0\x80", "\uFFFD\uFFFD"},                      // overlong zero
           Row{"\xe0\x80\x80", "\uFFFD\uFFFD\uFFFD"},            // overlong zero
           Row{"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},            // surrogate
           Row{"\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // past U+10FFFF
           Row{"\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf"},          // U+10FFFF
       }) {
    CAPTURE(text);
    CHECK(escaped(text) == expected);
  }
}

TEST_CASE("a text that is too long is cut", "[log]") {
  const std::string longest(kLogTextMax, 'a');
  CHECK(escaped(longest) == longest);
  CHECK(escaped(longest + "a") == longest + "…");
}

TEST_CASE("a field that looks like another is quoted", "[log]") {
  const auto line = log_line(LogFormat::text, {kAt, LogLevel::warn, "m", {{"k", "v x=1"}}});
  CHECK(line == "2026-11-22T14:00:00.007+07:00 warn  m k=\"v x=1\"");
}

TEST_CASE("lines below the level are not written, and the level can change", "[log]") {
  TempDir dir;
  const auto file = dir.path() / "log";
  Log log{{LogLevel::warn, LogFormat::text, file.string()}};
  log.info("one");
  log.warn("two");
  log.set_level(LogLevel::trace);
  log.trace("three");
  log.error("four");
  CHECK(log.flush(kLong));
  const auto text = text_of(file);
  CHECK(text.find("one") == std::string::npos);
  CHECK(text.find(" warn  two\n") != std::string::npos);
  CHECK(text.find(" trace three\n") != std::string::npos);
  CHECK(text.find(" error four\n") != std::string::npos);
  CHECK(log.level() == LogLevel::trace);
}

TEST_CASE("a file that was moved away is opened anew when asked", "[log]") {
  TempDir dir;
  const auto file = dir.path() / "log";
  const auto moved = dir.path() / "log.1";
  Log log{{LogLevel::info, LogFormat::json, file.string()}};
  log.info("one");
  std::filesystem::rename(file, moved);
  log.info("two");
  log.reopen();
  log.info("three");
  CHECK(log.flush(kLong));
  CHECK(lines_of(moved) == 2);
  CHECK(lines_of(file) == 1);
  log.reopen();
  log.info("four");
  CHECK(log.flush(kLong));
  CHECK(lines_of(file) == 2);  // appended, not begun again
}

TEST_CASE("a file that can't be opened is said so", "[log]") {
  TempDir dir;
  const auto file = (dir.path() / "file").string();
  std::ofstream{file} << "x";
  CHECK_THROWS_AS(Log({LogLevel::info, LogFormat::text, file + "/below"}), std::runtime_error);
}

TEST_CASE("threads write whole lines while the file is opened anew", "[log]") {
  TempDir dir;
  const auto file = dir.path() / "log";
  Log log{{LogLevel::info, LogFormat::text, file.string()}};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i)
        log.info("line", {{"thread", t}, {"i", i}});
      log.set_level(LogLevel::info);
      log.reopen();
    });
  for (auto& thread : threads)
    thread.join();
  CHECK(log.flush(kLong));
  std::istringstream text{text_of(file)};
  int lines = 0;
  for (std::string line; std::getline(text, line); ++lines)
    CHECK(line.find("+07:00 info  line thread=") == 23);
  CHECK(lines == 400);
}

TEST_CASE("lines keep their order, and none is lost", "[log]") {
  TempDir dir;
  const auto file = dir.path() / "log";
  {
    Log log{{LogLevel::info, LogFormat::text, file.string()}};
    for (std::size_t i = 0; i < 3'000; i += 3) {
      log.debug("unwanted");
      log.info("line", {{"i", i}});
      log.info("line", {{"i", i + 1}});
      log.warn("line", {{"i", i + 2}});
      if (i % 300 != 0) continue;
      CHECK(log.flush(kLong));
      CHECK(lines_of(file) == i + 3);
    }
    log.info("line", {{"i", 3'000}});
    CHECK(log.lost() == 0);
  }
  std::istringstream text{text_of(file)};
  int lines = 0;
  for (std::string line; std::getline(text, line); ++lines)
    CHECK(line.ends_with("  line i=" + std::to_string(lines)));
  CHECK(lines == 3'001);
}

TEST_CASE("a line is written though nothing follows it", "[log]") {
  TempDir dir;
  const auto file = dir.path() / "log";
  Log log{{LogLevel::info, LogFormat::text, file.string()}};
  log.info("one");
  CHECK(test::eventually([&] { return lines_of(file) == 1; }));
  log.info("two");
  log.info("three");
  CHECK(test::eventually([&] { return lines_of(file) == 3; }));
}

TEST_CASE("words of levels and formats are read back", "[log]") {
  for (const auto level :
       {LogLevel::trace, LogLevel::debug, LogLevel::info, LogLevel::warn, LogLevel::error})
    CHECK(log_level(name(level)) == level);
  for (const auto format : {LogFormat::text, LogFormat::json})
    CHECK(log_format(name(format)) == format);
  CHECK_FALSE(log_level("INFO"));
  CHECK_FALSE(log_level(""));
  CHECK_FALSE(log_format("xml"));
}

TEST_CASE("a target shows its last three characters at most", "[log]") {
  struct Row {
    std::string text;
    std::string shown;
  };
  for (const auto& [text, shown] : {
           Row{"", "***"},
           Row{"123", "***"},
           Row{"12345", "***"},
           Row{"123456", "***456"},
           Row{"081234567890", "***890"},
       })
    CHECK(masked(text) == shown);
}
