#include "gateways/qris.h"

#include "catch.h"
#include "gateways/emv.h"
#include "sandbox/qris_changes.h"
#include "sandbox/qris_codes.h"

using namespace qris_codes;

namespace {

std::string tail(const std::string& text, std::size_t size) {
  return text.substr(text.size() - size);
}

}  // namespace

TEST_CASE("a static code becomes one with an amount, byte for byte", "[qris]") {
  CHECK(qris::with_amount(accepted(kA), 10'000) == kA10000);
  CHECK(tail(*qris::with_amount(accepted(kA), 1), kA1Tail.size()) == kA1Tail);
  CHECK(qris::with_amount(accepted(kA), 50'123) == kA50123);  // a checksum with leading zeros
  CHECK(tail(*qris::with_amount(accepted(kA), 10'000'000), kA10000000Tail.size()) ==
        kA10000000Tail);
  CHECK(qris::with_amount(accepted(kB), 25'001) == kB25001);
  CHECK(qris::with_amount(accepted(kC), 100'000) == kC100000);
  CHECK(qris::with_amount(accepted(kT), 20'000) == kT20000);
}

TEST_CASE("an amount outside the range makes no code", "[qris]") {
  for (auto [amount, made] : {
           std::pair{std::int64_t{INT64_MIN}, false},
           std::pair{std::int64_t{0}, false},
           std::pair{std::int64_t{1}, true},
           std::pair{std::int64_t{10'000'000}, true},
           std::pair{std::int64_t{10'000'001}, false},
       }) {
    CAPTURE(amount);
    CHECK(qris::with_amount(accepted(kA), amount).has_value() == made);
  }
}

TEST_CASE("a stored static code that was damaged makes no code", "[qris]") {
  auto code = accepted(kA);
  code.text[30] = 'X';
  CHECK_FALSE(qris::with_amount(code, 10'000));
}

TEST_CASE("a pasted code that can't serve is refused with its reason", "[qris]") {
  struct Row {
    std::string text;
    std::string verdict;
  };
  const std::string tip = resealed(kA, "5802ID", "5502015802ID");
  const std::string dynamic =
      resealed(resealed(kA, "010211", "010212"), "5802ID", "540450005802ID");
  for (const auto& [text, expected] : {
           Row{kA, "ok"},
           Row{kB, "ok"},
           Row{kC, "ok"},
           Row{kT, "ok"},
           Row{" \n\xEF\xBB\xBF" + kA + "\xE2\x80\x8B\r\n", "ok"},
           Row{"", "empty"},
           Row{" \t\r\n", "empty"},
           Row{std::string(513, '0'), "too_long"},
           Row{replaced(kA, "TOKO", "TO\nO"), "not_printable"},
           Row{replaced(kA, "TOKO", "TO\xC3\xA9"), "not_printable"},
           Row{"https://contoh.id/qr", "not_qris"},
           Row{replaced(kA, "24DD", "24D0"), "crc_mismatch"},
           Row{kA.substr(0, kA.size() - 10), "malformed"},
           Row{resealed(kA, "6105", "6199"), "malformed"},
           Row{resealed(kA, "6105", "61x5"), "malformed"},
           Row{resealed(kA, "6105", "6100"), "malformed"},
           Row{kA + "6", "malformed"},
           Row{resealed(kA, "6304", "5905DOBEL6304"), "duplicate_field 59"},
           Row{resealed(kA, "26670016ID.CO.CONTOH.WWW", "26730016ID.CO.CONTOH.WWW0002AB"),
               "duplicate_field 26/00"},
           Row{kA + "6401X", "crc_not_last"},
           Row{kA.substr(0, kA.size() - 8), "crc_missing"},
           Row{resealed(kA, "5303360", "5303840"), "wrong_currency 53"},
           Row{resealed(kA, "5802ID", "5802SG"), "wrong_country 58"},
           Row{resealed(kA, "010211", "010213"), "wrong_initiation 01"},
           Row{dynamic, "already_dynamic 01"},
           Row{kA10000, "already_dynamic 01"},
           Row{resealed(kA, "5802ID", "540450005802ID"), "amount_fixed 54"},
           Row{tip, "tip_or_fee 55"},
           Row{kTransfer, "transfer_code"},
           Row{resealed(kTransfer, "010212", "010211"), "transfer_code"},
           Row{resealed(kA, "6011KAB. CONTOH", ""), "field_missing 60"},
           Row{resealed(kA, "52044814", "520448X4"), "field_missing 52"},
           Row{resealed(kA, "936009990000001275", "93600999000000127X"),
               "bad_merchant_account 26/01"},
           Row{resealed(kA, "0214CONTOH00000001", "0414CONTOH00000001"),
               "bad_merchant_account 26/02"},
           Row{resealed(kA, "26670016", "26670099"), "bad_merchant_account 26"},
           Row{emv::sealed("0002015204481453033605802ID5901A6001B"), "no_merchant_account"},
       }) {
    CAPTURE(text);
    CHECK(verdict(text) == expected);
  }
}

TEST_CASE("the checksums of refused codes are those of other programs", "[qris]") {
  CHECK(emv::crc16("123456789") == 0x29B1);
  CHECK(tail(resealed(kA, "6105", "6199"), 4) == "BF6B");
  CHECK(tail(resealed(kA, "6304", "5905DOBEL6304"), 4) == "E08E");
  CHECK(tail(resealed(kA, "5303360", "5303840"), 4) == "C1B3");
  CHECK(tail(resealed(kA, "010211", "010213"), 4) == "A6A7");
  CHECK(tail(resealed(kA, "5802ID", "5502015802ID"), 4) == "8847");
  auto dynamic = resealed(kA, "010211", "010212");
  CHECK(tail(resealed(dynamic, "5802ID", "540450005802ID"), 4) == "3A53");
}

TEST_CASE("what is odd in a code is accepted with a warning", "[qris]") {
  CHECK(warnings(kA).empty());
  CHECK(warnings(kB).empty());
  CHECK(warnings(kC) == "no_repository");
  CHECK(warnings(replaced(kA, "24DD", "24dd")) == "lower_case_crc");
  CHECK(warnings(resealed(kA, "ID0000000000001", "XX0000000000001")) == "unusual_nmid");
  CHECK(warnings(resealed(kA, "610512345", "")) == "no_postal_code");
  CHECK(warnings(resealed(kA, "5917TOKO PULSA CONTOH", "5926TOKO PULSA CONTOH SEJAHTER")) ==
        "long_name");
  CHECK(warnings(resealed(kA, "6011KAB. CONTOH", "6016KABUPATEN CONTOH")) == "long_city");
  CHECK(warnings(resealed(kA, "0303UMI51", "0303XYZ51")) == "unknown_size_class");
  CHECK(warnings(resealed(kA, "936009990000001275", "936109990000001275")) == "unusual_pan");
  CHECK(warnings(resealed(kA, "62070703A01", "6207ABCDEFG")) == "opaque_template");
}

TEST_CASE("a lower-case checksum is written in upper case", "[qris]") {
  CHECK(qris::with_amount(accepted(replaced(kA, "24DD", "24dd")), 10'000) == kA10000);
}

TEST_CASE("the longest code leaves room for its amount", "[qris]") {
  // Five opaque objects bring A to its length; the last one is cut to fit.
  auto filled = [](std::size_t size) {
    auto text = kA.substr(0, kA.size() - 8);
    for (std::string_view id : {"80", "81", "82"}) {
      auto room = size - 8 - text.size() - 4;
      if (room < 200) break;
      text += emv::object(id, std::string(99, 'x'));
    }
    auto rest = size - 8 - text.size();
    text += emv::object("90", std::string(rest / 2 - 4, 'x'));
    text += emv::object("91", std::string(size - 8 - text.size() - 4, 'x'));
    return emv::sealed(text);
  };
  REQUIRE(filled(500).size() == 500);
  CHECK(verdict(filled(500)) == "ok");
  CHECK(verdict(filled(501)) == "too_long");
  CHECK(qris::with_amount(accepted(filled(500)), 10'000'000)->size() == 512);
}

TEST_CASE("the merchant is shown as the code names him", "[qris]") {
  auto b = accepted(kB).merchant;
  CHECK(b.name == "AGEN & KIOS 2 ");
  CHECK(b.city == "KOTA CONTOH");
  CHECK(b.nmid == "ID0000000000002");
  CHECK(b.size_class == "UKE");
  CHECK(b.acquirers == std::vector<std::string>{"COM.CONTOHSATU.WWW", "COM.CONTOHDUA.WWW"});
}
