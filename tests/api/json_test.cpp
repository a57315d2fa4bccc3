#include "http/api/json.h"

#include <string>

#include "catch.h"

using namespace topupd::http;

namespace {

// "name=kind:text …" in the order of names, or "refused".
std::string read(const std::string& text) {
  const auto values = parse_json_object(text);
  if (!values) return "refused";
  std::string out;
  for (const auto& [name, value] : *values) {
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
      {R"({"a":1e999})", "refused"},
      {R"({"a":NaN})", "refused"},
      {R"({"a":Infinity})", "refused"},
      {R"({"a":01})", "refused"},
      {R"({"a":1,"a":2})", "refused"},
      {R"({"a":1,"\u0061":2})", "refused"},
      {R"({"b":{"a":1,"a":2}})", "refused"},
      {R"({"a":1)", "refused"},
      {R"({"a":1}x)", "refused"},
      {R"({"a":1,})", "refused"},
      {R"({'a':1})", "refused"},
      {"{\"a\":\"\xff\"}", "refused"},
      {"{\"a\":\"\xc0\xaf\"}", "refused"},
      {"{\"a\":\"\xed\xa0\x80\"}", "refused"},
      {R"({"a":"\ud800"})", "refused"},
      {"{\"a\":\"\n\"}", "refused"},
      {"[1]", "refused"},
      {"[[]]", "refused"},
      {"[{}]", "refused"},
      {"null", "refused"},
      {"1", "refused"},
      {"\"a\"", "refused"},
      {"", "refused"},
      {"   ", "refused"},
      {nested(32), "a=other"},
      {nested(33), "refused"},
      {std::string(65'536, '['), "refused"},
      {std::string(65'536, '{'), "refused"},
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
