// QRIS codes changed in one place, and what the paste check says of them.

#pragma once

#include <string>
#include <variant>

#include "catch.h"
#include "gateways/emv.h"
#include "gateways/qris.h"

namespace qris_codes {

namespace emv = topupd::emv;
namespace qris = topupd::qris;

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// The same change, with the checksum made right again.
inline std::string resealed(const std::string& text, const std::string& from,
                            const std::string& to) {
  auto changed = replaced(text, from, to);
  return emv::sealed(changed.substr(0, changed.size() - 8));
}

// "ok", or the problem and the field to blame.
inline std::string verdict(const std::string& text) {
  auto read = qris::read_static(text);
  const auto* refusal = std::get_if<qris::Refusal>(&read);
  if (!refusal) return "ok";
  return std::string{name(refusal->problem)} + (refusal->field.empty() ? "" : " ") + refusal->field;
}

inline qris::StaticCode accepted(const std::string& text) {
  auto read = qris::read_static(text);
  REQUIRE(std::holds_alternative<qris::StaticCode>(read));
  return std::get<qris::StaticCode>(read);
}

inline std::string warnings(const std::string& text) {
  std::string list;
  for (auto w : accepted(text).warnings)
    list += (list.empty() ? "" : " ") + std::string{name(w)};
  return list;
}

}  // namespace qris_codes
