// Copies that are whole or not there, and their way back.

#include "store/backup.h"

#include <sys/stat.h>

#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "catch.h"
#include "core/toy_seal.h"
#include "store/draft.h"
#include "store/errors.h"
#include "store/fixtures.h"
#include "store/full_disk.h"
#include "store/inspect_file.h"
#include "store/open.h"
#include "topup/commands.h"

using namespace topup;
using namespace topup::literals;
using namespace topupd;

namespace {

namespace fs = std::filesystem;

constexpr Timestamp kNow{std::chrono::hours{24 * 365 * 56}};

std::string content_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

unsigned mode_of(const fs::path& file) {
  struct stat status {};
  return stat(file.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

// A shop with some capital; its folder is gone with it.
class SealedShop {
 public:
  SealedShop() {
    umask(0022);  // what a copy is like must not depend on it
    open();
    write(*store_, [](Tx& tx) {
      REQUIRE(register_user(tx, {"admin", "A", "a@shop.id", "", Role::admin}, kNow));
    });
    earn();
  }

  void open() {
    SqliteStore::Options options;
    options.sealer = testing::toy_sealer();
    store_.emplace(database(), options);
  }
  void close() { store_.reset(); }

  // One more rupiah, and so one more posting.
  void earn() {
    write(*store_, [](Tx& tx) { REQUIRE(pay_in_capital(tx, UserId{1}, 1_idr, kNow)); });
  }

  // By so many bytes, of which the ledger knows nothing.
  void grow(std::size_t bytes) {
    write(*store_, [&](Tx& tx) { tx.put(Tier{std::string(bytes, 'x'), 1}); });
  }

  fs::path folder() const { return dir_.path(); }
  fs::path database() const { return folder() / "topup.db"; }
  fs::path copy() const { return folder() / "copy.db"; }

  // The names of everything in the folder beside the database, sorted.
  std::string others() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder()})
      names.insert(entry.path().filename().string() + " ");
    std::string text;
    for (const auto& name : names)
      if (!name.starts_with("topup.db")) text += name;
    return text;
  }

 private:
  TempDir dir_;
  std::optional<SqliteStore> store_;
};

BackupOptions sealed() {
  BackupOptions options;
  options.hash = testing::toy_hash;
  options.now = kNow;
  options.space_left = 0;
  return options;
}

Report checked(const fs::path& file, std::optional<NotedHead> noted = {}) {
  Report report;
  inspect_file(file, [&](const Archive& archive) {
    report = check(archive, {testing::toy_hash, noted});
  });
  return report;
}

std::int64_t postings_in(const fs::path& file) { return checked(file).postings; }

void tamper(const fs::path& file, const std::string& sql) {
  sqlite::Connection{file.string(), sqlite::Access::read_write}.run(sql);
}

std::string refusal_of_backup(const SealedShop& shop, const BackupOptions& options) {
  try {
    back_up(shop.database(), shop.copy(), options);
  } catch (const StoreUnusable& refusal) {
    return refusal.what();
  }
  return "made";
}

// A shop and its backup.
struct BackedUp : SealedShop {
  Backup made = back_up(database(), copy(), sealed());
};

RestoreOptions back() {
  RestoreOptions options;
  options.seals.hash = testing::toy_hash;
  options.kept_name = "before.db";
  return options;
}

RestoreOptions instead() {
  auto options = back();
  options.replaces = true;
  return options;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a backup is one sound file for nobody else's eyes, which says what it is", "[store]") {
  SealedShop shop;
  auto options = sealed();
  options.key = "the key";
  auto made = back_up(shop.database(), shop.copy(), options);
  CHECK(made.report.ok());
  CHECK(made.report.sealed);
  CHECK(made.bytes == static_cast<std::int64_t>(fs::file_size(shop.copy())));
  CHECK(mode_of(shop.copy()) == 0600);
  CHECK(mode_of(key_file_of(shop.copy())) == 0600);
  CHECK(content_of(key_file_of(shop.copy())) == "the key");
  CHECK(shop.others() == "copy.db copy.db.key ");
  auto copy = open_for_reading(shop.copy().string());
  CHECK(copy.text("SELECT head FROM backups") == text(made.report.head));
  CHECK(copy.integer("SELECT made_at FROM backups") == kNow.time_since_epoch().count());
  CHECK(copy.text("PRAGMA journal_mode") == "delete");
}

