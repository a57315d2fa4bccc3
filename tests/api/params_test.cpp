#include "http/api/params.h"

#include <string>
#include <variant>

#include "catch.h"
#include "http/api/text.h"

using namespace topupd::http;

namespace {

constexpr Parameter kName{.name = "name", .presence = Presence::required, .min = 1, .max = 5};
constexpr Parameter kId{.name = "id", .type = ParameterType::code, .max = 30};
constexpr Parameter kPassword{
    .name = "password", .type = ParameterType::secret, .min = 6, .max = 256};
constexpr Parameter kAmount{.name = "amount", .type = ParameterType::money, .max = kMoneyMax};
constexpr Parameter kLimit{.name = "limit", .type = ParameterType::count, .min = 1, .max = 200};
constexpr Parameter kAccount{.name = "account", .choices = "balance|profit"};
constexpr Parameter kFrom{.name = "from", .type = ParameterType::from};

Request json(std::string body) {
  return {.method = "POST",
          .path = "/",
          .headers = {{"content-type", "application/json"}},
          .body = std::move(body)};
}

Params read(const Request& request) {
  auto params = Params::of(request);
  REQUIRE(std::holds_alternative<Params>(params));
  return std::get<Params>(std::move(params));
}

std::string fault_of(const Reader& reader) {
  return reader.fault() ? "refused: " + reader.fault()->field : "";
}

// What a getter makes of a JSON value.
std::string text(const Parameter& parameter, const std::string& value) {
  const auto params = read(json("{\"" + std::string{parameter.name} + "\":" + value + "}"));
  Reader reader{params};
  auto answer = reader.text(parameter);
  return reader.fault() ? fault_of(reader) : answer;
}

std::string money(const std::string& value) {
  const auto params = read(json("{\"amount\":" + value + "}"));
  Reader reader{params};
  const auto answer = reader.money(kAmount);
  if (reader.fault()) return fault_of(reader);
  return answer ? std::to_string(answer->units()) : "absent";
}

// The word of the refusal, or "read".
std::string outcome(const Request& request) {
  const auto params = Params::of(request);
  const auto* fault = std::get_if<Fault>(&params);
  return fault == nullptr ? "read" : std::string{row_of(fault->code).word};
}

}  // namespace

TEST_CASE("money is a JSON integer or a string of digits") {
  struct Row {
    std::string value;
    std::string outcome;
  };
  const Row rows[] = {
      {"12000", "12000"},
      {R"("12000")", "12000"},
      {"0", "0"},
      {R"("0012")", "12"},
      {"100000000000000", "100000000000000"},
      {R"("")", "absent"},
      {"null", "absent"},
      {"100000000000001", "refused: amount"},
      {"9223372036854775808", "refused: amount"},
      {"99999999999999999999999999", "refused: amount"},
      {R"("99999999999999999999999999")", "refused: amount"},
      {"-1", "refused: amount"},
      {R"("-1")", "refused: amount"},
      {R"("+1")", "refused: amount"},
      {"1.5", "refused: amount"},
      {"1.0", "refused: amount"},
      {"1e3", "refused: amount"},
      {R"("1e3")", "refused: amount"},
      {R"("1.000")", "refused: amount"},
      {R"(" 1")", "refused: amount"},
      {R"("0x10")", "refused: amount"},
      {"true", "refused: amount"},
      {"[1]", "refused: amount"},
      {"{}", "refused: amount"},
  };
  for (const auto& row : rows) {
    INFO(row.value);
    CHECK(money(row.value) == row.outcome);
  }
}

