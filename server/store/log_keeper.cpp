#include "store/log_keeper.h"

#include <utility>

#include "store/errors.h"

namespace topupd {
namespace {

constexpr std::chrono::milliseconds kReadersWait{100};  // for a restart; writers stand still
constexpr std::chrono::seconds kTriedAgainAfter{10};    // a long log, whoever held it up

}  // namespace

LogKeeper::LogKeeper(sqlite::Connection& writer, sqlite::Connection copier, const LogLimits& limits,
                     Broken on_broken)
    : writer_{writer},
      copier_{std::move(copier)},
      limits_{limits},
      on_broken_{std::move(on_broken)},
      thread_{[this] { copy_when_told(); }} {}

LogKeeper::~LogKeeper() {
  {
    const std::lock_guard lock{mutex_};
    is_ending_ = true;
  }
  told_.notify_one();
  thread_.join();
}

void LogKeeper::rest(bool nobody_waits, std::chrono::milliseconds patience) {
  if (is_broken_) return;
  const auto log = state(nobody_waits);
  const auto work = work_on(log, limits_);
  if (work == LogWork::nothing) return;
  seen_ = log.pages;
  tried_at_ = std::chrono::steady_clock::now();
  work == LogWork::copy_aside ? begin_aside() : copy_here(log.pages, patience);
}

LogState LogKeeper::state(bool nobody_waits) {
  const std::int64_t pages = writer_.log_pages();
  const std::lock_guard lock{mutex_};
  if (pages < seen_ || pages < progress_.copied) {  // it began anew
    seen_ = 0;
    progress_.copied = 0;
  }
  return {pages,
          pages - seen_,
          pages - progress_.copied,
          progress_.is_copying,
          progress_.is_held_up,
          nobody_waits,
          std::chrono::steady_clock::now() - tried_at_ >= kTriedAgainAfter};
}

void LogKeeper::copy_here(std::int64_t pages, std::chrono::milliseconds patience) {
  settle();
  if (is_broken_) return;
  note_begin();
  if (pages < limits_.too_long_from) return note(writer_.checkpoint(sqlite::Checkpoint::passive));
  writer_.wait_for_locks(kReadersWait);
  note(writer_.checkpoint(sqlite::Checkpoint::restart));
  writer_.wait_for_locks(patience);
}

void LogKeeper::begin_aside() {
  {
    const std::lock_guard lock{mutex_};
    if (is_broken_) return;  // since it was looked at
    progress_.is_copying = true;
    progress_.is_held_up = true;
  }
  told_.notify_one();
}

void LogKeeper::settle() {
  std::unique_lock lock{mutex_};
  idle_.wait(lock, [&] { return !progress_.is_copying; });
}

void LogKeeper::copy_when_told() {
  std::unique_lock lock{mutex_};
  while (true) {
    told_.wait(lock, [&] { return is_ending_ || progress_.is_copying; });
    if (!progress_.is_copying) return;
    lock.unlock();
    copy_aside();
    lock.lock();
    progress_.is_copying = false;
    idle_.notify_all();
  }
}

void LogKeeper::copy_aside() {
  try {
    const auto log = copier_.checkpoint(sqlite::Checkpoint::passive);
    note(log);
    // SQLite leaves that to the copy that reaches the log's end: the writer's, who would wait.
    copier_.sync();
  } catch (const StoreBroken& failure) {
    is_broken_ = true;
    on_broken_(failure.what());
  } catch (const std::exception&) {
    // A full disk, most likely: everything is in the log, a later copy takes it up.
  }
}

// It is held up unless note() says otherwise: a copy that fails is not tried at every commit.
void LogKeeper::note_begin() {
  const std::lock_guard lock{mutex_};
  progress_.is_held_up = true;
}

void LogKeeper::note(const sqlite::LogCopied& log) {
  const std::lock_guard lock{mutex_};
  progress_.is_held_up = !log.is_whole();
  if (!log.stood_in_the_way) progress_.copied = log.copied;
}

}  // namespace topupd
