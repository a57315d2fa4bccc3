#include "work/keeper.h"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <exception>
#include <string_view>
#include <vector>

#include "wib.h"

namespace topupd {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBeginning = "daily-";
constexpr std::string_view kEnd = ".db";

// What a server answers goes before.
void yield_to_others() {
  constexpr int kNiceness = 10;
  setpriority(PRIO_PROCESS, 0, kNiceness);  // on Linux, of this thread
}

std::string day_of(topup::Timestamp at) { return to_wib(at).substr(0, 10); }

// Those that a keeper made, by their names, in which the oldest comes first.
std::vector<fs::path> made_in(const fs::path& folder) {
  std::vector<fs::path> made;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator{folder, missing}) {
    auto name = entry.path().filename().string();
    if (name.starts_with(kBeginning) && name.ends_with(kEnd)) made.push_back(entry.path());
  }
  std::sort(made.begin(), made.end());
  return made;
}

}  // namespace

Keeper::Keeper(Workshop& shop, KeeperOptions options) : shop_{shop}, options_{std::move(options)} {
  see_newest();
}

Keeper::~Keeper() { stop(); }

void Keeper::start() {
  thread_ = std::thread{[this] {
    yield_to_others();
    log_head();
    std::unique_lock lock{mutex_};
    while (!stopped_.wait_for(lock, options_.look_every, [&] { return stopping_.load(); })) {
      lock.unlock();
      look();
      lock.lock();
    }
  }};
}

void Keeper::stop() {
  {
    std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  stopped_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  head_logged_ = std::nullopt;
  log_head();
}

void Keeper::look() {
  log_head();
  back_up_once_a_day();
}

BackupState Keeper::state() const {
  std::lock_guard lock{mutex_};
  return state_;
}

void Keeper::log_head() {
  auto now = shop_.clock.monotonic();
  if (head_logged_ && now < *head_logged_ + options_.head_every) return;
  try {
    auto head = shop_.store.read([](const topup::View& view) { return view.journal_head(); });
    shop_.log.info("head of the journal", {{"head", text(topup::noted(head))}});
    head_logged_ = now;
  } catch (const std::exception& failure) {
    shop_.log.error("the head of the journal was not read", {{"problem", failure.what()}});
  }
}

// Days begin at the hour, so that one that was missed is made up for.  By record time, which never
// goes back, so that no day comes twice.
void Keeper::back_up_once_a_day() {
  auto now = shop_.clock.now();
  if (options_.keep == 0) return;
  if (not_before_ && shop_.clock.monotonic() < *not_before_) return;
  auto day = day_of(now - options_.hour);
  auto file = options_.backups / (std::string{kBeginning} + day + std::string{kEnd});
  try {
    if (fs::exists(file)) return;
    fs::create_directories(options_.backups);
    clear_remains();
    make(file);
  } catch (const std::exception& failure) {
    if (!stopping_) failed(failure.what());
  }
}

void Keeper::make(const fs::path& file) {
  BackupOptions options;
  options.hash = options_.hash;
  options.key = options_.key;
  options.now = shop_.clock.now();
  options.space_left = options_.space_left;
  options.stopped = [this] { return stopping_.load(); };
  auto made = back_up(options_.database, file, options);
  shop_.log.info(
      "backup made",
      {{"file", file.string()}, {"bytes", made.bytes}, {"head", text(made.report.head)}});
  ::malloc_trim(0);  // the check remembered something of every order, and the allocator keeps that
  see_newest();
  if (made.report.ok()) return drop_oldest(file);
  const auto& first = made.report.violations.front();
  failed("it breaks " + first.invariant + ": " + first.what + "; so no older one is removed");
}

// A process that died left them; a backup that somebody else is making has another name.
void Keeper::clear_remains() const {
  for (const auto& entry : fs::directory_iterator{options_.backups}) {
    auto name = entry.path().filename().string();
    if (name.starts_with(kBeginning) && name.find(".part") != std::string::npos)
      fs::remove(entry.path());
  }
}

void Keeper::drop_oldest(const fs::path& made) const {
  auto all = made_in(options_.backups);
  std::erase(all, made);
  std::erase_if(all, [&](const fs::path& backup) { return is_of_another_key(backup); });
  auto others = static_cast<std::size_t>(options_.keep - 1);
  for (std::size_t i = 0; i + others < all.size(); ++i) {
    fs::remove(all[i]);
    fs::remove(key_file_of(all[i]));
  }
}

// Another shop's, or from before the key was changed: for somebody it may be the only one.
bool Keeper::is_of_another_key(const fs::path& backup) const {
  const auto key = key_text_of(backup);
  return !options_.key.empty() && !key.empty() && key != options_.key;
}

void Keeper::see_newest() {
  BackupState state;
  auto made = made_in(options_.backups);
  struct stat status {};
  if (!made.empty() && stat(made.back().c_str(), &status) == 0)
    state = {std::chrono::seconds{status.st_mtime}, status.st_size};
  std::lock_guard lock{mutex_};
  state_ = state;
}

void Keeper::failed(const std::string& why) {
  not_before_ = shop_.clock.monotonic() + options_.retry_after;
  shop_.log.error("the backup of the day failed", {{"problem", why}});
  std::lock_guard lock{mutex_};
  state_.failed = true;
}

}  // namespace topupd