TEST_CASE("text is measured in characters, cleaned and refused by its type") {
  struct Row {
    Parameter parameter;
    std::string value;
    std::string outcome;
  };
  const Row rows[] = {
      {kName, R"("Budi")", "Budi"},
      {kName, "\"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\"",
       "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"},
      {kName, R"("e\u0301")", "\xC3\xA9"},  // one spelling: NFC
      {kName, R"("Budiiii")", "refused: name"},
      {kName, R"("")", "refused: name"},
      {kName, "null", "refused: name"},
      {kName, "5", "refused: name"},
      {kName, "true", "refused: name"},
      {kName, R"("a\u0000b")", "refused: name"},
      {kName, R"("a\nb")", "refused: name"},
      {kName, R"("a\tb")", "refused: name"},
      {kName, R"("a\u007fb")", "refused: name"},
      {kName, R"("a\u0085b")", "refused: name"},
      {kName, R"("a\u202eb")", "refused: name"},
      {kName, R"("a\u2066b")", "refused: name"},
      {kName, R"("a\u200fb")", "refused: name"},
      {kName, R"("a\u2028b")", "refused: name"},
      {kName, R"("\uffff")", "refused: name"},
      {kId, "55", "55"},
      {kId, R"("55")", "55"},
      {kId, "123456789012345678901234567890", "123456789012345678901234567890"},
      {kId, "5.5", "refused: id"},
      {kId, "1e5", "refused: id"},
      {kId, "[]", "refused: id"},
      {kId, R"("\u00e9")", "refused: id"},
      {kPassword, R"("e\u0301e\u0301")",
       "e\xCC\x81"
       "e\xCC\x81"},  // kept as sent: 6 bytes
      {kPassword, R"("12345")", "refused: password"},
      {kPassword, "123456", "refused: password"},
      {kAccount, R"("profit")", "profit"},
      {kAccount, R"("balance")", "balance"},
      {kAccount, R"("prof")", "refused: account"},
      {kAccount, R"("balance|profit")", "refused: account"},
  };
  for (const auto& row : rows) {
    INFO(row.value);
    CHECK(text(row.parameter, row.value) == row.outcome);
  }
}

TEST_CASE("the path wins over the body and the body over the query") {
  auto request = json(R"({"id":"body","name":"body"})");
  request.path_parameters = {{"id", "path"}};
  request.query = {{"id", "query"}, {"name", "query"}, {"account", "profit"}};
  const auto params = read(request);
  Reader reader{params};
  CHECK(reader.text(kId) == "path");
  CHECK(reader.text(kName) == "body");
  CHECK(reader.text(kAccount) == "profit");
  CHECK(!reader.fault());
}

TEST_CASE("a name that comes twice in one place is refused, and only if it is asked for") {
  Request request{.method = "GET", .path = "/", .query = {{"id", "1"}, {"id", "2"}, {"name", "x"}}};
  const auto params = read(request);
  Reader fine{params};
  CHECK(fine.text(kName) == "x");
  CHECK(fault_of(fine).empty());
  Reader reader{params};
  reader.text(kId);
  CHECK(fault_of(reader) == "refused: id");
}

TEST_CASE("the first fault is kept") {
  const auto params = read(json(R"({"amount":-1,"limit":0})"));
  Reader reader{params};
  reader.money(kAmount);
  reader.count(kLimit);
  reader.text(kName);
  CHECK(fault_of(reader) == "refused: amount");
}

TEST_CASE("numbers keep to their range and moments to their form") {
  const auto params = read(json(R"({"limit":"200","amount":5,"from":"2026-11-22"})"));
  Reader reader{params};
  CHECK(reader.count(kLimit) == 200);
  CHECK(reader.moment(kFrom).has_value());
  CHECK(!reader.fault());
  for (const auto* body : {R"({"limit":0})", R"({"limit":201})", R"({"limit":"x"})"}) {
    const auto wrong = read(json(body));
    Reader wrong_reader{wrong};
    wrong_reader.count(kLimit);
    CHECK(fault_of(wrong_reader) == "refused: limit");
  }
  for (const auto* body : {R"({"from":"yesterday"})", R"({"from":20261122})"}) {
    const auto wrong = read(json(body));
    Reader wrong_reader{wrong};
    wrong_reader.moment(kFrom);
    CHECK(fault_of(wrong_reader) == "refused: from");
  }
}

TEST_CASE("an amount with a sign is taken only where the range goes below 0") {
  constexpr Parameter kSigned{.name = "amount", .type = ParameterType::money, .min = -5, .max = 5};
  struct Row {
    std::string value;
    std::string signed_outcome;
    std::string outcome;
  };
  const Row rows[] = {
      {"5", "5", "5"},
      {"-5", "-5", "refused: amount"},
      {"\"-5\"", "-5", "refused: amount"},
      {"-6", "refused: amount", "refused: amount"},
      {"\"+5\"", "refused: amount", "refused: amount"},
      {"\"-\"", "refused: amount", "refused: amount"},
      {"\"--5\"", "refused: amount", "refused: amount"},
      {"-0.5", "refused: amount", "refused: amount"},
  };
  for (const auto& row : rows) {
    INFO(row.value);
    const auto params = read(json("{\"amount\":" + row.value + "}"));
    Reader reader{params};
    const auto amount = reader.money(kSigned);
    CHECK((amount ? std::to_string(amount->units()) : fault_of(reader)) == row.signed_outcome);
    CHECK(money(row.value) == row.outcome);
  }
}

