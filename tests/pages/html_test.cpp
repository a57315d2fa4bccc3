#include "http/pages/html.h"

#include <stdexcept>
#include <string>

#include "catch.h"

using namespace topupd::http;

TEST_CASE("what strangers wrote never becomes markup", "[html]") {
  struct Row {
    std::string text;
    std::string escaped;
  };
  const std::string gone = "\xEF\xBF\xBD";
  const Row rows[] = {
      {"", ""},
      {"Toko Ayu & Co", "Toko Ayu &amp; Co"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"\" onload='x'", "&quot; onload=&#39;x&#39;"},
      {"a\tb\r\nc", "a" + gone + "b" + gone + gone + "c"},
      {std::string("a\0b", 3), "a" + gone + "b"},
      {"abc\xE2\x80\xAE"
       "fed",
       "abc" + gone + "fed"},                            // U+202E turns the text around
      {"\xE2\x81\xA6x\xE2\x81\xA9", gone + "x" + gone},  // U+2066, U+2069
      {"\xE2\x80\xA8", gone},                            // a line separator
      {"caf\xC3\xA9 \xF0\x9F\x98\x80", "caf\xC3\xA9 \xF0\x9F\x98\x80"},
      {"\xFF<", gone + "&lt;"},
      {"\xC3<", gone + "&lt;"},  // cut short
      {"\xC0\xBC", gone},        // '<' in an overlong form
      {"\xED\xA0\x80", gone},    // half a surrogate pair
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(escaped_html(row.text) == row.escaped);
  }
}

TEST_CASE("elements nest and their attributes are escaped", "[html]") {
  Html html;
  html.open("p", {{"class", "a\"b"}, {"title", "<"}}).text("1 < 2").single("br", {});
  html.element("b", "&").markup("<i></i>").close();
  CHECK(html.document() ==
        "<!doctype html>\n<p class=\"a&quot;b\" title=\"&lt;\">1 &lt; "
        "2<br><b>&amp;</b><i></i></p>\n");
}

TEST_CASE("a document whose elements do not match is our bug", "[html]") {
  Html html;
  CHECK_THROWS_AS(html.close(), std::logic_error);
  html.open("p");
  CHECK_THROWS_AS(html.document(), std::logic_error);
}
