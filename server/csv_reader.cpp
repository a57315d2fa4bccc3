#include "csv_reader.h"

#include <algorithm>

namespace topupd {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kUtf16 = "\xff\xfe";
constexpr std::string_view kUtf16BigEnd = "\xfe\xff";

// What stands between the fields, by the first line.  Spreadsheets write a semicolon where the
// comma is the decimal mark, as it is in Indonesia.
char separator_of(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  bool is_quoted = false;
  int commas = 0;
  int semicolons = 0;
  for (const char c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '\n' || c == '\r') break;
    commas += c == ',' ? 1 : 0;
    semicolons += c == ';' ? 1 : 0;
  }
  return semicolons > commas ? ';' : ',';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_{text}, separator_{separator_of(text)} {}

  bool at_end() const { return at_ == text_.size(); }

  CsvRow row() {
    CsvRow row{line_, {}};
    row.fields.push_back(field());
    while (take(separator_))
      row.fields.push_back(field());
    end_line();
    return row;
  }

 private:
  void end_line() {
    const bool is_return = take('\r');
    if (!at_end() && !take('\n'))
      fail(is_return ? "a carriage return without a line feed"
                     : "a field goes on after its closing quote");
    ++line_;
  }

  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string field() { return take('"') ? quoted() : plain(); }

  std::string plain() {
    auto begin = at_;
    while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
      if (text_[at_] == '"') fail("a quote inside a field that does not begin with one");
      ++at_;
    }
    return std::string{text_.substr(begin, at_ - begin)};
  }

  std::string quoted() {
    std::string field;
    while (true) {
      if (at_end()) fail("a quote that is not closed");
      char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c != '"')
        field += c;
      else if (take('"'))
        field += '"';
      else
        return field;
    }
  }

  [[noreturn]] void fail(const std::string& what) const { throw CsvError{line_, what}; }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  int line_ = 1;
};

// A spreadsheet leaves lines of separators alone where there was something once.
bool is_empty(const CsvRow& row) {
  return std::all_of(row.fields.begin(), row.fields.end(),
                     [](const std::string& field) { return field.empty(); });
}

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text) {
  if (text.starts_with(kUtf16) || text.starts_with(kUtf16BigEnd))
    throw CsvError{1, "the text is UTF-16; save it as UTF-8"};
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<CsvRow> rows;
  for (Reader reader{text}; !reader.at_end();) {
    auto row = reader.row();
    if (!is_empty(row)) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace topupd