TEST_CASE("a flag is a JSON boolean or a word for one, a list is texts") {
  constexpr Parameter kFlag{.name = "v", .type = ParameterType::flag};
  constexpr Parameter kList{.name = "v", .type = ParameterType::list, .max = 2};
  struct Row {
    std::string value;
    std::string flag;
    std::string list;
  };
  const Row rows[] = {
      {"true", "yes", "refused: v"},
      {"\"0\"", "no", "0;"},
      {"1", "yes", "refused: v"},
      {"\"False\"", "refused: v", "False;"},
      {"\"\"", "absent", ""},
      {"null", "absent", ""},
      {"[]", "refused: v", ""},
      {"[\" a \",\"b\"]", "refused: v", "a;b;"},
      {"\"a, ,b\"", "refused: v", "a;b;"},
      {"\"a,b,c\"", "refused: v", "refused: v"},
      {"[1]", "refused: v", "refused: v"},
  };
  for (const auto& row : rows) {
    INFO(row.value);
    const auto params = read(json("{\"v\":" + row.value + "}"));
    Reader flags{params};
    const auto flag = flags.flag(kFlag);
    const std::string word = !flag ? "absent" : *flag ? "yes" : "no";
    CHECK((flags.fault() ? fault_of(flags) : word) == row.flag);
    Reader lists{params};
    std::string items;
    for (const auto& item : lists.list(kList))
      items += item + ";";
    CHECK((lists.fault() ? fault_of(lists) : items) == row.list);
  }
}

TEST_CASE("a body is read by its content type, and without one by its first byte") {
  struct Row {
    std::string type;
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {"application/json", R"({"id":1})", "read"},
      {"Application/JSON; charset=UTF-8", R"({"id":1})", "read"},
      {"application/json;charset=\"utf-8\"", R"({"id":1})", "read"},
      {"application/json; charset=latin1", R"({"id":1})", "unsupported_media_type"},
      {"application/json", "id=1", "invalid_parameter"},
      {"application/json", "", "read"},
      {"application/json", " \r\n", "read"},
      {"application/json", "[]", "read"},
      {"application/json", "null", "invalid_parameter"},
      {"application/json", "7", "invalid_parameter"},
      {"", R"( {"id":1})", "read"},
      {"", "id=1", "read"},
      {"application/x-www-form-urlencoded", "id=1&name=a+b%20c&&x", "read"},
      {"application/x-www-form-urlencoded", R"({"id":1})", "read"},
      {"application/x-www-form-urlencoded", R"({"id":1)", "invalid_parameter"},
      {"application/x-www-form-urlencoded", "id=%zz", "invalid_parameter"},
      {"application/x-www-form-urlencoded", "id=%4", "invalid_parameter"},
      {"multipart/form-data; boundary=x", "--x", "unsupported_media_type"},
      {"text/plain", R"({"id":1})", "unsupported_media_type"},
      {"application/xml", "<id/>", "unsupported_media_type"},
      {"application/octet-stream", std::string(65'536, '\0'), "unsupported_media_type"},
      {"", std::string(65'536, 'a'), "read"},
      {"", "\xff\xfe=\xff", "read"},  // bytes are judged where a parameter is asked for
  };
  for (const auto& row : rows) {
    INFO(row.type << ": " << row.body.substr(0, 40));
    Request request{.method = "POST", .path = "/", .body = row.body};
    if (!row.type.empty()) request.headers.emplace_back("content-type", row.type);
    CHECK(outcome(request) == row.outcome);
  }
}

TEST_CASE("a form is decoded once, and its bytes must be text") {
  Request request{.method = "POST", .path = "/", .body = "name=a%2Bb+c&id=%FF"};
  const auto params = read(request);
  Reader reader{params};
  CHECK(reader.text(kName) == "a+b c");
  reader.text(kId);
  CHECK(fault_of(reader) == "refused: id");
}

TEST_CASE("blanks and cases of ASCII") {
  CHECK(trimmed(" \t a b ") == "a b");
  CHECK(trimmed("  ").empty());
  CHECK(to_lower_ascii("Toko_A") == "toko_a");
  CHECK(is_digits("0123456789"));
  CHECK(!is_digits(""));
  CHECK(!is_digits("1a"));
}
