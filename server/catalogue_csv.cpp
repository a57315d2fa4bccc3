#include "catalogue_csv.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "csv_reader.h"
#include "http/api/text.h"
#include "topup/catalogue_commands.h"
#include "topup/characters.h"

namespace topupd {
namespace {

using Why = CatalogueFault::Why;

constexpr std::size_t kProviderNameMax = 64;

CatalogueFault fault_at(Why why, int line, std::string_view column, std::string_view sentence) {
  auto said = "line " + std::to_string(line);
  if (!column.empty()) said += ", " + std::string{column};
  return {why, line, std::string{column}, said + ": " + std::string{sentence}};
}

std::optional<std::size_t> place_of(const CsvRow& header, std::string_view column) {
  const auto found = std::ranges::find(header.fields, column);
  if (found == header.fields.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.fields.begin());
}

// One row with its columns by name; keeps the first fault and answers with nothing after it.
class Line {
 public:
  Line(const CsvRow& header, const CsvRow& row) : header_{header}, row_{row} {
    const auto there = row.fields.size();
    if (there != header.fields.size())
      blame(Why::columns, "",
            std::to_string(there) + " columns, not " + std::to_string(header.fields.size()));
  }

  std::string text(std::string_view column, std::string_view otherwise = "") const {
    const auto place = fault_ ? std::nullopt : place_of(header_, column);
    return place && !row_.fields[*place].empty() ? row_.fields[*place] : std::string{otherwise};
  }

  // A name that people read.
  std::string name(std::string_view column, std::size_t most) {
    auto clean = http::clean_text(text(column));
    if (!clean)
      blame(Why::text, column, "a character that a name can't have");
    else if (!topup::is_text_of(*clean, 1, most))
      blame(Why::text, column, "not 1 to " + std::to_string(most) + " characters");
    return clean.value_or("");
  }

  std::int64_t number(std::string_view column, std::string_view otherwise = "") {
    const auto digits = text(column, otherwise);
    std::int64_t value = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, value);
    if (failure == std::errc{} && stop == end && value >= 0) return value;
    blame(Why::number, column, "not a whole number");
    return 0;
  }

  bool choice(std::string_view column, std::string_view yes, std::string_view no) {
    const auto word = text(column, no);
    if (word != yes && word != no)
      blame(Why::choice, column, "neither " + std::string{yes} + " nor " + std::string{no});
    return word == yes;
  }

  void blame(Why why, std::string_view column, std::string_view sentence) {
    if (!fault_) fault_ = fault_at(why, row_.line, column, sentence);
  }

  int line() const { return row_.line; }
  const std::optional<CatalogueFault>& fault() const { return fault_; }

 private:
  const CsvRow& header_;
  const CsvRow& row_;
  std::optional<CatalogueFault> fault_;
};

topup::Service service_of(Line& line) {
  topup::Service service;
  service.id = topup::ServiceId{line.number("sid")};
  if (!service.id) line.blame(Why::range, "sid", "0 is no sid");
  if (service.id.value > topup::kServiceIdMax) line.blame(Why::range, "sid", "too large");
  service.tipe = line.name("tipe", topup::kNameLengthMax);
  service.kategori = line.name("kategori", topup::kNameLengthMax);
  service.layanan = line.name("layanan", topup::kNameLengthMax);
  service.available = !line.choice("status", "Gangguan", "Normal");
  service.needs_nometer = line.choice("butuh_nometer", "ya", "tidak");
  const auto format = topup::TargetFormat::from(line.text("format_target"));
  if (!format)
    line.blame(Why::format, "format_target", "no regular expression of at most 200 characters");
  service.target_format = format.value_or(topup::TargetFormat{});
  return service;
}

topup::Offer offer_of(Line& line, topup::ServiceId service) {
  topup::Offer offer;
  offer.service = service;
  offer.sku = line.name("sku", topup::kNameLengthMax);
  const auto cost = topup::Money::from_units(line.number("cost"));
  if (!cost || *cost <= topup::Money{} || *cost > topup::kCostMax)
    line.blame(Why::range, "cost", "out of range");
  offer.cost = cost.value_or(topup::Money{});
  offer.priority =
      static_cast<int>(std::min<std::int64_t>(1'000'000, line.number("priority", "1")));
  return offer;
}

// What the rows say of each other.
class Earlier {
 public:
  void look(Line& line, const CatalogueRow& row) {
    const auto [service, is_new] = services_.try_emplace(row.service.id, row);
    if (!is_new && service->second.service != row.service)
      line.blame(Why::other, "sid", "another service than in line " + text(service->second.line));
    const auto [offer, is_first] =
        offers_.try_emplace({row.service.id, row.provider, row.offer.sku}, row.line);
    if (!is_first) line.blame(Why::repeated, "sku", "the offer of line " + text(offer->second));
  }

 private:
  static std::string text(int line) { return std::to_string(line); }

  std::map<topup::ServiceId, CatalogueRow> services_;
  std::map<std::tuple<topup::ServiceId, std::string, std::string>, int> offers_;
};

void read_rows(const std::vector<CsvRow>& rows, CatalogueTable& table) {
  Earlier earlier;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Line line{rows.front(), rows[i]};
    CatalogueRow row{line.line(), service_of(line), line.name("provider", kProviderNameMax), {}};
    row.offer = offer_of(line, row.service.id);
    if (!line.fault()) earlier.look(line, row);
    if (line.fault())
      table.faults.push_back(*line.fault());
    else
      table.rows.push_back(std::move(row));
  }
}

}  // namespace

std::string_view name(Why why) {
  switch (why) {
    case Why::malformed: return "malformed";
    case Why::empty: return "empty";
    case Why::columns: return "columns";
    case Why::missing: return "missing";
    case Why::number: return "number";
    case Why::range: return "range";
    case Why::choice: return "choice";
    case Why::text: return "text";
    case Why::format: return "format";
    case Why::other: return "other";
    case Why::repeated: return "repeated";
  }
  __builtin_unreachable();
}

CatalogueTable read_catalogue(std::string_view csv) {
  CatalogueTable table;
  std::vector<CsvRow> rows;
  try {
    rows = read_csv(csv);
  } catch (const CsvError& error) {
    table.faults.push_back({Why::malformed, error.line, "", error.what()});
    return table;
  }
  if (rows.empty()) {
    table.faults.push_back({Why::empty, 1, "", "the table has no header line"});
    return table;
  }
  for (const auto* column : {"sid", "tipe", "kategori", "layanan", "provider", "sku", "cost"})
    if (!place_of(rows.front(), column))
      table.faults.push_back(
          fault_at(Why::missing, rows.front().line, column, "the column is missing"));
  const auto& header = rows.front().fields;
  for (auto column = header.begin(); column != header.end(); ++column)
    if (!column->empty() && std::count(header.begin(), column, *column) == 1)
      table.faults.push_back(
          fault_at(Why::repeated, rows.front().line, *column, "the column is there twice"));
  if (table.faults.empty()) read_rows(rows, table);
  return table;
}

}  // namespace topupd
