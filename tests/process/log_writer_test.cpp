// A log that takes nothing: a pipe that nobody reads, a full disk.

#include "log_writer.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <system_error>
#include <thread>
#include <vector>

#include "catch.h"
#include "log.h"
#include "process/fifo.h"
#include "process/temp_dir.h"

using namespace topupd;

namespace {

constexpr std::chrono::seconds kLong{60};

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::uint64_t count(const std::string& text, const std::string& part) {
  std::uint64_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

// The system takes no more than so many bytes into a file.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
};

// Says "<n lost>" of lines that were lost.
std::unique_ptr<LogWriter> writer_to(const std::string& file) {
  return std::make_unique<LogWriter>(
      file, [](std::uint64_t lines) { return "<" + std::to_string(lines) + " lost>"; });
}

}  // namespace

TEST_CASE("a log file is nobody's to read but its owner's, after a rotation too", "[log]") {
  const TempDir dir;
  const auto file = dir.path() / "topupd.log";
  const auto before = ::umask(0);
  const auto writer = writer_to(file.string());
  const auto mode = [&] { return std::filesystem::status(file).permissions(); };
  using std::filesystem::perms;
  CHECK(mode() == (perms::owner_read | perms::owner_write));
  std::filesystem::remove(file);
  writer->reopen();
  ::umask(before);
  CHECK(mode() == (perms::owner_read | perms::owner_write));
}

TEST_CASE("a log that nobody reads holds nobody up, and says afterwards what was lost", "[log]") {
  constexpr std::uint64_t kThreads = 4;
  constexpr std::uint64_t kLines = 25'000;
  const std::string long_word(200, 'x');
  Fifo fifo;
  auto log = std::make_unique<Log>(LogOptions{.file = fifo.path()});
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      for (std::uint64_t line = 0; line < kLines; ++line)
        log->info("usual", {{"word", long_word}});
    });
  for (auto& thread : threads)
    thread.join();
  log->error("needed", {{"word", long_word}});  // no shorter than the others
  CHECK_FALSE(log->flush(std::chrono::milliseconds{1}));
  const auto lost = log->lost();
  CHECK(lost > 0);

  auto read = std::async(std::launch::async, [&] { return fifo.read_to_end(); });
  CHECK(log->flush(kLong));
  log->info("afterwards");
  log.reset();
  const auto text = read.get();
  CHECK(count(text, "info  usual word=" + long_word + "\n") + lost == kThreads * kLines);
  CHECK(count(text, "error needed word=" + long_word + "\n") == 1);
  const auto said = text.find(" warn  lines of the log were lost lines=" + std::to_string(lost));
  CHECK(said > text.find("error needed"));
  CHECK(said < text.find("info  afterwards"));
}

TEST_CASE("a log that takes nothing does not keep the program from ending", "[log]") {
  constexpr std::uint64_t kLines = 3'000;
  const std::string line(100, 'x');
  Fifo fifo;
  auto log = writer_to(fifo.path());
  for (std::uint64_t i = 0; i < kLines; ++i)
    log->add(line, Urgency::usual);
  log.reset();
  // Where the program goes on, the thread that was left behind writes what it had.
  CHECK(count(fifo.read_to_end(), line + "\n") == kLines);
}

TEST_CASE("what is said last is written before the program ends", "[log]") {
  const TempDir dir;
  const auto file = dir.path() / "log";
  auto log = writer_to(file.string());
  for (const auto* line : {"one", "two", "three"})
    log->add(line, Urgency::usual);
  log.reset();
  CHECK(content_of(file) == "one\ntwo\nthree\n");
}

TEST_CASE("lines that a full disk does not take are counted, and said when there is room",
          "[log]") {
  const TempDir dir;
  const auto file = dir.path() / "log";
  std::filesystem::create_symlink("/dev/full", file);
  auto log = writer_to(file.string());
  for (const auto* line : {"one", "two", "three"})
    log->add(line, Urgency::pressing);
  CHECK(log->flush(kLong));
  CHECK(log->lost() == 3);
  log->add("four", Urgency::usual);
  CHECK(log->flush(kLong));
  CHECK(log->lost() == 4);

  std::filesystem::remove(file);
  log->reopen();
  log->add("five", Urgency::usual);
  log.reset();
  CHECK(content_of(file) == "five\n<4 lost>\n");
}

TEST_CASE("a line that was taken in part is ended before the next", "[log]") {
  const TempDir dir;
  const auto file = dir.path() / "log";
  auto log = writer_to(file.string());
  {
    const SmallFiles of_bytes{6};
    for (const auto* line : {"one", "two", "three"}) {
      log->add(line, Urgency::pressing);
      CHECK(log->flush(kLong));
    }
  }
  log->add("four", Urgency::usual);
  log.reset();
  CHECK(content_of(file) == "one\ntw\nfour\n<2 lost>\n");
}

TEST_CASE("a pipe that nobody has opened is no log, and is told at once", "[log]") {
  const TempDir dir;
  const auto pipe = dir.path() / "fifo";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_THROWS_AS(writer_to(pipe.string()), std::system_error);
}
