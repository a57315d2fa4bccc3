#include "csv_reader.h"

#include "catch.h"

using namespace topupd;

namespace {

// Rows as "line:field|field", joined by a semicolon.
std::string shown(std::string_view text) {
  std::string result;
  for (const auto& row : read_csv(text)) {
    result += (result.empty() ? "" : ";") + std::to_string(row.line) + ":";
    for (std::size_t i = 0; i < row.fields.size(); ++i)
      result += (i ? "|" : "") + row.fields[i];
  }
  return result;
}

}  // namespace

TEST_CASE("values are read as RFC 4180 has them", "[csv]") {
  struct Row {
    const char* text;
    const char* rows;
  };
  for (auto [text, rows] : {
           Row{"", ""},
           Row{"a,b", "1:a|b"},
           Row{"a,b\n", "1:a|b"},
           Row{"a,b\r\nc,d\r\n", "1:a|b;2:c|d"},
           Row{"a,\n,b\n", "1:a|;2:|b"},
           Row{"\"a,b\",c", "1:a,b|c"},
           Row{"\"say \"\"hi\"\"\"", "1:say \"hi\""},
           Row{"\"two\nlines\",x\ny,z", "1:two\nlines|x;3:y|z"},
           Row{"a\n\n\nb", "1:a;4:b"},
           Row{"\xef\xbb\xbf"
               "a,b",
               "1:a|b"},
           Row{"\"\",x", "1:|x"},
           Row{"a;b\n1,5;c\n", "1:a|b;2:1,5|c"},
           Row{"\"a,b\";c", "1:a,b|c"},
           Row{"a;b,c", "1:a;b|c"},
           Row{"a;b,c;d\n", "1:a|b,c|d"},
           Row{"\r\n\na;b\n", "3:a|b"},
           Row{"a,b\n,\nc,d", "1:a|b;3:c|d"},
           Row{"a\nb;c", "1:a;2:b;c"},
           Row{"\"a;b\"", "1:a;b"},
       }) {
    CAPTURE(text);
    CHECK(shown(text) == rows);
  }
}

TEST_CASE("a table in UTF-16 is refused by that name", "[csv]") {
  for (const char* text : {"\xff\xfe"
                           "a",
                           "\xfe\xff"
                           "a"})
    CHECK_THROWS_WITH(read_csv(text), "line 1: the text is UTF-16; save it as UTF-8");
}

TEST_CASE("a table with a misplaced quote or carriage return is refused by line", "[csv]") {
  for (const char* text : {"a\n\"open", "a\nb\"c", "a\n\"b\"c", "a\nb\rc"}) {
    CAPTURE(text);
    try {
      read_csv(text);
      FAIL("it was read");
    } catch (const std::runtime_error& error) {
      CHECK(std::string{error.what()}.find("line 2") == 0);
    }
  }
}
