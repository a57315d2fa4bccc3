// Proof, copies and their way back with the real binary.

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "server/real_server.h"
#include "server/running_shop.h"
#include "store/sqlite.h"

using namespace topupd::test;

namespace {

namespace fs = std::filesystem;

std::string order(int number) {
  return R"({"layanan":"1","target":")" + std::to_string(1'000'000 + number) + R"("})";
}

// Orders one after the other, as long as it lives.
class Buyer {
 public:
  explicit Buyer(const RealServer& server) : client_{server.port(), server.demo_key()} {
    thread_ = std::thread{[this] {
      while (!stops_)
        if (client_.post("/api/order/create", order(10 * ++placed_)).status != 200) return;
    }};
  }
  ~Buyer() { stop(); }
  Buyer(const Buyer&) = delete;
  Buyer& operator=(const Buyer&) = delete;

  void stop() {
    stops_ = true;
    if (thread_.joinable()) thread_.join();
  }
  int placed() const { return placed_; }

 private:
  SmallClient client_;
  std::atomic<int> placed_ = 0;
  std::atomic<bool> stops_ = false;
  std::thread thread_;
};

struct Place {
  TempDir dir;
  std::string data = (dir.path() / "data").string();
  std::string copy = (dir.path() / "copy.db").string();

  Finished topupd(std::vector<std::string> words, const std::string& in = "") const {
    words.insert(words.end(), {"--data", in.empty() ? data : in});
    return run(call_of(words));
  }
  std::string other(const std::string& name) const { return (dir.path() / name).string(); }
};

// A server that sold something and stopped, and its backup.
struct SoldAndStopped : Place {
  std::string key;
  std::string head;

  SoldAndStopped() {
    RealServer server{data, {"--demo", "--sandbox.delay_ms", "20"}};
    key = server.demo_key();
    SmallClient client{server.port(), key};
    const auto placed = client.post("/api/order/create", order(0));
    REQUIRE(final_order(client, placed.text("/data/id")).text("/data/status") == "Success");
    REQUIRE(server.stop() == 0);
    const auto made = topupd({"backup", copy});
    REQUIRE(made.exit_code == 0);
    head = head_in(made.out);
  }

