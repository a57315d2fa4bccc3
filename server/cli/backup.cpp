#include "store/backup.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <stdexcept>
#include <string>

#include "cli/database.h"
#include "cli/seals.h"
#include "cli/verbs.h"
#include "clock.h"
#include "data_dir.h"
#include "wib.h"

namespace topupd::cli {
namespace {

namespace fs = std::filesystem;

// A bar on a terminal, nothing in a log.
class Bar {
 public:
  Bar() : is_shown_{isatty(STDERR_FILENO) != 0} {}
  ~Bar() {
    if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  }
  Bar(const Bar&) = delete;
  Bar& operator=(const Bar&) = delete;

  void show(std::int64_t done, std::int64_t all) const {
    if (!is_shown_) return;
    constexpr std::int64_t kWidth = 40;
    auto part = std::clamp<std::int64_t>(done * 100 / std::max<std::int64_t>(all, 1), 0, 100);
    std::string bar(kWidth, '.');
    std::fill_n(bar.begin(), part * kWidth / 100, '#');
    std::cerr << "\rcopying [" << bar << "] " << part << " %" << std::flush;
    if (done >= all) std::cerr << ", checking" << std::flush;
  }
  Progress progress() const {
    return [this](std::int64_t done, std::int64_t all) { show(done, all); };
  }

 private:
  const bool is_shown_;
};

// "2026-11-22-193244"
std::string stamp() {
  auto text = to_wib(SystemTime{}.wall());
  std::erase(text, ':');
  return text.substr(0, 10) + "-" + text.substr(11, 6);
}

void say_violations(const topup::Report& report) {
  for (const auto& violation : report.violations)
    std::cout << violation.invariant << ": " << violation.what << '\n';
}

fs::path copy_of(const CommandLine& line, const Config& config) {
  if (!line.file.empty()) return line.file;
  fs::path folder{backup_dir(config)};
  fs::create_directories(folder);
  return folder / ("topup-" + stamp() + ".db");
}

// Says what is lost before it is.
void confirm_new_keys(const CommandLine& line) {
  if (master_key_of_environment())
    throw std::runtime_error{
        "the new key will be in the directory's master.key: call this without " +
        std::string{kMasterKeyVariable}};
  std::cout << "Orders, balances, the journal and resellers' passwords are kept and sealed under a "
               "new\nmaster key. Forgotten are all API keys, which resellers get anew when they "
               "log in, all second\nfactors, and the passwords of admins: topupd admin "
               "reset-password gives new ones. Everybody is\nlogged out, and heads noted before "
               "lead nowhere.\n"
            << std::flush;
  if (line.yes) return;
  std::cout << "Type yes to go on: " << std::flush;
  std::string typed;
  std::getline(std::cin, typed);
  if (typed != "yes") throw std::runtime_error{"nothing was changed"};
}

void say_forgotten(const Forgotten& forgotten) {
  std::cout << "forgotten: " << forgotten.api_keys << " API keys, " << forgotten.second_factors
            << " second factors, " << forgotten.admins_passwords << " admins' passwords\n";
}

RestoreOptions options_of(const CommandLine& line, const fs::path& file, const fs::path& dir) {
  RestoreOptions options;
  options.key_file = master_key_file(dir);
  options.seals.noted = head_of(line);
  options.replaces = line.force;
  options.kept_name = "topup-before-restore-" + stamp() + ".db";
  auto key = key_of(file, dir);
  if (key) options.seals.hash = journal_hash(*key);
  if (line.new_keys) {
    auto fresh = random_master_key();
    options.new_hash = journal_hash(fresh);
    options.now = SystemTime{}.wall();
    options.key = key_file_text(fresh);
    return options;
  }
  if (!key)
    throw std::runtime_error{"there is no key of it: put " + key_file_of(file).string() +
                             " beside it, or " + options.key_file.string() +
                             " in its place; if it is lost, see --new-keys"};
  if (!master_key_of_environment()) options.key = key_file_text(*key);
  return options;
}

}  // namespace

// Beside a running server too: it only reads.
int backup(const CommandLine& line, const Config& config) {
  auto database = existing_database(config);
  auto dir = prepare_data_dir(config.server.data);
  auto to = copy_of(line, config);

  BackupOptions options;
  if (auto key = master_key_of_environment()) {
    options.hash = journal_hash(*key);
  } else if (auto held = load_master_key(dir)) {
    options.hash = journal_hash(*held);
    options.key = key_file_text(*held);
  }
  options.now = SystemTime{}.wall();
  auto made = [&] {
    Bar bar;
    options.progress = bar.progress();
    return back_up(database, to, options);
  }();
  std::cout << to.string() << ": " << made.bytes << " bytes, " << made.report.orders << " orders\n";
  if (!options.key.empty()) std::cout << "its key: " << key_file_of(to).string() << '\n';
  say_violations(made.report);
  std::cout << verdict(made.report) << "\nhead " << text(made.report.head) << '\n';
  if (made.report.ok()) return 0;
  std::cout << "the copy was kept, but it is no sound one\n";
  return 1;
}

int restore(const CommandLine& line, const Config& config) {
  fs::path file{line.file};
  if (!fs::exists(file)) throw std::runtime_error{"there is no " + line.file};
  auto dir = prepare_data_dir(config.server.data);
  DataDirLock lock{dir};
  auto database = dir / "topup.db";
  if (fs::exists(database) && !line.force)
    throw std::runtime_error{database.string() +
                             " exists; with --force it is kept under another name"};

  if (line.new_keys) confirm_new_keys(line);
  auto options = options_of(line, file, dir);
  if (!options.seals.hash) std::cout << "there is no key of it, so its seals are not checked\n";
  auto restored = [&] {
    Bar bar;
    options.progress = bar.progress();
    return topupd::restore(file, database, options);
  }();
  say_violations(restored.report);
  if (!restored.report.ok())
    throw std::runtime_error{line.file +
                             " is no sound backup, or its key is another one; nothing was "
                             "changed"};
  if (line.new_keys) say_forgotten(restored.forgotten);
  std::cout << restored.report.orders << " orders restored\n"
            << verdict(restored.report) << "\nhead " << text(restored.report.head) << '\n';
  if (!restored.kept.empty())
    std::cout << "the database before is " << restored.kept.string() << '\n';
  return 0;
}

}  // namespace topupd::cli
