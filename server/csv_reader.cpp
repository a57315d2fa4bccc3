#include "csv_reader.h"

namespace topupd {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class Reader {
 public:
  explicit Reader(std::string_view text) : text_{text} {}

  bool at_end() const { return at_ == text_.size(); }

  CsvRow row() {
    CsvRow row{line_, {}};
    row.fields.push_back(field());
    while (take(','))
      row.fields.push_back(field());
    take('\r');
    if (!at_end() && !take('\n')) fail("a field goes on after its closing quote");
    ++line_;
    return row;
  }

 private:
  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string field() { return take('"') ? quoted() : plain(); }

  std::string plain() {
    auto begin = at_;
    while (!at_end() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
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
  std::size_t at_ = 0;
  int line_ = 1;
};

bool is_empty(const CsvRow& row) { return row.fields.size() == 1 && row.fields[0].empty(); }

}  // namespace

std::vector<CsvRow> read_csv(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<CsvRow> rows;
  for (Reader reader{text}; !reader.at_end();) {
    auto row = reader.row();
    if (!is_empty(row)) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace topupd