TEST_CASE("a backup is of one moment, however much is written meanwhile", "[store]") {
  SealedShop shop;
  shop.grow(6'000'000);  // more than is copied in one step
  int steps = 0;
  auto options = sealed();
  options.progress = [&](std::int64_t, std::int64_t) {
    if (++steps < 100) shop.earn();
  };
  auto made = back_up(shop.database(), shop.copy(), options);
  CHECK(steps == 2);
  CHECK(made.report.postings == 1);
  CHECK(postings_in(shop.copy()) == 1);
  CHECK(postings_in(shop.database()) == 3);
  CHECK(checked(shop.database(), made.report.head).ok());
}

TEST_CASE("a backup that can't be finished leaves nothing, and the shop goes on", "[store]") {
  SealedShop shop;
  auto no_space = sealed();
  no_space.space_left = std::int64_t{1} << 60U;
  CHECK(contains(refusal_of_backup(shop, no_space), "there is no space for it"));
  CHECK(shop.others() == "");

  auto stopped = sealed();
  stopped.stopped = [] { return true; };
  CHECK(contains(refusal_of_backup(shop, stopped), "it was stopped"));
  CHECK(shop.others() == "");

  for (std::int64_t bytes : {0, 4096, 100'000}) {
    INFO(bytes << " bytes fit");
    {
      FullDisk disk{".part", bytes};
      CHECK(contains(refusal_of_backup(shop, sealed()), "full"));
    }
    CHECK(shop.others() == "");
    shop.earn();
  }
  CHECK(refusal_of_backup(shop, sealed()) == "made");
  CHECK(checked(shop.database()).ok());
}

TEST_CASE("a backup takes nobody's place", "[store]") {
  struct Row {
    std::string name;
    void (*put)(const fs::path& name);
  };
  const Row rows[] = {
      {"copy.db", [](const fs::path& name) { std::ofstream{name} << "mine"; }},
      {"copy.db", [](const fs::path& name) { fs::create_symlink("nowhere", name); }},
      {"copy.db", [](const fs::path& name) { fs::create_directory(name); }},
      {"copy.db-wal", [](const fs::path& name) { std::ofstream{name} << "mine"; }},
      {"copy.db.part", [](const fs::path& name) { fs::create_symlink("elsewhere", name); }},
  };
  for (const auto& [name, put] : rows) {
    SealedShop shop;
    put(shop.folder() / name);
    auto refusal = refusal_of_backup(shop, sealed());
    INFO(name << ": " << refusal);
    CHECK(contains(refusal, name));
    CHECK(shop.others() == name + " ");
  }
}

TEST_CASE("a file that appears while the backup is made is left alone", "[store]") {
  SealedShop shop;
  auto options = sealed();
  options.progress = [&](std::int64_t, std::int64_t) { std::ofstream{shop.copy()} << "mine"; };
  CHECK(contains(refusal_of_backup(shop, options), "File exists"));
  CHECK(content_of(shop.copy()) == "mine");
}

TEST_CASE("two backups of one name don't get into each other's way", "[store]") {
  SealedShop shop;
  auto options = sealed();
  std::string second;
  options.progress = [&](std::int64_t, std::int64_t) {
    second = refusal_of_backup(shop, sealed());
  };
  CHECK(back_up(shop.database(), shop.copy(), options).report.ok());
  CHECK(contains(second, "by somebody else"));
  CHECK(checked(shop.copy()).ok());
}

TEST_CASE("what a killed backup left is overwritten by the next", "[store]") {
  SealedShop shop;
  std::ofstream{with(shop.copy(), ".part")} << std::string(1'000'000, 'x');
  std::ofstream{with(shop.copy(), ".part-journal")} << "x";
  CHECK(refusal_of_backup(shop, sealed()) == "made");
  CHECK(shop.others() == "copy.db ");
  CHECK(checked(shop.copy()).ok());
}

TEST_CASE("a copy of books that are wrong is kept and says so, one of damaged pages is not",
          "[store]") {
  SealedShop shop;
  tamper(shop.database(), "UPDATE postings SET amount = amount + 1");
  auto made = back_up(shop.database(), shop.copy(), sealed());
  CHECK_FALSE(made.report.ok());
  CHECK(fs::exists(shop.copy()));

  SealedShop other;
  tamper(other.database(),
         "PRAGMA writable_schema = ON;"
         "UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'entries_once_in_slot'");
  CHECK(contains(refusal_of_backup(other, sealed()), "copy.db.part"));
  CHECK(other.others() == "");
}

TEST_CASE("what was backed up is what is restored, and the shop goes on from there", "[store]") {
  BackedUp shop;
  shop.earn();
  shop.close();
  auto restored = restore(shop.copy(), shop.database(), instead());
  CHECK(restored.report.ok());
  CHECK(restored.report.head == shop.made.report.head);
  CHECK(restored.kept == shop.folder() / "before.db");
  CHECK(postings_in(restored.kept) == 2);
  CHECK(postings_in(shop.database()) == 1);
  CHECK(mode_of(shop.database()) == 0600);
  shop.open();
  shop.earn();
  CHECK(checked(shop.database(), shop.made.report.head).ok());
}

TEST_CASE("a database that is there is replaced only if that was asked for", "[store]") {
  BackedUp shop;
  shop.earn();
  shop.close();
  CHECK_THROWS_AS(restore(shop.copy(), shop.database(), back()), StoreUnusable);
  CHECK(postings_in(shop.database()) == 2);
  fs::remove(shop.database());
  CHECK(restore(shop.copy(), shop.database(), back()).kept.empty());
  CHECK(postings_in(shop.database()) == 1);
}

TEST_CASE("a backup that is not sound changes nothing", "[store]") {
  struct Row {
    std::string what;
    void (*spoil)(const fs::path& copy, RestoreOptions& options);
    bool is_thrown;
  };
  const Row rows[] = {
      {"a changed row",
       [](const fs::path& copy, RestoreOptions&) {
         tamper(copy, "UPDATE postings SET amount = amount + 1");
       },
       false},
      {"another head",
       [](const fs::path&, RestoreOptions& options) {
         options.seals.noted = NotedHead{2, 0, {}};
       },
       false},
      {"damaged pages",
       [](const fs::path& copy, RestoreOptions&) {
         std::fstream{copy, std::ios::in | std::ios::out | std::ios::binary}.seekp(8'000)
             << std::string(9'000, 'x');
       },
       true},
      {"half a file", [](const fs::path& copy, RestoreOptions&) { fs::resize_file(copy, 20'000); },
       true},
      {"no database", [](const fs::path& copy, RestoreOptions&) { std::ofstream{copy} << "hello"; },
       true},
      {"nothing", [](const fs::path& copy, RestoreOptions&) { std::ofstream{copy}; }, true},
  };
  for (const auto& [what, spoil, is_thrown] : rows) {
    INFO(what);
    BackedUp shop;
    shop.earn();
    shop.close();
    auto options = instead();
    spoil(shop.copy(), options);
    if (is_thrown)
      CHECK_THROWS_AS(restore(shop.copy(), shop.database(), options), StoreError);
    else
      CHECK_FALSE(restore(shop.copy(), shop.database(), options).report.ok());
    CHECK(postings_in(shop.database()) == 2);
    CHECK(shop.others() == "copy.db ");
  }
}

// As after kill -9: what was committed is in the log alone.
TEST_CASE("what stood in the log of the replaced database is kept with it", "[store]") {
  BackedUp shop;
  shop.earn();
  TempDir killed;
  for (const std::string end : {"", "-wal"})
    fs::copy_file(with(shop.database(), end), killed.path() / ("topup.db" + end));
  auto restored = restore(shop.copy(), killed.path() / "topup.db", instead());
  CHECK_FALSE(fs::exists(with(restored.kept, "-wal")));
  CHECK(postings_in(restored.kept) == 2);
  CHECK(postings_in(killed.path() / "topup.db") == 1);
}

TEST_CASE("the log of a database that is gone does not get into the restored one", "[store]") {
  BackedUp shop;
  shop.earn();
  TempDir other;
  auto database = other.path() / "topup.db";
  fs::copy_file(with(shop.database(), "-wal"), with(database, "-wal"));
  CHECK(restore(shop.copy(), database, back()).report.ok());
  CHECK(postings_in(database) == 1);
  CHECK(fs::exists(other.path() / "before.db-wal"));
}

TEST_CASE("the database before is kept with its key, which may be another", "[store]") {
  BackedUp shop;
  shop.close();
  auto options = instead();
  options.key_file = shop.folder() / "master.key";
  options.key = "new";
  std::ofstream{options.key_file} << "old";
  restore(shop.copy(), shop.database(), options);
  CHECK(content_of(options.key_file) == "new");
  CHECK(mode_of(options.key_file) == 0600);
  CHECK(content_of(shop.folder() / "before.db.key") == "old");
  options.kept_name = "second.db";
  restore(shop.copy(), shop.database(), options);
  CHECK(content_of(shop.folder() / "second.db.key") == "new");
}

TEST_CASE("where the new key can't be written no database is left beside the old one", "[store]") {
  BackedUp shop;
  shop.close();
  auto options = instead();
  options.key_file = shop.folder() / "nowhere" / "master.key";
  options.key = "new";
  CHECK_THROWS_AS(restore(shop.copy(), shop.database(), options), StoreUnusable);
  CHECK_FALSE(fs::exists(shop.database()));
  CHECK(postings_in(shop.folder() / "before.db") == 1);
}
