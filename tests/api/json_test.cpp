#include "http/api/json.h"

#include <string>

#include "catch.h"

using namespace topupd::http;

namespace {

std::string flaw_of(const BadJson& bad) {
  switch (bad.flaw) {
    case JsonFlaw::malformed: return "malformed at " + std::to_string(bad.at);
    case JsonFlaw::not_an_object: return "not an object";
    case JsonFlaw::name_twice: return "a name twice";
    case JsonFlaw::too_deep: return "too deep";
  }
  return "";
}

// "name=kind:text …" in the order of names, or why it was not read.
std::string read(const std::string& text) {
  const auto parsed = parse_json_object(text);
  if (const auto* bad = std::get_if<BadJson>(&parsed)) return flaw_of(*bad);
  std::string out;
  for (const auto& [name, value] : std::get<Values>(parsed)) {
    constexpr std::string_view kKinds[] = {"text", "integer", "flag", "list", "null", "other"};
    if (!out.empty()) out += ' ';
    out += name + "=" + std::string{kKinds[static_cast<int>(value.kind)]};
    if (!value.text.empty()) out += ":" + value.text;
  }
  return out;
}

std::string nested(std::size_t depth) {
  return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

}  // namespace

TEST_CASE("a JSON body is read or refused as a whole") {
  struct Row {
    std::string text;
    std::string outcome;
  };
  const Row rows[] = {
      {"{}", ""},
      {"[]", ""},
      {" \n{ } ", ""},
      {R"({"a":"x","b":12})", "a=text:x b=integer:12"},
      {R"({"a":-5})", "a=integer:-5"},
      {R"({"a":9223372036854775807})", "a=integer:9223372036854775807"},
      {R"({"a":18446744073709551615})", "a=integer:18446744073709551615"},
      {R"({"a":99999999999999999999})", "a=integer:99999999999999999999"},
      {R"({"a":-99999999999999999999})", "a=integer:-99999999999999999999"},
      {R"({"a":1.0})", "a=other"},
      {R"({"a":1e3})", "a=other"},
      {R"({"a":true,"b":null,"c":[1,{"d":"x"}],"e":{"a":1}})",
       "a=flag:true b=null c=other e=other"},
      {R"({"a":[],"b":["x"],"c":[["x"]],"d":["x",null]})", "a=list b=list c=other d=other"},
      {R"({"a":["x"],"b":"y","c":{"d":["z"]}})", "a=list b=text:y c=other"},
      {R"({"a":"\u00e9\n"})", "a=text:\xC3\xA9\n"},
      {R"({"a":1e999})", "malformed at 9"},
      {R"({"a":NaN})", "malformed at 5"},
      {R"({"a":Infinity})", "malformed at 5"},
      {R"({"a":01})", "malformed at 6"},
      {R"({"a":1,"a":2})", "a name twice"},
      {R"({"a":1,"\u0061":2})", "a name twice"},
      {R"({"b":{"a":1,"a":2}})", "a name twice"},
      {R"({"a":1)", "malformed at 6"},
      {R"({"a":1}x)", "malformed at 7"},
      {R"({"a":1,})", "malformed at 7"},
      {R"({'a':1})", "malformed at 1"},
      {"{\"a\":\"\xff\"}", "malformed at 6"},
      {"{\"a\":\"\xc0\xaf\"}", "malformed at 6"},
      {"{\"a\":\"\xed\xa0\x80\"}", "malformed at 7"},
      {R"({"a":"\ud800"})", "malformed at 12"},
      {"{\"a\":\"\n\"}", "malformed at 6"},
      {"[1]", "not an object"},
      {"[[]]", "not an object"},
      {"[{}]", "not an object"},
      {"null", "not an object"},
      {"1", "not an object"},
      {"\"a\"", "not an object"},
      {"", "malformed at 0"},
      {"   ", "malformed at 3"},
      {nested(32), "a=other"},
      {nested(33), "too deep"},
      {std::string(65'536, '['), "not an object"},
      {std::string(65'536, '{'), "malformed at 1"},
  };
  for (const auto& row : rows) {
    INFO(row.text.substr(0, 80));
    CHECK(read(row.text) == row.outcome);
  }
}

TEST_CASE("text is quoted so that it stays one text") {
  CHECK(json_quoted("") == R"("")");
  CHECK(json_quoted("Free Fire") == R"("Free Fire")");
  CHECK(json_quoted("a\"b\\c\n\x01") == R"("a\"b\\c\n\u0001")");
  CHECK(json_quoted("\xC3\xA9") == "\"\xC3\xA9\"");
  CHECK(json_quoted("\xff") == "\"\xEF\xBF\xBD\"");
}

TEST_CASE("objects and lists keep the order of the calls") {
  JsonObject inner;
  inner.flag("yes", true).raw("list", JsonList{}.add("1").add(JsonObject{}).str());
  JsonObject outer;
  outer.text("b", "x").number("a", -3).money("m", topup::Money{}).object("o", inner);
  CHECK(outer.str() == R"({"b":"x","a":-3,"m":0,"o":{"yes":true,"list":[1,{}]}})");
}
