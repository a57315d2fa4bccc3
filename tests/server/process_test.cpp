// The real binary as a process: its start, its end, its directory, its log.

#include <sys/resource.h>
#include <sys/stat.h>

#include <future>
#include <memory>
#include <string>

#include "catch.h"
#include "process/fifo.h"
#include "server/real_server.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

// The permission bits.
unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

// The report, without what it took.
std::string verified(const std::string& data) {
  const auto finished = run(call_of({"verify", "--json", "--data", data}));
  INFO(finished.out << finished.err);
  CHECK(finished.exit_code == 0);
  return finished.out.substr(0, finished.out.find(",\"milliseconds\""));
}

std::string order(const std::string& target) {
  return R"({"layanan":"1","target":")" + target + R"("})";
}

}  // namespace

TEST_CASE("SIGTERM ends the server with 0, and the next start finishes what it accepted",
          "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  // Long enough for most of them to be under way when the signal comes.
  const std::vector<std::string> demo{"--demo", "--sandbox.delay_ms", "300"};
  std::string key;
  std::vector<std::string> ids;
  {
    RealServer server{data, demo};
    key = server.demo_key();
    SmallClient client{server.port(), key};
    for (const std::string last : {"0", "1", "2", "3", "4", "5", "6", "7", "8"}) {
      const auto placed = client.post("/api/order/create", order("12345" + last));
      REQUIRE(placed.outcome() == "200");
      ids.push_back(placed.text("/data/id"));
    }
    CHECK(server.stop() == 0);
  }
  verified(data);
  RealServer server{data, demo};
  SmallClient client{server.port(), key};
  const std::vector<std::string> wanted{"Success", "Success", "Error",   "Error",  "Success",
                                        "Error",   "Success", "Success", "Success"};
  std::vector<std::string> statuses;
  for (const auto& id : ids)
    statuses.push_back(final_order(client, id).text("/data/status"));
  CHECK(statuses == wanted);
  CHECK(balance_of(client) == kDemoBalance - 60'000);
  CHECK(server.stop() == 0);
  verified(data);
}

TEST_CASE("an order that was answered survives kill -9", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  const std::vector<std::string> demo{"--demo", "--sandbox.delay_ms", "50"};
  std::string key;
  std::string id;
  {
    RealServer server{data, demo};
    key = server.demo_key();
    SmallClient client{server.port(), key};
    id = client.post("/api/order/create", order("123450")).text("/data/id");
    server.process().signal(SIGKILL);
    CHECK(server.process().wait() == 128 + SIGKILL);
  }
  RealServer server{data, demo};
  SmallClient client{server.port(), key};
  const auto status = final_order(client, id).text("/data/status");
  // Error: it was recorded as sent, and the supplier proves that it never came.
  CHECK((status == "Success" || status == "Error"));
  CHECK(balance_of(client) == kDemoBalance - (status == "Success" ? 10'000 : 0));
  CHECK(server.stop() == 0);
  verified(data);
}

TEST_CASE("the signal by which the server ends itself does nothing when somebody else sends it",
          "[server]") {
  TempDir dir;
  RealServer server{(dir.path() / "data").string()};
  SmallClient client{server.port(), server.demo_key()};
  server.process().signal(SIGUSR1);
  CHECK(client.get("/api/user/me").outcome() == "200");
  CHECK(server.stop() == 0);
  CHECK(server.logged().find("no more writes") == std::string::npos);
}

TEST_CASE("SIGINT ends the server as SIGTERM does", "[server]") {
  TempDir dir;
  RealServer server{(dir.path() / "data").string()};
  server.process().signal(SIGINT);
  CHECK(server.process().wait() == 0);
}

TEST_CASE("a second server on the same directory ends with 1 and names the first one's pid",
          "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  RealServer first{data};
  const auto second = run(call_of({"serve", "--demo", "--data", data, "--listen", "127.0.0.1:0"}));
  CHECK(second.exit_code == 1);
  CHECK(second.err.find(std::to_string(first.process().pid())) != std::string::npos);
  CHECK(SmallClient{first.port(), first.demo_key()}.get("/api/user/me").outcome() == "200");
  CHECK(first.stop() == 0);
}

TEST_CASE("an existing directory started with --demo again holds nothing twice", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  std::string key;
  {
    RealServer server{data};
    key = server.demo_key();
    CHECK_FALSE(server.admin_password().empty());
    CHECK(server.stop() == 0);
  }
  const auto before = verified(data);
  RealServer server{data};
  CHECK(server.demo_key().empty());
  CHECK(server.admin_password().empty());
  SmallClient client{server.port(), key};
  CHECK(balance_of(client) == kDemoBalance);
  CHECK(server.stop() == 0);
  CHECK(verified(data) == before);
}

TEST_CASE("the directory is 0700 and every file in it 0600", "[server]") {
  TempDir dir;
  const auto data = dir.path() / "data";
  RealServer server{data.string()};
  SmallClient{server.port(), server.demo_key()}.post("/api/order/create", order("123450"));
  CHECK(mode_of(data) == 0700U);
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{data}) {
    INFO(entry.path());
    CHECK(mode_of(entry.path()) == (entry.is_directory() ? 0700U : 0600U));
    ++files;
  }
  CHECK(files >= 4);  // the lock, the key and two databases
  CHECK(server.stop() == 0);
}

TEST_CASE("a server whose commit failed ends with 1 and says why, and a start goes on",
          "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  std::string key;
  {
    RealServer server{data};
    key = server.demo_key();
    CHECK(server.stop() == 0);
  }
  {
    // Its log begins empty, so that no copy of it meets the limit.
    RealServer server{data, {"--demo", "--log.level", "error"}};
    SmallClient client{server.port(), key};
    CHECK(client.get("/api/user/me").outcome() == "200");
    // No file of the server's can hold another page.
    const rlimit small{4'096, 4'096};
    REQUIRE(::prlimit(server.process().pid(), RLIMIT_FSIZE, &small, nullptr) == 0);
    CHECK(client.post("/api/order/create", order("123450")).outcome() == "503 outcome_unknown");
    CHECK(server.process().wait() == 1);
    const auto log = server.logged();
    const std::string words = "the database takes no more writes";
    INFO(log);
    CHECK(log.find(words) != std::string::npos);
    CHECK(log.find(words) == log.rfind(words));
  }
  RealServer server{data};
  SmallClient client{server.port(), key};
  CHECK(client.post("/api/order/create", order("123450")).outcome() == "200");
  CHECK(server.stop() == 0);
  verified(data);
}

TEST_CASE("a directory with play money is refused without the sandbox", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  CHECK(RealServer{data}.stop() == 0);
  const auto real = run(call_of({"serve", "--data", data, "--listen", "127.0.0.1:0"}));
  CHECK(real.exit_code == 1);
  CHECK(real.err.find("play money") != std::string::npos);
}

TEST_CASE("no line of the log holds a key, a password or a session, whichever way it came",
          "[server]") {
  const std::string format = GENERATE("text", "json");
  TempDir dir;
  RealServer server{
      (dir.path() / "data").string(),
      {"--demo", "--sandbox.delay_ms", "20", "--log.level", "trace", "--log.format", format}};
  const auto key = server.demo_key();
  SmallClient client{server.port()};
  client.post("/api/auth/register", R"({"username":"toko_a","name":"Toko A","email":"a@x.com",)"
                                    R"("password":"geheim-4711"})");
  client.post("/api/auth/login", R"({"user_id":"toko_a","password":"geheim-4711"})");
  client.post("/api/auth/login", R"({"user_id":"toko_a","password":"geheim-4712"})");
  const auto opened = client.post("/api/auth/session", R"({"user_id":"admin","password":")" +
                                                           server.admin_password() + R"("})");
  REQUIRE(opened.outcome() == "200");
  const auto cookie = opened.header("set-cookie");
  const auto session = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  REQUIRE(session.size() > 16);
  client.get("/api/user/me", {{"Cookie", cookie.substr(0, cookie.find(';'))}});
  CHECK(client.get("/api/user/me?apikey=" + key).outcome() == "200");
  CHECK(client.get("/api/user/me", {{"Authorization", "Bearer " + key}}).outcome() == "200");
  client.get("/api/nothing/" + key);
  client.post("/api/order/create?apikey=" + key, "{" + key);
  client.send_raw("GET /" + key + " HTTP/9.9\r\n\r\n");
  SmallClient demo{server.port(), key};
  const auto placed = demo.post("/api/order/create", order("987654321"));
  final_order(demo, placed.text("/data/id"));
  const auto renewed = demo.post("/api/user/regenerate-key", "{}").text("/data/api_key");
  CHECK(server.stop() == 0);

  const auto log = server.logged();
  CHECK(log.find("request") != std::string::npos);
  for (const auto& secret : {key, renewed, session, server.admin_password(),
                             std::string{"geheim-471"}, std::string{"987654321"}}) {
    INFO(secret << " in\n" << log);
    CHECK((log.find(secret) == std::string::npos));
  }
}

