#include "log_writer.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

namespace topupd {
namespace {

constexpr std::size_t kMiB = 1'048'576;
constexpr std::size_t kWaitingMax = 4 * kMiB;  // half a second of the busiest shop
constexpr std::size_t kPressingMax = kWaitingMax + kMiB;
constexpr ::mode_t kMode = 0600;           // it says who bought what from where
constexpr std::size_t kRoundMax = 65'536;  // that many bytes wait for no others
constexpr std::chrono::milliseconds kRound{20};
constexpr std::chrono::seconds kLastWords{1};

// Not of stdio: there a thread that is held up in a write holds a lock that exit() may want.
class Descriptor {
 public:
  explicit Descriptor(const std::string& file)
      : number_{file.empty()
                    ? STDERR_FILENO
                    : ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK,
                             kMode)} {
    // To open a pipe that nobody reads would wait for ever; write() waits by itself.
    if (number_ < 0) throw std::system_error{errno, std::generic_category(), "can't open " + file};
  }
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  // What could not be written.
  std::string_view write(std::string_view text) const {
    while (!text.empty()) {
      const auto written = ::write(number_, text.data(), text.size());
      if (written >= 0)
        text.remove_prefix(static_cast<std::size_t>(written));
      else if (errno == EAGAIN)
        wait();  // somebody who shares standard error with us wants it so
      else if (errno != EINTR)
        break;
    }
    return text;
  }

 private:
  void wait() const {
    pollfd wanted{number_, POLLOUT, 0};
    ::poll(&wanted, 1, -1);
  }

  int number_;
};

std::uint64_t lines_in(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

struct LogWriter::Shared {
  using Lock = std::unique_lock<std::mutex>;

  Shared(Descriptor opened, SayLost say)
      : descriptor{std::move(opened)}, say_lost{std::move(say)} {}

  void write_in_rounds();
  void write_waiting(Lock& lock);

  // The writing thread's own:
  Descriptor descriptor;
  const SayLost say_lost;
  bool is_line_open = false;  // a line was written in part

  std::atomic<std::uint64_t> added{0};
  std::atomic<std::uint64_t> settled{0};  // of those added: written or lost
  std::atomic<std::uint64_t> lost{0};

  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable ended;
  // Guarded by mutex:
  std::string waiting = {};
  bool is_pressing = false;
  std::uint64_t lost_unsaid = 0;
  std::optional<Descriptor> next = {};
  bool is_ending = false;
  bool has_ended = false;
};

// The first line of a quiet moment goes at once, the others when the round is over.
void LogWriter::Shared::write_in_rounds() {
  Lock lock{mutex};
  while (true) {
    wake.wait(lock, [&] { return is_ending || !waiting.empty(); });
    if (waiting.empty()) break;
    write_waiting(lock);
    wake.wait_for(lock, kRound,
                  [&] { return is_ending || is_pressing || waiting.size() >= kRoundMax; });
  }
  has_ended = true;
  ended.notify_all();
}

void LogWriter::Shared::write_waiting(Lock& lock) {
  auto lines = std::exchange(waiting, {});
  const auto added_until_now = added.load();
  const auto lost_until_now = lost_unsaid;
  if (next) {
    descriptor = std::move(*std::exchange(next, std::nullopt));
    is_line_open = false;
  }
  is_pressing = false;
  lock.unlock();
  if (is_line_open) lines.insert(0, 1, '\n');
  if (lost_until_now > 0) lines.append(say_lost(lost_until_now)).push_back('\n');
  const auto rest = descriptor.write(lines);
  const auto written = lines.size() - rest.size();
  const bool closes_only = is_line_open && rest.size() == lines.size();
  if (written > 0) is_line_open = lines[written - 1] != '\n';
  lock.lock();
  if (rest.empty()) {
    lost_unsaid -= lost_until_now;
  } else {
    const auto not_lost = (lost_until_now > 0 ? 1U : 0U) + (closes_only ? 1U : 0U);
    const auto lost_now = lines_in(rest) - not_lost;
    lost_unsaid += lost_now;
    lost += lost_now;
  }
  settled = added_until_now;
}

LogWriter::LogWriter(const std::string& file, SayLost say_lost)
    : file_{file},
      shared_{std::make_shared<Shared>(Descriptor{file}, std::move(say_lost))},
      thread_{[shared = shared_] { shared->write_in_rounds(); }} {}

LogWriter::~LogWriter() {
  Shared::Lock lock{shared_->mutex};
  shared_->is_ending = true;
  shared_->wake.notify_one();
  const bool has_ended =
      shared_->ended.wait_for(lock, kLastWords, [&] { return shared_->has_ended; });
  lock.unlock();
  has_ended ? thread_.join() : thread_.detach();
}

void LogWriter::add(std::string_view line, Urgency urgency) {
  const bool is_pressing = urgency == Urgency::pressing;
  const auto room = is_pressing ? kPressingMax : kWaitingMax;
  auto& shared = *shared_;
  std::lock_guard lock{shared.mutex};
  const auto before = shared.waiting.size();
  if (before + line.size() >= room) {
    ++shared.lost_unsaid;
    ++shared.lost;
    return;
  }
  shared.waiting.append(line).push_back('\n');
  ++shared.added;
  shared.is_pressing |= is_pressing;
  const bool is_round_full = before < kRoundMax && shared.waiting.size() >= kRoundMax;
  if (before == 0 || is_pressing || is_round_full) shared.wake.notify_one();
}

bool LogWriter::flush(std::chrono::milliseconds at_most) const {
  const auto wanted = shared_->added.load();
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (shared_->settled < wanted) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

void LogWriter::reopen() {
  if (file_.empty()) return;
  Descriptor opened{file_};
  flush(kLastWords);  // what was said before stands in the old one
  std::lock_guard lock{shared_->mutex};
  shared_->next = std::move(opened);
}

std::uint64_t LogWriter::lost() const { return shared_->lost; }

}  // namespace topupd
