#include "http/message.h"

#include <string>

namespace topupd::http {

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

Response refuse_in_plain_text(const Refusal& refusal) {
  std::string body = std::to_string(refusal.status);
  if (!refusal.reason.empty()) body.append(" ").append(refusal.reason);
  body += '\n';
  return {.status = refusal.status,
          .content_type = "text/plain; charset=utf-8",
          .body = std::move(body)};
}

}  // namespace topupd::http