TEST_CASE("a log that nobody reads holds no request up", "[server]") {
  constexpr int kRequests = 3'000;  // many times what a pipe holds
  Fifo fifo;
  TempDir dir;
  auto server = std::make_unique<RealServer>(
      (dir.path() / "data").string(),
      std::vector<std::string>{"--demo", "--sandbox.delay_ms", "20", "--log.file", fifo.path()});
  SmallClient client{server->port(), server->demo_key()};
  for (int i = 0; i < kRequests; ++i)
    REQUIRE(client.get("/api/user/me").outcome() == "200");
  const auto id = client.post("/api/order/create", order("123450")).text("/data/id");
  CHECK(final_order(client, id).text("/data/status") == "Success");
  CHECK(client.get("/metrics").body.find("\ntopupd_log_lines_lost 0\n") != std::string::npos);

  auto read = std::async(std::launch::async, [&] { return fifo.read_to_end(); });
  CHECK(server->stop() == 0);
  const auto log = read.get();
  std::size_t requests = 0;
  for (auto at = log.find("GET route=/api/user/me"); at != std::string::npos;
       at = log.find("GET route=/api/user/me", at + 1))
    ++requests;
  CHECK(requests == kRequests);
}

TEST_CASE("a log that is never read does not keep the server from stopping", "[server]") {
  constexpr int kRequests = 1'000;
  Fifo fifo;
  TempDir dir;
  RealServer server{(dir.path() / "data").string(), {"--demo", "--log.file", fifo.path()}};
  SmallClient client{server.port(), server.demo_key()};
  for (int i = 0; i < kRequests; ++i)
    REQUIRE(client.get("/api/user/me").outcome() == "200");
  CHECK(server.stop() == 0);
}

