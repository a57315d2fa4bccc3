// How long a text may be that people write.

#include "catch.h"
#include "core/shop.h"
#include "topup/characters.h"

using namespace topup;
using namespace topup::testing;

namespace {

std::string repeated(const std::string& character, int times) {
  std::string text;
  for (int i = 0; i < times; ++i)
    text += character;
  return text;
}

std::string answer_to(Shop& shop, const std::string& field, const std::string& text) {
  if (field == "name") {
    RegisterUser command{"citra", text, "citra@example.com", "", Role::reseller, "gold", {}};
    return outcome(shop.run([&](Tx& tx) { return register_user(tx, command, shop.now); }));
  }
  if (field == "reason") {
    ProposeAdjustment command{shop.boss, shop.ani, idr(1), text, ""};
    return outcome(shop.run([&](Tx& tx) { return propose_adjustment(tx, command, shop.now); }));
  }
  auto order = shop.dropship_order(shop.ani, "08123", 200);
  if (field == "customer_name") order.customer_name = text;
  if (field == "ref_id") order.ref_id = text;
  if (field == "customer_name" || field == "ref_id") return outcome(shop.place(order));
  RequestWithdrawal command{shop.ani, idr(1), "BCA", "1", "Ani", ""};
  if (field == "bank") command.bank = text;
  if (field == "account_number") command.account_number = text;
  if (field == "account_name") command.account_name = text;
  return outcome(
      shop.run([&](Tx& tx) { return request_withdrawal(tx, shop.policy, command, shop.now); }));
}

}  // namespace

TEST_CASE("a text is as long as it has characters, of one to four bytes each") {
  struct Row {
    std::string text;
    bool fits;  // one to two characters
  };
  const std::vector<Row> rows{
      {"", false},
      {"a", true},
      {"ab", true},
      {"abc", false},
      {"\u00e9\u00e9", true},
      {"\u00e9\u00e9\u00e9", false},
      {"\u65e5\u672c", true},
      {"\U0001f600\U0001f600", true},
      {"\U0001f600\U0001f600a", false},
      {"\n", false},
      {repeated("\x80", 3), false},  // no UTF-8, which the host should have refused
      {"a" + repeated("\x80", 8), false},
  };
  for (const auto& [text, fits] : rows) {
    INFO(text);
    CHECK(is_text_of(text, 1, 2) == fits);
  }
}

TEST_CASE("the limits of texts count characters, not bytes") {
  struct Row {
    std::string field;
    int most;
    std::string answer;  // at the limit
  };
  for (const auto& [field, most, answer] :
       {Row{"name", 100, "ok"}, Row{"customer_name", 100, "ok"}, Row{"ref_id", 64, "ok"},
        Row{"reason", 200, "ok"}, Row{"bank", 50, "insufficient_balance"},
        Row{"account_number", 50, "insufficient_balance"},
        Row{"account_name", 100, "insufficient_balance"}}) {
    for (const auto* character : {"n", "\u00e9", "\u65e5", "\U0001f600"}) {
      Shop shop;
      INFO(field << " of " << character);
      CHECK(answer_to(shop, field, repeated(character, most)) == answer);
      CHECK(answer_to(shop, field, repeated(character, most + 1)) == "invalid_parameter " + field);
    }
  }
}
