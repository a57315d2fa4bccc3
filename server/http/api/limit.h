// Counting requests against a quota of so many a minute.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app.h"
#include "http/api/errors.h"

namespace topupd::http {

struct Limit {
  std::string key;
  std::int64_t per_minute = 0;  // 0: not counted
};

// Counts the request; adds the headers that say what is left.  rate_limited: there is nothing left.
std::optional<Fault> counted(App& app, const Limit& limit, Pairs& headers);

}  // namespace topupd::http
