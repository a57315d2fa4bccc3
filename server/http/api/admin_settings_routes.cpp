// What the running shop is configured with, and how its backups stand.

#include <filesystem>
#include <system_error>

#include "config_keys.h"
#include "config_words.h"
#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "version.h"
#include "wib.h"

namespace topupd::http {

namespace {

// A secret is said to be there or not, never shown.
JsonObject setting_json(const ConfigKey& key, const Config& config) {
  const auto value = value_text(key, config);
  const auto usual = value_text(key, {});
  return JsonObject{}
      .text("key", key.name)
      .text("value", key.is_secret ? "" : value)
      .text("default", key.is_secret ? "" : usual)
      .flag("changed", value != usual)
      .flag("secret", key.is_secret)
      .flag("set", !value.empty())
      .text("help", key.help)
      .text("bantuan", bantuan_of(key.name));
}

JsonObject backup_json(const App& app) {
  const auto state = app.backups();
  const topup::Timestamp made_at{state.made_at};
  return JsonObject{}
      .number("keep", app.config.backup.keep)
      .number("hour", app.config.backup.hour)
      .text("dir", backup_dir(app.config))
      .text("made_at", state.made_at.count() == 0 ? "" : to_wib(made_at))
      .number("bytes", state.bytes)
      .flag("failed", state.failed);
}

JsonObject about_json(const App& app) {
  std::error_code unknown;
  const auto file = std::filesystem::path{app.config.server.data} / "topup.db";
  const auto bytes = std::filesystem::file_size(file, unknown);
  return JsonObject{}
      .text("version", version())
      .text("public_url", app.public_url)
      .number("database_bytes", unknown ? 0 : static_cast<std::int64_t>(bytes))
      .flag("sandbox", app.config.sandbox.enabled);
}

Answer show_settings(Call& call) {
  JsonList settings;
  for (const auto& key : config_keys())
    settings.add(setting_json(key, call.app.config));
  return ok(JsonObject{}
                .raw("settings", settings.str())
                .object("backup", backup_json(call.app))
                .object("about", about_json(call.app)));
}

}  // namespace

std::vector<Endpoint> admin_settings_endpoints() {
  return {
      {.path = "/api/admin/settings",
       .access = Access::admin,
       .summary = "What this server was started with, key by key, without secrets; its backups; "
                  "what it is",
       .example = R"({"status":true,"data":{"settings":[{"key":"deposit.min","value":"10000",)"
                  R"("default":"10000","changed":false,"secret":false,"set":true,)"
                  R"("help":"The smallest deposit, in rupiah.","bantuan":"Deposit terkecil."}],)"
                  R"("backup":{"keep":7,"hour":3,"dir":"data/backups",)"
                  R"("made_at":"2026-01-02T03:00:05+07:00","bytes":1048576,"failed":false},)"
                  R"("about":{"version":"0.1.0","public_url":"https://topup.example",)"
                  R"("database_bytes":1048576,"sandbox":false}}})",
       .handler = show_settings},
  };
}

}  // namespace topupd::http
