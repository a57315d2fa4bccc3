#include "work/keeper.h"

#include <fstream>
#include <sstream>
#include <string>

#include "catch.h"
#include "core/toy_seal.h"
#include "process/temp_dir.h"
#include "store/full_disk.h"
#include "store/sqlite.h"
#include "store/sqlite_store.h"
#include "topup/commands.h"

using namespace topupd;
using namespace topup::literals;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

// 2026-01-01 12:00 in WIB.
constexpr topup::Timestamp kNoon{1'767'243'600'000ms};

SqliteStore::Options toy_sealed() {
  SqliteStore::Options options;
  options.sealer = topup::testing::toy_sealer();
  return options;
}

// A shop on a file, its clock, and a keeper that looks when it is told to.
struct KeptShop {
  TempDir dir;
  FakeTime time{kNoon};
  Clock clock{time, std::nullopt};
  Log log{{LogLevel::info, LogFormat::text, (dir.path() / "log").string()}};
  SqliteStore store{dir.path() / "topup.db", toy_sealed()};
  Workshop workshop{store, {}, clock, log, {}, {}};
  std::optional<Keeper> keeper;

  explicit KeptShop(std::int64_t keep = 3) {
    write([&](topup::Tx& tx) {
      REQUIRE(topup::register_user(tx, {"admin", "A", "a@x.id", "", topup::Role::admin}, now()));
    });
    start(keep);
  }

  void start(std::int64_t keep) {
    KeeperOptions options;
    options.database = dir.path() / "topup.db";
    options.backups = backups();
    options.keep = keep;
    options.hash = topup::testing::toy_hash;
    options.key = "key";
    options.space_left = 0;
    keeper.emplace(workshop, options);
  }

  template <class Body>
  void write(Body body) {
    REQUIRE(store.transact([&](topup::Tx& tx) -> topup::Status {
      body(tx);
      return topup::Nothing{};
    }));
  }
  void earn() {
    write([&](topup::Tx& tx) { REQUIRE(pay_in_capital(tx, topup::UserId{1}, 1_idr, now())); });
  }

  void tamper(const std::string& sql) const {
    sqlite::Connection{(dir.path() / "topup.db").string(), sqlite::Access::read_write}.run(sql);
  }

  topup::Timestamp now() { return clock.now(); }
  fs::path backups() const { return dir.path() / "backups"; }

  void look_after(std::chrono::milliseconds passed) {
    time.advance(passed);
    keeper->look();
  }

  // The names in the folder, sorted, without the keys'.
  std::string made() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{backups()})
      if (!entry.path().string().ends_with(".key")) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    std::string text;
    for (const auto& name : names)
      text += (text.empty() ? "" : " ") + name;
    return text;
  }

  std::size_t logged(const std::string& words) const {
    CHECK(log.flush(std::chrono::minutes{1}));
    std::ifstream stream{dir.path() / "log"};
    std::size_t count = 0;
    for (std::string line; std::getline(stream, line);)
      count += line.find(words) != std::string::npos ? 1U : 0U;
    return count;
  }
};

}  // namespace

TEST_CASE("a day's backup is made once, and the oldest goes with its key", "[work]") {
  KeptShop shop;
  for (int look = 0; look < 3; ++look)
    shop.look_after(1min);
  CHECK(shop.made() == "daily-2026-01-01.db");
  CHECK(shop.logged("backup made") == 1);
  for (int day = 0; day < 3; ++day)
    shop.look_after(24h);
  CHECK(shop.made() == "daily-2026-01-02.db daily-2026-01-03.db daily-2026-01-04.db");
  CHECK(fs::exists(shop.backups() / "daily-2026-01-02.db.key"));
  CHECK_FALSE(fs::exists(shop.backups() / "daily-2026-01-01.db.key"));
}

TEST_CASE("a backup with another key than the shop's is nobody's to remove", "[work]") {
  KeptShop shop{1};
  fs::create_directories(shop.backups());
  std::ofstream{shop.backups() / "daily-2025-12-30.db"} << "theirs";
  std::ofstream{shop.backups() / "daily-2025-12-30.db.key"} << "another key";
  std::ofstream{shop.backups() / "daily-2025-12-31.db"} << "ours";
  std::ofstream{shop.backups() / "daily-2025-12-31.db.key"} << "key";
  shop.look_after(1min);
  CHECK(shop.made() == "daily-2025-12-30.db daily-2026-01-01.db");
  CHECK(fs::exists(shop.backups() / "daily-2025-12-30.db.key"));
}