TEST_CASE("what was said before the program gives up is in the log", "[server]") {
  TempDir dir;
  RealServer server{(dir.path() / "data").string()};
  SmallClient client{server.port(), server.demo_key()};
  for (int i = 0; i < 50; ++i)
    CHECK(client.get("/api/user/me", {{"X-Request-Id", "asked-" + std::to_string(i)}}).outcome() ==
          "200");
  server.process().signal(SIGABRT);
  CHECK(server.process().wait() == 128 + SIGABRT);
  CHECK(server.logged().find("asked-49") != std::string::npos);
}

TEST_CASE("a shop without an admin prints once where the first is made", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  {
    RealServer server{data, {}};
    const auto printed = server.printed();
    const auto token = printed.substr(printed.find("/app/setup#") + 11, 43);
    CHECK(mode_of(dir.path() / "data" / "setup-token") == 0600);
    CHECK(server.logged().find(token) == std::string::npos);
    SmallClient client{server.port()};
    const auto made =
        client.post("/api/auth/setup", R"({"token":")" + token +
                                           R"(","username":"boss","name":"B","email":"b@x.com",)" +
                                           R"("password":"rahasia-sekali"})");
    CHECK(made.outcome() == "200");
    CHECK(server.stop() == 0);
  }
  const RealServer again{data, {}};
  CHECK(again.printed().find("setup") == std::string::npos);
}
