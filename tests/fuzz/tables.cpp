#include <algorithm>
#include <stdexcept>
#include <string>

#include "catalogue_import.h"
#include "csv_reader.h"
#include "fuzz/targets.h"
#include "statement_csv.h"
#include "topup/checker.h"
#include "topup/memory_store.h"

namespace topupd::fuzz {
namespace {

std::string written(const std::vector<CsvRow>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      text += i == 0 ? "\"" : ",\"";
      for (const char c : row.fields[i])
        text += c == '"' ? std::string{"\"\""} : std::string{c};
      text += '"';
    }
    text += '\n';
  }
  return text;
}

bool same(const std::vector<CsvRow>& a, const std::vector<CsvRow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const CsvRow& x, const CsvRow& y) { return x.fields == y.fields; });
}

void read_plain(std::string_view input) {
  const auto rows = read_csv(input);
  must(same(read_csv(written(rows)), rows), "rows that are written again are the same rows");
}

void import_catalogue_twice(std::string_view input) {
  topup::MemoryStore store;
  const auto first = import_catalogue(store, input);
  const auto second = import_catalogue(store, input);
  must(first.services.all() == second.services.same && first.offers.all() == second.offers.same,
       "the same table changes nothing a second time");
  store.inspect([](const topup::Archive& archive) {
    must(topup::check(archive).ok(), "what was imported is sound");
  });
}

template <class Work>
void unless_refused(const Work& work) {
  try {
    work();
  } catch (const std::logic_error&) {
    throw;
  } catch (const std::runtime_error& refusal) {
    must(*refusal.what() != '\0', "a refusal says why");
  }
}

}  // namespace

void read_tables(std::string_view input) {
  unless_refused([&] { read_plain(input); });
  unless_refused([&] { import_catalogue_twice(input); });
  unless_refused([&] { read_statement(input, {}); });
}

}  // namespace topupd::fuzz