  static std::string head_in(const std::string& out) {
    const auto begin = out.find("head ") + 5;
    return out.substr(begin, out.find('\n', begin) - begin);
  }
};

void tamper(const std::string& file, const std::string& sql) {
  topupd::sqlite::Connection{file, topupd::sqlite::Access::read_write}.run(sql);
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a backup beside a busy server is sound, and a shop restored from it sells", "[server]") {
  Place place;
  RealServer server{place.data, {"--demo", "--sandbox.delay_ms", "20"}};
  const auto key = server.demo_key();
  Buyer buyer{server};
  REQUIRE(eventually([&] { return buyer.placed() > 5; }));
  const auto made = place.topupd({"backup", place.copy});
  INFO(made.out << made.err);
  CHECK(made.exit_code == 0);
  CHECK(contains(made.out, "every invariant holds\n"));
  CHECK(made.err.empty());  // no bar where there is no terminal
  const auto dated = place.topupd({"backup"});
  CHECK(dated.exit_code == 0);
  CHECK(contains(dated.out, place.data + "/backups/topup-"));
  buyer.stop();

  const auto head = SoldAndStopped::head_in(made.out);
  CHECK(place.topupd({"verify", "--head", head}).exit_code == 0);
  const auto alone = place.topupd({"verify", "--file", place.copy, "--head", head}, "/nonexistent");
  CHECK(alone.exit_code == 0);
  CHECK(contains(alone.out, "every invariant holds\nhead " + head));
  CHECK(
      contains(place.topupd({"restore", place.copy}).err, std::to_string(server.process().pid())));
  CHECK(server.stop() == 0);
  CHECK(contains(server.logged(), "head of the journal"));

  const auto moved = place.other("moved");
  const auto restored = place.topupd({"restore", place.copy, "--head", head}, moved);
  INFO(restored.out << restored.err);
  CHECK(restored.exit_code == 0);
  CHECK(contains(restored.out, "head " + head));
  RealServer second{moved, {"--demo", "--sandbox.delay_ms", "20"}};
  SmallClient client{second.port(), key};
  const auto placed = client.post("/api/order/create", order(5'000'000));
  CHECK(final_order(client, placed.text("/data/id")).text("/data/status") == "Success");
  CHECK(second.stop() == 0);
  CHECK(place.topupd({"verify", "--head", head}, moved).exit_code == 0);
}

TEST_CASE("a restored shop is the one of the backup, and the one before is kept with its key",
          "[server]") {
  SoldAndStopped shop;
  const auto refused = shop.topupd({"restore", shop.copy});
  CHECK(refused.exit_code == 1);
  CHECK(contains(refused.err, "exists; with --force it is kept"));

  const auto other = shop.other("other");
  CHECK(RealServer{other}.stop() == 0);
  const auto restored = shop.topupd({"restore", shop.copy, "--force"}, other);
  INFO(restored.out << restored.err);
  CHECK(restored.exit_code == 0);
  const auto begin = restored.out.find(other + "/topup-before-restore-");
  REQUIRE(begin != std::string::npos);
  const auto kept = restored.out.substr(begin, restored.out.find('\n', begin) - begin);
  CHECK(shop.topupd({"verify", "--head", shop.head}, other).exit_code == 0);
  CHECK(shop.topupd({"verify", "--head", shop.head, "--file", kept}, other).exit_code == 1);
  CHECK(shop.topupd({"verify", "--file", kept}, other).exit_code == 0);
  const auto back = shop.other("back");
  CHECK(shop.topupd({"restore", kept}, back).exit_code == 0);
}

TEST_CASE("verify names what was changed by hand, which is neither restored nor backed up in peace",
          "[server]") {
  SoldAndStopped shop;
  tamper(shop.data + "/topup.db", "UPDATE orders SET target = '999' WHERE id = 1");
  const auto found = shop.topupd({"verify"});
  CHECK(found.exit_code == 1);
  CHECK(contains(found.out, "I39: order 1 is not what its last step made of it"));
  const auto copied = shop.topupd({"backup", shop.other("tampered.db")});
  CHECK(copied.exit_code == 1);
  CHECK(contains(copied.out, "I39: order 1"));
  const auto refused = shop.topupd({"restore", shop.other("tampered.db"), "--force"});
  CHECK(refused.exit_code == 1);
  CHECK(contains(refused.err, "nothing was changed"));
  CHECK(shop.topupd({"restore", shop.copy, "--force"}).exit_code == 0);
  CHECK(shop.topupd({"verify"}).exit_code == 0);
}

TEST_CASE("a head noted since finds an older file in the place of the newer", "[server]") {
  SoldAndStopped shop;
  std::string later;
  {
    RealServer server{shop.data, {"--demo", "--sandbox.delay_ms", "20"}};
    SmallClient client{server.port(), shop.key};
    final_order(client, client.post("/api/order/create", order(10)).text("/data/id"));
    CHECK(server.stop() == 0);
  }
  later = SoldAndStopped::head_in(shop.topupd({"verify"}).out);
  CHECK(later != shop.head);
  CHECK(shop.topupd({"verify", "--head", shop.head}).exit_code == 0);
  CHECK(shop.topupd({"restore", shop.copy, "--force"}).exit_code == 0);
  CHECK(shop.topupd({"verify"}).exit_code == 0);
  const auto cut = shop.topupd({"verify", "--head", later});
  CHECK(cut.exit_code == 1);
  CHECK(contains(cut.out, "I39: the end was cut off"));
  CHECK(shop.topupd({"verify", "--head", "12"}).exit_code == 2);
}

TEST_CASE("a backup is of use with its key alone", "[server]") {
  SoldAndStopped shop;
  const auto key_file = shop.copy + ".key";
  const auto away = shop.other("away.key");
  fs::rename(key_file, away);
  const auto without = shop.topupd({"restore", shop.copy}, shop.other("new"));
  CHECK(without.exit_code == 1);
  CHECK(contains(without.err, "there is no key of it"));
  const auto unsealed = shop.topupd({"verify", "--file", shop.copy}, shop.other("new"));
  CHECK(unsealed.exit_code == 0);
  CHECK(contains(unsealed.out, "the seals were not checked: there is no master key"));

  const auto other = shop.other("other");
  CHECK(RealServer{other}.stop() == 0);
  const auto wrong = shop.topupd({"restore", shop.copy, "--force"}, other);
  CHECK(wrong.exit_code == 1);
  CHECK(contains(wrong.err, "or its key is another one"));
  fs::rename(away, key_file);
  CHECK(shop.topupd({"restore", shop.copy, "--force"}, other).exit_code == 0);
}

TEST_CASE("a shop whose key is lost goes on under a new one, and what that costs is said before",
          "[server]") {
  SoldAndStopped shop;
  fs::remove(shop.copy + ".key");
  const auto other = shop.other("other");
  const auto asked = shop.topupd({"restore", shop.copy, "--new-keys"}, other);
  CHECK(asked.exit_code == 1);
  CHECK(contains(asked.out, "Forgotten are all API keys"));
  CHECK(contains(asked.err, "nothing was changed"));
  CHECK_FALSE(fs::exists(other + "/topup.db"));

  const auto restored = shop.topupd({"restore", shop.copy, "--new-keys", "--yes"}, other);
  INFO(restored.out << restored.err);
  CHECK(restored.exit_code == 0);
  CHECK(contains(restored.out, "its seals are not checked"));
  CHECK(contains(restored.out, "every invariant holds\nhead "));
  CHECK(shop.topupd({"verify", "--head", SoldAndStopped::head_in(restored.out)}, other).exit_code ==
        0);
  CHECK(shop.topupd({"verify", "--head", shop.head}, other).exit_code == 1);
  CHECK(shop.topupd({"admin", "reset-password", "--username", "admin"}, other).exit_code == 0);
  RealServer server{other, {"--demo"}};
  SmallClient client{server.port(), shop.key};
  CHECK(client.post("/api/order/create", order(10)).status == 401);
  CHECK(server.stop() == 0);
}

TEST_CASE("a shop whose key is known to others goes on under a new one if its seals hold",
          "[server]") {
  SoldAndStopped shop;
  const auto restored = shop.topupd({"restore", shop.copy, "--new-keys", "--yes", "--force"});
  INFO(restored.out << restored.err);
  CHECK(restored.exit_code == 0);
  CHECK_FALSE(contains(restored.out, "not checked"));
  CHECK(shop.topupd({"verify"}).exit_code == 0);
  CHECK(shop.topupd({"verify", "--file", shop.copy}).exit_code == 0);

  tamper(shop.copy, "UPDATE orders SET target = '999' WHERE id = 1");
  const auto other = shop.other("other");
  const auto refused = shop.topupd({"restore", shop.copy, "--new-keys", "--yes"}, other);
  CHECK(refused.exit_code == 1);
  CHECK(contains(refused.out, "I39: order 1"));
  CHECK_FALSE(fs::exists(other + "/topup.db"));
}

TEST_CASE("a shop whose database went away is nobody's new shop, and restore brings it back",
          "[server]") {
  const SoldAndStopped shop;
  const fs::path data{shop.data};
  const bool is_empty = GENERATE(false, true);
  CAPTURE(is_empty);
  fs::remove(data / "master.key");
  if (is_empty)
    fs::resize_file(data / "topup.db", 0);
  else
    fs::remove(data / "topup.db");
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"serve", "--listen", "127.0.0.1:0"}, {"admin", "create", "--username", "boss"}}) {
    const auto refused = shop.topupd(words);
    INFO(refused.out << refused.err);
    CHECK(refused.exit_code == 1);
    CHECK(contains(refused.err, "topupd restore"));
    CHECK_FALSE(fs::exists(data / "master.key"));
  }
  const auto verified = shop.topupd({"verify"});
  CHECK(verified.exit_code == 1);
  CHECK(contains(verified.err, is_empty ? "topupd restore" : "there is no"));
  const auto restored = shop.topupd({"restore", shop.copy, "--force"});
  INFO(restored.out << restored.err);
  CHECK(restored.exit_code == 0);
  RealServer server{shop.data, {"--demo"}};
  CHECK(SmallClient{server.port(), shop.key}.get("/api/user/me").outcome() == "200");
  CHECK(server.stop() == 0);
}
