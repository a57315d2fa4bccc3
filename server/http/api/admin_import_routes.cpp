// The catalogue as a table, from a spreadsheet: what it would change, and changing it.

#include <algorithm>

#include "catalogue_import.h"
#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

constexpr std::int64_t kTableMax = std::int64_t{64} * 1024;  // bytes; a body has no room for more
constexpr std::size_t kShownMost = 200;                      // changes or faults; all are counted

constexpr Parameter kCsv{.name = "csv",
                         .type = ParameterType::table,
                         .presence = Presence::required,
                         .min = 1,
                         .max = kTableMax,
                         .summary =
                             "The table with its header line, as topupd catalog import has "
                             "it; what is not in it stays",
                         .example =
                             "sid,tipe,kategori,layanan,provider,sku,cost\n"
                             "1,Games,Free Fire,70 Diamond,sandbox1,FF1,9500\n",
                         .is_private = true};

constexpr std::string_view kPreviewExample =
    R"({"status":true,"data":{"services":{"added":1,"changed":0,"same":60},)"
    R"("offers":{"added":1,"changed":1,"same":119},"new_providers":["west"],)"
    R"("changes":[{"line":2,"sid":"1","kategori":"Free Fire","layanan":"70 Diamond",)"
    R"("provider":"sandbox1","sku":"FF1","is_new":false,)"
    R"("fields":[{"column":"cost","now":"9500","then":"9600"}]}],)"
    R"("error_count":1,"errors":[{"line":3,"column":"cost","why":"number",)"
    R"("message":"line 3, cost: not a whole number"}]}})";
constexpr std::string_view kImportExample =
    R"({"status":true,"data":{"services":{"added":1,"changed":0,"same":60},)"
    R"("offers":{"added":1,"changed":1,"same":119},"new_providers":["west"]}})";

JsonObject count_json(const CatalogueCount& count) {
  return JsonObject{}
      .number("added", count.added)
      .number("changed", count.changed)
      .number("same", count.same);
}

JsonObject import_json(const CatalogueImport& imported) {
  JsonList providers;
  for (const auto& name : imported.new_providers)
    providers.add(json_quoted(name));
  return JsonObject{}
      .object("services", count_json(imported.services))
      .object("offers", count_json(imported.offers))
      .raw("new_providers", providers.str());
}

JsonObject change_json(const CatalogueChange& change) {
  JsonList fields;
  for (const auto& field : change.fields)
    fields.add(
        JsonObject{}.text("column", field.column).text("now", field.now).text("then", field.then));
  JsonObject json;
  json.number("line", change.line)
      .text("sid", std::to_string(change.service.id.value))
      .text("kategori", change.service.kategori)
      .text("layanan", change.service.layanan);
  if (!change.provider.empty()) json.text("provider", change.provider).text("sku", change.sku);
  return json.flag("is_new", change.fields.empty()).raw("fields", fields.str());
}

JsonObject fault_json(const CatalogueFault& fault) {
  return JsonObject{}
      .number("line", fault.line)
      .text("column", fault.column)
      .text("why", name(fault.why))
      .text("message", fault.said);
}

// The first of them; there may be as many as lines.
template <class Record>
std::string first_of(const std::vector<Record>& all, JsonObject (*show)(const Record&)) {
  JsonList shown;
  for (std::size_t i = 0; i < std::min(all.size(), kShownMost); ++i)
    shown.add(show(all[i]));
  return shown.str();
}

JsonObject with_faults(JsonObject json, const CatalogueTable& table) {
  return json.number("error_count", static_cast<std::int64_t>(table.faults.size()))
      .raw("errors", first_of(table.faults, fault_json));
}

Answer preview_table(Call& call) {
  Reader in{call.params};
  const auto csv = in.text(kCsv);
  if (in.fault()) return *in.fault();
  const auto table = read_catalogue(csv);
  if (!table.faults.empty()) return ok(with_faults(import_json({}).raw("changes", "[]"), table));
  const auto preview = call.app.store.read(
      [&](const topup::View& view) { return topupd::preview_import(view, table); });
  return ok(with_faults(import_json(preview).raw("changes", first_of(preview.changes, change_json)),
                        table));
}

Answer import_table(Call& call) {
  Reader in{call.params};
  const auto csv = in.text(kCsv);
  if (in.fault()) return *in.fault();
  const auto table = read_catalogue(csv);
  if (!table.faults.empty())
    return Fault{.code = ErrorCode::invalid_parameter,
                 .field = std::string{kCsv.name},
                 .data = with_faults(JsonObject{}, table).str()};
  const auto done = call.app.store.transact([&](topup::Tx& tx) -> topup::Result<CatalogueImport> {
    if (const auto allowed = topup::require_admin(tx, call.user.id); !allowed)
      return allowed.error();
    auto imported = put_catalogue(tx, table);
    record_deed(tx, call, call.user.id, AuditNote{"", import_detail(imported)});
    return imported;
  });
  if (!done) return fault(done.error());
  log_action(call, import_detail(*done));
  return ok(import_json(*done));
}

}  // namespace

std::vector<Endpoint> admin_import_endpoints() {
  return {
      {.path = "/api/admin/catalog/preview",
       .access = Access::admin,
       .summary = "What importing a table would change, and what is wrong in it; nothing is kept",
       .parameters = {kCsv},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kPreviewExample,
       .handler = preview_table},
      admin_change({.path = "/api/admin/catalog/import",
                    .summary = "Take over a table of services and suppliers, all of it or nothing",
                    .parameters = {kCsv},
                    .example = kImportExample,
                    .handler = import_table}),
  };
}

}  // namespace topupd::http
