// The verbs of the real binary.

#include <filesystem>
#include <fstream>
#include <string>

#include "catch.h"
#include "server/real_server.h"
#include "server/running_shop.h"
#include "store/sqlite.h"

using namespace topupd::test;

namespace {

Answer json_of(const Finished& finished) {
  Answer answer;
  answer.body = finished.out;
  return answer;
}

}  // namespace

TEST_CASE("flags --help and --version end with 0, a wrong call ends with 2", "[server]") {
  struct Row {
    std::vector<std::string> words;
    int exit_code;
    std::string said;  // on either stream
  };
  const Row rows[] = {
      {{"--help"}, 0, "serve"},
      {{"serve", "--help"}, 0, "--listen"},
      {{"verify", "--help"}, 0, "--json"},
      {{"backup", "--help"}, 0, "beside a running server"},
      {{"restore", "--help"}, 0, "--force"},
      {{"admin", "create", "--help"}, 0, "--password-stdin"},
      {{"catalog", "import", "--help"}, 0, "CSV"},
      {{"user", "erase", "--help"}, 0, "--yes"},
      {{"ledger", "export", "--help"}, 0, "beancount"},
      {{"--version"}, 0, "SQLite"},
      {{"licenses"}, 0, "Copyright"},
      {{}, 2, ""},
      {{"nothing"}, 2, ""},
      {{"serve", "--nothing"}, 2, "--nothing"},
      {{"serve", "--listen", "nowhere"}, 2, "listen"},
      {{"serve", "--sandbox.delay_ms", "soon"}, 2, "sandbox.delay_ms"},
      {{"serve", "--config", "/nonexistent.toml"}, 2, "/nonexistent.toml"},
      {{"admin", "create"}, 2, "--username"},
      {{"catalog", "import"}, 2, "file"},
      {{"user", "erase"}, 2, "username"},
      {{"restore"}, 2, "file"},
      {{"restore", "--data", "/nonexistent", "/nonexistent.db"}, 1, "no /nonexistent.db"},
      {{"backup", "--data", "/nonexistent"}, 1, "/nonexistent"},
      {{"backup", "--backup.keep", "1"}, 2, "backup.keep"},
      {{"ledger", "export"}, 2, "--format"},
      {{"reconcile", "--provider", "sandbox1"}, 2, "file"},
      {{"reconcile", "x.csv"}, 2, "--provider"},
      {{"reconcile", "x.csv", "--provider", "a", "--gateway", "b"}, 2, "--provider"},
      {{"reconcile", "/nonexistent.csv", "--provider", "a"}, 1, "/nonexistent.csv"},
      {{"ledger", "export", "--format", "excel"}, 2, "excel"},
      {{"verify", "--data", "/nonexistent"}, 1, "/nonexistent"},
      {{"verify", "--file", "/nonexistent.db"}, 1, "/nonexistent.db"},
      {{"ledger", "export", "--format", "csv", "--data", "/nonexistent"}, 1, "/nonexistent"},
      {{"catalog", "import", "--data", "/nonexistent/deep/down", "/nonexistent.csv"}, 1, ""},
  };
  for (const auto& [words, exit_code, said] : rows) {
    std::string call = "topupd";
    for (const auto& word : words)
      call += " " + word;
    const auto finished = run(call_of(words));
    INFO(call << "\n" << finished.out.substr(0, 2'000) << finished.err);
    CHECK(finished.exit_code == exit_code);
    CHECK((finished.out + finished.err).find(said) != std::string::npos);
    if (exit_code != 0) CHECK_FALSE(finished.err.empty());
  }
}

TEST_CASE("an admin is made before the first start, and logs in", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  const std::vector<std::string> create{"admin",      "create", "--data",          data,
                                        "--username", "boss",   "--password-stdin"};
  CHECK(run(call_of(create), "short\n").exit_code == 1);
  CHECK(run(call_of(create), "rahasia-sekali\n").exit_code == 0);
  const auto again = run(call_of(create), "rahasia-sekali\n");
  CHECK(again.exit_code == 1);
  CHECK(again.err.find("username_taken") != std::string::npos);

  RealServer server{data, {}};
  CHECK(server.demo_key().empty());
  const auto in = [&](const std::string& password) {
    return SmallClient{server.port()}
        .post("/api/auth/session", R"({"user_id":"boss","password":")" + password + R"("})")
        .outcome();
  };
  CHECK(in("rahasia-sekali") == "200");
  CHECK(in("rahasia-sekal1") == "401 invalid_credentials");
  // While the server runs the directory is its own.
  const auto beside =
      run(call_of({"admin", "reset-password", "--data", data, "--username", "boss"}));
  CHECK(beside.exit_code == 1);
  CHECK(beside.err.find(std::to_string(server.process().pid())) != std::string::npos);
  CHECK(server.stop() == 0);

  const auto reset =
      run(call_of({"admin", "reset-password", "--data", data, "--username", "boss"}));
  CHECK(reset.exit_code == 0);
  CHECK(reset.out.find("password: ") != std::string::npos);
  CHECK(run(call_of({"admin", "disable-otp", "--data", data, "--username", "nobody"})).exit_code ==
        1);
}

TEST_CASE("verify, ledger export and reconcile read beside the server", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  RealServer server{data, {"--demo", "--sandbox.delay_ms", "20"}};
  SmallClient client{server.port(), server.demo_key()};
  for (const std::string target : {"123450", "123452", "123458"})
    final_order(client,
                client.post("/api/order/create", R"({"layanan":"1","target":")" + target + R"("})")
                    .text("/data/id"));
  const auto words = run(call_of({"verify", "--data", data}));
  CHECK(words.exit_code == 0);
  CHECK(words.out.find("3 orders") != std::string::npos);
  CHECK(words.out.find("every invariant holds") != std::string::npos);
  const auto json = json_of(run(call_of({"verify", "--data", data, "--json"})));
  CHECK(json.at("/ok") == "true");
  CHECK(json.at("/orders") == "3");
  CHECK(json.at("/violations") == "[]");
  CHECK(json.at("/totals/user_balance") == std::to_string(kDemoBalance - 20'000));
  const auto ledger = run(call_of({"ledger", "export", "--data", data, "--format", "hledger"}));
  CHECK(ledger.exit_code == 0);
  CHECK(ledger.out.find("liabilities:user_balance:demo  0 IDR = -" +
                        std::to_string(kDemoBalance - 20'000)) != std::string::npos);
  const auto statement = (dir.path() / "sandbox1.csv").string();
  std::ofstream{statement} << "reference,amount\nT999,5\n";
  const auto compared =
      run(call_of({"reconcile", "--data", data, "--provider", "sandbox1", statement}));
  CHECK(compared.exit_code == 1);
  CHECK(compared.out.find("missing there: INV-") != std::string::npos);
  CHECK(compared.out.find("missing here: T999, 5 in line 2, unknown reference") !=
        std::string::npos);
  CHECK(run(call_of({"reconcile", "--data", data, "--provider", "nobody", statement}))
            .err.find("no supplier named nobody") != std::string::npos);
  std::ofstream{statement} << "reference,amount\n";
  const auto nothing = run(call_of(
      {"reconcile", "--data", data, "--provider", "sandbox1", "--to", "2020-01-01", statement}));
  CHECK(nothing.exit_code == 0);
  CHECK(nothing.out.find("0 matched, 0 missing here") == 0);
  CHECK(server.stop() == 0);
  CHECK(run(call_of({"verify", "--data", data})).exit_code == 0);
}

TEST_CASE("verify ends with 1 and says what is wrong where a balance was changed by hand",
          "[server]") {
  TempDir dir;
  const auto data = dir.path() / "data";
  CHECK(RealServer{data.string()}.stop() == 0);
  {
    topupd::sqlite::Connection file{(data / "topup.db").string(),
                                    topupd::sqlite::Access::read_write};
    file.run("UPDATE wallets SET balance = balance + 1");
  }
  const auto words = run(call_of({"verify", "--data", data.string()}));
  CHECK(words.exit_code == 1);
  CHECK(words.out.find("violations") != std::string::npos);
  const auto json = json_of(run(call_of({"verify", "--data", data.string(), "--json"})));
  CHECK(json.at("/ok") == "false");
  CHECK(json.number("/violations_found") > 0);
  CHECK_FALSE(json.at("/violations/0/what").empty());
}

TEST_CASE("a catalogue is imported whole or not at all, and never beside the server", "[server]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  const auto file = (dir.path() / "prices.csv").string();
  const std::string head = "sid,tipe,kategori,layanan,provider,sku,cost\n";
  std::ofstream{file} << head << "501,Games,Free Fire,Satu,sandbox1,S1,1000\n"
                      << "502,Games,Free Fire,Dua,sandbox1,S2,many\n";
  const std::vector<std::string> import{"catalog", "import", "--data", data, file};
  const auto refused = run(call_of(import));
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("line 3") != std::string::npos);

  std::ofstream{file} << head << "501,Games,Free Fire,Satu,sandbox1,S1,1000\n"
                      << "502,Games,Free Fire,Dua,sandbox1,S2,2000\n";
  const auto taken = run(call_of(import));
  CHECK(taken.exit_code == 0);
  CHECK(taken.out.find("2 services") != std::string::npos);

  RealServer server{data};
  CHECK(run(call_of(import)).exit_code == 1);
  SmallClient client{server.port(), server.demo_key()};
  CHECK(client.get("/api/services?q=satu").text("/data/Games/0/sid") == "501");
  CHECK(server.stop() == 0);
}
