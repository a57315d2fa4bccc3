#include "http/api/audit.h"

#include <algorithm>
#include <utility>

namespace topupd::http {

namespace {

// The subject says it.
bool names_subject(const Parameter& parameter) {
  return parameter.name == "id" || parameter.name == "sid";
}

bool is_kept(const Parameter& parameter) {
  return parameter.type != ParameterType::secret && !parameter.is_private &&
         !names_subject(parameter);
}

std::string text_of(const Value& value) {
  if (value.kind != Value::Kind::list) return value.text;
  std::string text;
  for (const auto& item : value.items)
    text += (text.empty() ? "" : " ") + item;
  return text;
}

}  // namespace

std::string_view deed_of(const Endpoint& endpoint) {
  constexpr std::string_view kApi = "/api/";
  constexpr std::string_view kAdmin = "/api/admin/";
  auto deed = endpoint.path;
  deed.remove_prefix(deed.starts_with(kAdmin) ? kAdmin.size() : kApi.size());
  return deed;
}

std::string audit_detail(const Endpoint& endpoint, const Params& params) {
  std::string detail;
  for (const auto& parameter : endpoint.parameters) {
    const auto* value = is_kept(parameter) ? params.find(parameter.name) : nullptr;
    const auto text = value == nullptr ? "" : text_of(*value);
    if (text.empty()) continue;
    if (!detail.empty()) detail += ", ";
    detail += std::string{parameter.name} + "=" + text;
  }
  return detail;
}

void record_deed(topup::Tx& tx, const Call& call, topup::UserId by, std::string subject) {
  record_deed(tx, call, by,
              AuditNote{std::move(subject), audit_detail(call.endpoint, call.params)});
}

void record_deed(topup::Tx& tx, const Call& call, topup::UserId by, AuditNote note) {
  topup::AuditLine line;
  line.id = topup::next_id<topup::AuditId>(tx);
  line.by = {topup::Actor::admin, by.value};
  line.deed = deed_of(call.endpoint);
  line.subject = std::move(note.subject);
  line.detail = std::move(note.detail);
  line.address = call.request.client;
  line.at = call.now;
  tx.insert(line);
}

}  // namespace topupd::http
