// Codes with an amount: those of gateways, and our own.

#include <stdexcept>

#include "catch.h"
#include "gateways/qris.h"
#include "sandbox/qris_changes.h"
#include "sandbox/qris_codes.h"

using namespace qris_codes;

TEST_CASE("the amount of an issued code is read wherever it stands", "[qris]") {
  CHECK(qris::read_issued(kG)->amount == 15'000);
  CHECK(qris::read_issued(kA50123)->amount == 50'123);
  CHECK_FALSE(qris::read_issued(kA)->amount.has_value());
  for (auto [field, amount] : {
           std::pair{"54041000", std::int64_t{1'000}},
           std::pair{"54051000.", std::int64_t{1'000}},
           std::pair{"54071000.00", std::int64_t{1'000}},
           std::pair{"54139999999999999", std::int64_t{9'999'999'999'999}},
       }) {
    CAPTURE(field);
    auto issued = qris::read_issued(resealed(kG, "540815000.00", field));
    REQUIRE(issued);
    CHECK(issued->amount == amount);
  }
}

TEST_CASE("an issued code with a damaged text or amount is none", "[qris]") {
  CHECK_FALSE(qris::read_issued(""));
  CHECK_FALSE(qris::read_issued("https://contoh.id/qr"));
  CHECK_FALSE(qris::read_issued(replaced(kG, "D3BE", "D3BF")));
  for (const auto* field :
       {"54010", "5405-1000", "54071000.50", "54041e05", "54050100.", "5401."}) {
    CAPTURE(field);
    CHECK_FALSE(qris::read_issued(resealed(kG, "540815000.00", field)));
  }
}

TEST_CASE("a new code reads back, and is a dynamic code to the paste check", "[qris]") {
  auto text = qris::make_dynamic(
      {"TOKO DENGAN NAMA YANG SANGAT PANJANG", "JAKARTA", "SANDBOX1", 7, 12'345, "INV-ABCDEF"});
  CHECK(verdict(text) == "already_dynamic 01");
  auto issued = qris::read_issued(text);
  REQUIRE(issued);
  CHECK(issued->amount == 12'345);
  CHECK(issued->reference == "INV-ABCDEF");
  CHECK(issued->merchant_name == "TOKO DENGAN NAMA YANG SAN");

  auto as_static = resealed(replaced(text, "010212", "010211"), "540512345", "");
  CHECK(verdict(as_static) == "ok");
  CHECK(warnings(as_static).empty());
  CHECK(qris::with_amount(accepted(as_static), 12'345) == text);
}

TEST_CASE("a new code with a field out of range is refused", "[qris]") {
  qris::NewCode good{"TOKO", "JAKARTA", "SANDBOX1", 7, 1, "INV-A"};
  CHECK_NOTHROW(qris::make_dynamic(good));
  for (auto change : {+[](qris::NewCode& c) { c.amount = 0; },
                      +[](qris::NewCode& c) { c.amount = 10'000'000'000'000; },
                      +[](qris::NewCode& c) { c.merchant_name = ""; },
                      +[](qris::NewCode& c) { c.city = "JAK\nARTA"; },
                      +[](qris::NewCode& c) { c.reference = ""; },
                      +[](qris::NewCode& c) { c.reference = std::string(26, 'A'); },
                      +[](qris::NewCode& c) { c.serial = -1; }}) {
    auto bad = good;
    change(bad);
    CHECK_THROWS_AS(qris::make_dynamic(bad), std::invalid_argument);
  }
}