TEST_CASE("a day begins at its hour, and one that was missed is made up for", "[work]") {
  KeptShop shop;
  shop.look_after(1min);
  shop.look_after(14h + 58min);  // 02:59
  CHECK(shop.made() == "daily-2026-01-01.db");
  shop.look_after(1min);
  CHECK(shop.made() == "daily-2026-01-01.db daily-2026-01-02.db");
  shop.look_after(47h);  // 02:00
  CHECK(shop.made() == "daily-2026-01-01.db daily-2026-01-02.db daily-2026-01-03.db");
}

TEST_CASE("other files in the folder are left alone, what a killed keeper left is not", "[work]") {
  KeptShop shop{1};
  fs::create_directories(shop.backups());
  for (const std::string name : {"topup-2025-01-01-000000.db", "daily-2025-12-30.db.part",
                                 "daily-2025-12-30.db.part-journal", "a.db.part"})
    std::ofstream{shop.backups() / name} << "x";
  shop.look_after(1min);
  CHECK(shop.made() == "a.db.part daily-2026-01-01.db topup-2025-01-01-000000.db");
}

TEST_CASE("without backups to keep none is made", "[work]") {
  KeptShop shop{0};
  shop.look_after(48h);
  CHECK_FALSE(fs::exists(shop.backups()));
  CHECK(shop.keeper->state().made_at == 0s);
}

TEST_CASE("a clock that is set back makes no day twice and removes no backup", "[work]") {
  KeptShop shop{2};
  shop.look_after(1min);
  shop.look_after(24h);
  shop.time.jump_wall(-72h);
  shop.look_after(1min);
  CHECK(shop.made() == "daily-2026-01-01.db daily-2026-01-02.db");
  shop.look_after(48h);
  CHECK(shop.made() == "daily-2026-01-02.db daily-2026-01-03.db");
}

TEST_CASE("a backup from a time to come is not the reason to remove the one just made", "[work]") {
  KeptShop shop{1};
  fs::create_directories(shop.backups());
  std::ofstream{shop.backups() / "daily-2031-01-01.db"} << "x";
  shop.look_after(1min);
  CHECK(shop.made() == "daily-2026-01-01.db");
}

TEST_CASE("a backup that fails is tried again after an hour and shown meanwhile", "[work]") {
  KeptShop shop;
  shop.look_after(1min);
  const auto before = shop.keeper->state();
  CHECK(before.bytes > 0);
  CHECK_FALSE(before.failed);
  {
    FullDisk disk{".part", 8192};
    for (auto passed : {std::chrono::milliseconds{24h}, std::chrono::milliseconds{59min}})
      shop.look_after(passed);
    CHECK(shop.logged("the backup of the day failed") == 1);
    CHECK(shop.keeper->state().failed);
    CHECK(shop.keeper->state().made_at == before.made_at);
    shop.look_after(1min);
    CHECK(shop.logged("the backup of the day failed") == 2);
  }
  CHECK(shop.made() == "daily-2026-01-01.db");
  shop.earn();
  shop.look_after(1h);
  CHECK(shop.made() == "daily-2026-01-01.db daily-2026-01-02.db");
  CHECK_FALSE(shop.keeper->state().failed);
}

TEST_CASE("a folder that can't be made is a failed backup", "[work]") {
  KeptShop shop;
  std::ofstream{shop.backups()} << "a file";
  shop.look_after(1min);
  CHECK(shop.keeper->state().failed);
  fs::remove(shop.backups());
  shop.look_after(1h);
  CHECK(shop.made() == "daily-2026-01-01.db");
}

TEST_CASE("a backup of books that are wrong is kept and removes no older one", "[work]") {
  KeptShop shop{1};
  shop.earn();
  shop.look_after(1min);
  shop.tamper("UPDATE postings SET amount = amount + 1");
  shop.look_after(24h);
  CHECK(shop.made() == "daily-2026-01-01.db daily-2026-01-02.db");
  CHECK(shop.logged("breaks I") == 1);
  CHECK(shop.keeper->state().failed);
}

TEST_CASE("after a restart the newest backup is known and not made again", "[work]") {
  KeptShop shop;
  shop.look_after(1min);
  const auto before = shop.keeper->state();
  shop.start(3);
  CHECK(shop.keeper->state().made_at == before.made_at);
  CHECK(shop.keeper->state().bytes == before.bytes);
  shop.look_after(1min);
  CHECK(shop.logged("backup made") == 1);
}

TEST_CASE("the head is logged when the keeper starts and stops, and once an hour", "[work]") {
  KeptShop shop{0};
  shop.keeper->start();
  shop.keeper->stop();
  CHECK(shop.logged("head=0-0-") == 2);
  shop.start(0);
  shop.look_after(1min);
  CHECK(shop.logged("head=0-0-") == 3);
  shop.earn();
  shop.look_after(59min);
  CHECK(shop.logged("head=1-0-") == 0);
  shop.look_after(1min);
  CHECK(shop.logged("head=1-0-") == 1);
}
