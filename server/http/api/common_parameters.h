// Parameters that several routes share.

#pragma once

#include <cstdint>
#include <string>

#include "http/api/lists.h"
#include "http/api/params.h"

namespace topupd::http {

inline constexpr Parameter kLimit{.name = "limit",
                                  .type = ParameterType::count,
                                  .min = 1,
                                  .max = 200,
                                  .summary = "How many, 50 by default",
                                  .example = "50"};
inline constexpr Parameter kCursor{.name = "cursor",
                                   .type = ParameterType::count,
                                   .min = 1,
                                   .max = INT64_MAX,
                                   .summary = "next_cursor of the answer before",
                                   .example = "120"};

// The operator's.
inline constexpr Parameter kUserName{.name = "user_id",
                                     .presence = Presence::required,
                                     .min = 1,
                                     .max = 254,
                                     .summary = "A username or an e-mail address",
                                     .example = "toko_a",
                                     .is_private = true};
inline constexpr Parameter kId{.name = "id",
                               .type = ParameterType::count,
                               .presence = Presence::required,
                               .min = 1,
                               .max = INT64_MAX,
                               .summary = "Which one",
                               .example = "3"};
inline constexpr Parameter kProvider{.name = "provider",
                                     .presence = Presence::required,
                                     .min = 1,
                                     .max = 64,
                                     .summary = "The supplier's name",
                                     .example = "sandbox-1"};
// An amount of money that moves.
inline constexpr Parameter kMoved{.name = "amount",
                                  .type = ParameterType::money,
                                  .presence = Presence::required,
                                  .max = kMoneyMax,
                                  .summary = "From 1",
                                  .example = "1000000"};
inline constexpr Parameter kBankFee{.name = "bank_fee",
                                    .type = ParameterType::money,
                                    .max = kMoneyMax,
                                    .summary = "What the transfer cost you on top, 0 by default",
                                    .example = "2500"};

// For a parameter that one route asks for and another may do without.
constexpr Parameter optional(Parameter parameter) {
  parameter.presence = Presence::optional;
  return parameter;
}

// For one whose presence decides what is done, as an id that says what to replace.
constexpr Parameter selecting(Parameter parameter) {
  parameter.presence = Presence::selects;
  return parameter;
}

inline PageRequest read_page(Reader& in) {
  PageRequest page;
  if (const auto limit = in.count(kLimit)) page.limit = static_cast<int>(*limit);
  if (const auto cursor = in.count(kCursor)) page.after = *cursor;
  return page;
}

inline std::string cursor_text(std::int64_t next) { return next == 0 ? "" : std::to_string(next); }

}  // namespace topupd::http
