#include "catalogue_import.h"

#include <set>

#include "catch.h"
#include "demo.h"
#include "topup/memory_store.h"

using namespace topupd;

namespace {

const std::string kHeader = "sid,tipe,kategori,layanan,provider,sku,cost\n";

std::string problem(const std::string& table) {
  topup::MemoryStore store;
  try {
    import_catalogue(store, table);
    return "";
  } catch (const CatalogueError& error) {
    auto left = store.read([](const topup::View& v) { return v.last_id(topup::Table::services); });
    CHECK(left == 0);
    return error.what();
  }
}

}  // namespace

TEST_CASE("importing a table twice changes nothing the second time", "[catalogue]") {
  topup::MemoryStore store;
  std::string table = kHeader + "7,Games,Free Fire,70 Diamond,s1,FF70,9500\n" +
                      "7,Games,Free Fire,70 Diamond,s2,FF70,9600\n";
  for (int i = 0; i < 2; ++i) {
    auto imported = import_catalogue(store, table);
    CHECK(imported.services.all() == 1);
    CHECK(imported.offers.all() == 2);
    CHECK(imported.changes.size() == (i == 0 ? 3 : 0));
  }
  auto offers = store.read([](const topup::View& v) { return v.offers(topup::ServiceId{7}); });
  REQUIRE(offers.size() == 2);
  CHECK(offers[0].cost.units() == 9'500);
  CHECK(offers[1].cost.units() == 9'600);
}

TEST_CASE("a table that a spreadsheet wrote with semicolons is read as well", "[catalogue]") {
  topup::MemoryStore store;
  const auto imported =
      import_catalogue(store,
                       "\xef\xbb\xbfsid;tipe;kategori;layanan;provider;sku;cost;format_target\r\n"
                       "7;Games;Free Fire;70 Diamond;s1;FF70;9500;[0-9]{5,20}\r\n");
  CHECK(imported.offers.all() == 1);
  const auto service =
      store.read([](const topup::View& v) { return v.service(topup::ServiceId{7}); });
  REQUIRE(service);
  CHECK(service->target_format.text() == "[0-9]{5,20}");
}

TEST_CASE("a wrong table is refused whole, by line and column", "[catalogue]") {
  struct Row {
    std::string table;
    const char* problem;
  };
  std::string good = "1,Games,Free Fire,70 Diamond,s1,FF70,9500\n";
  for (const auto& [table, expected] : {
           Row{"", "the table has no header line"},
           Row{kHeader + good + "x,Games,F,D,s1,F,9500\n", "line 3, sid: not a whole number"},
           Row{kHeader + "0,Games,F,D,s1,F,9500\n", "line 2, sid: 0 is no sid"},
           Row{kHeader + "1000000000000,Games,F,D,s1,F,9500\n", "line 2, sid: too large"},
           Row{kHeader + "1,Games,F,D,s1,F\n", "line 2: 6 columns, not 7"},
           Row{kHeader + "1,,F,D,s1,F,9500\n", "line 2, tipe: not 1 to 200 characters"},
           Row{kHeader + "1,Games,F,D,s1,F,0\n", "line 2, cost: out of range"},
           Row{kHeader + "1,Games,F,D,s1,F,-5\n", "line 2, cost: not a whole number"},
           Row{kHeader + "1,Games,F,D,s1,F,1.5\n", "line 2, cost: not a whole number"},
           Row{"sid,tipe\n1,Games\n",
               "line 1, kategori: the column is missing\n"
               "line 1, layanan: the column is missing\n"
               "line 1, provider: the column is missing\n"
               "line 1, sku: the column is missing\n"
               "line 1, cost: the column is missing"},
           Row{kHeader + good + "1,Games,F,D,s2,F,9500\n",
               "line 3, sid: another service than in line 2"},
           Row{kHeader + good + good, "line 3, sku: the offer of line 2"},
           Row{kHeader + "1,G\xe2\x80\xae,F,D,s1,F,1\n",
               "line 2, tipe: a character that a name can't have"},
           Row{"sid,tipe,kategori,layanan,provider,sku,cost,tipe,sku\n1,G,F,D,s1,F,1,H,F\n",
               "line 1, tipe: the column is there twice\n"
               "line 1, sku: the column is there twice"},
           Row{kHeader + "x,\n" + good + "1,\"", "line 4: a quote that is not closed"},
           Row{kHeader + "x,Games,F,D,s1,F,1\n2,Games,F,D,s1,F,y\n",
               "line 2, sid: not a whole number\nline 3, cost: not a whole number"},
       }) {
    CAPTURE(table);
    CHECK(problem(table) == expected);
  }
}

TEST_CASE("the demo sells sixty services in all six kinds", "[catalogue]") {
  topup::MemoryStore store;
  auto services = import_catalogue(store, demo_catalogue()).services.added;
  CHECK(services >= 60);
  std::set<std::string> kinds;
  for (std::int64_t id = 1; id <= services; ++id) {
    auto service =
        store.read([&](const topup::View& v) { return v.service(topup::ServiceId{id}); });
    REQUIRE(service);
    kinds.insert(service->tipe);
    CHECK(service->needs_nometer == (service->tipe == "PLN"));
  }
  CHECK(kinds ==
        std::set<std::string>{"E-Money", "Games", "PLN", "Paket Data", "Pulsa", "Voucher"});
}
