#include "catalogue_csv.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "csv_reader.h"
#include "topup/catalogue_commands.h"

namespace topupd {
namespace {

// One row with its columns by name.
class Line {
 public:
  Line(const CsvRow& header, const CsvRow& row) : header_{header}, row_{row} {
    if (row.fields.size() != header.fields.size())
      throw CatalogueError{"line " + std::to_string(row.line) + ": " +
                           std::to_string(row.fields.size()) + " columns, not " +
                           std::to_string(header.fields.size())};
  }

  const std::string& text(std::string_view column) const {
    auto found = std::ranges::find(header_.fields, column);
    if (found == header_.fields.end()) fail(column, "the column is missing");
    return row_.fields[static_cast<std::size_t>(found - header_.fields.begin())];
  }

  std::string text_or(std::string_view column, std::string_view otherwise) const {
    bool given = std::ranges::find(header_.fields, column) != header_.fields.end();
    return given && !text(column).empty() ? text(column) : std::string{otherwise};
  }

  std::int64_t number(std::string_view column, const std::string& digits) const {
    std::int64_t value = 0;
    const auto* end = digits.data() + digits.size();
    auto [stop, failure] = std::from_chars(digits.data(), end, value);
    if (failure != std::errc{} || stop != end || value < 0) fail(column, "not a whole number");
    return value;
  }

  bool choice(std::string_view column, std::string_view yes, std::string_view no) const {
    auto word = text_or(column, no);
    if (word != yes && word != no)
      fail(column, "neither " + std::string{yes} + " nor " + std::string{no});
    return word == yes;
  }

  [[noreturn]] void fail(std::string_view column, const std::string& why) const {
    throw CatalogueError{"line " + std::to_string(row_.line) + ", " + std::string{column} + ": " +
                         why};
  }

 private:
  const CsvRow& header_;
  const CsvRow& row_;
};

topup::Service service_of(const Line& line) {
  topup::Service service;
  service.id = topup::ServiceId{line.number("sid", line.text("sid"))};
  if (!service.id) line.fail("sid", "0 is no sid");
  service.tipe = line.text("tipe");
  service.kategori = line.text("kategori");
  service.layanan = line.text("layanan");
  service.available = !line.choice("status", "Gangguan", "Normal");
  service.needs_nometer = line.choice("butuh_nometer", "ya", "tidak");
  auto format = topup::TargetFormat::from(line.text_or("format_target", ""));
  if (!format) line.fail("format_target", "no regular expression of at most 200 characters");
  service.target_format = *format;
  return service;
}

topup::Offer offer_of(topup::Tx& tx, const Line& line, topup::ServiceId service) {
  auto provider = topup::ensure_provider(tx, line.text("provider"));
  if (!provider) line.fail("provider", "not 1 to 64 characters");
  auto cost = topup::Money::from_units(line.number("cost", line.text("cost")));
  if (!cost) line.fail("cost", "out of range");
  topup::Offer offer;
  offer.service = service;
  offer.provider = provider->id;
  offer.sku = line.text("sku");
  offer.cost = *cost;
  offer.priority = static_cast<int>(
      std::min<std::int64_t>(1'000'000, line.number("priority", line.text_or("priority", "1"))));
  for (const auto& known : tx.offers(service))
    if (known.provider == offer.provider && known.sku == offer.sku) offer.id = known.id;
  return offer;
}

void take(topup::Tx& tx, const Line& line) {
  auto service = topup::put_service(tx, service_of(line));
  if (!service) line.fail(service.error().field, "not 1 to 200 characters");
  auto offer = topup::put_offer(tx, offer_of(tx, line, service->id));
  if (!offer) line.fail(offer.error().field, "out of range");
}

}  // namespace

CatalogueImport import_catalogue(
    topup::Store& store, std::string_view csv,
    const std::function<void(topup::Tx& tx, const CatalogueImport& imported)>& also) {
  std::vector<CsvRow> rows;
  try {
    rows = read_csv(csv);
  } catch (const std::runtime_error& malformed) {
    throw CatalogueError{malformed.what()};
  }
  if (rows.empty()) throw CatalogueError{"the table has no header line"};

  auto imported = store.transact([&](topup::Tx& tx) -> topup::Result<CatalogueImport> {
    std::set<std::string> services;
    CatalogueImport result;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      Line line{rows.front(), rows[i]};
      take(tx, line);
      services.insert(line.text("sid"));
      ++result.offers;
    }
    result.services = static_cast<int>(services.size());
    also(tx, result);
    return result;
  });
  return *imported;
}

}  // namespace topupd
