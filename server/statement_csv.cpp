#include "statement_csv.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

#include "csv_reader.h"
#include "topup/money.h"

namespace topupd {
namespace {

std::size_t column(const CsvRow& header, const std::string& name) {
  auto found = std::ranges::find(header.fields, name);
  if (found == header.fields.end())
    throw std::runtime_error{"the table has no column named " + name};
  return static_cast<std::size_t>(found - header.fields.begin());
}

std::optional<std::int64_t> rupiah(std::string_view text) {
  if (text.ends_with(".00") || text.ends_with(",00")) text.remove_suffix(3);
  std::int64_t units = 0;
  const auto* end = text.data() + text.size();
  auto [stop, failure] = std::from_chars(text.data(), end, units);
  if (failure != std::errc{} || stop != end || !topup::Money::from_units(units))
    return std::nullopt;
  return units;
}

}  // namespace

std::map<std::string, StatedAmount> read_statement(std::string_view csv,
                                                   const StatementColumns& columns) {
  auto rows = read_csv(csv);
  if (rows.empty()) throw std::runtime_error{"the table has no header line"};
  const auto& header = rows.front();
  const auto reference = column(header, columns.reference);
  const auto amount = column(header, columns.amount);
  std::optional<std::size_t> only;
  if (!columns.only_column.empty()) only = column(header, columns.only_column);

  std::map<std::string, StatedAmount> stated;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& [line, fields] = rows[i];
    auto where = "line " + std::to_string(line);
    if (fields.size() != header.fields.size())
      throw std::runtime_error{where + ": " + std::to_string(fields.size()) + " columns, not " +
                               std::to_string(header.fields.size())};
    if (only && fields[*only] != columns.only_value) continue;
    auto units = rupiah(fields[amount]);
    if (!units)
      throw std::runtime_error{where + ", " + columns.amount + ": not a whole number of rupiah"};
    if (fields[reference].empty())
      throw std::runtime_error{where + ", " + columns.reference + ": empty"};
    auto& row = stated.try_emplace(fields[reference], StatedAmount{0, line}).first->second;
    row.amount += *units;
  }
  return stated;
}

}  // namespace topupd
