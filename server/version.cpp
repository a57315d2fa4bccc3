#include "version.h"

#include "build_info.h"

namespace topupd {

namespace {

void append_line(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(" ").append(value).append("\n");
}

}  // namespace

std::string_view embedded_licenses();

std::string_view version() { return TOPUP_VERSION; }

std::string version_text(int schema) {
  std::string text;
  append_line(text, "topupd", TOPUP_VERSION);
  append_line(text, "commit", kBuildCommit);
  append_line(text, "schema", std::to_string(schema));
  append_line(text, "compiler", TOPUP_COMPILER);
  for (const auto& [name, version] : carried_libraries())
    append_line(text, name, version);
  return text;
}

std::string_view licenses_text() { return embedded_licenses(); }

}  // namespace topupd
