// The target of a request line, and percent-encoding.
//
// Pure functions; may be called from any thread.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace topupd::http {

struct Target {
  std::string path;       // percent-decoded; starts with '/'; no control bytes
  Pairs query;            // in order, percent-decoded, '+' read as a blank
  std::string authority;  // as written; empty unless the target is in absolute form
};

// Reads "/path?query" or "http://host/path?query".  Empty: another form, a fragment, a byte that is
// not visible ASCII, or a path whose escapes are malformed or stand for control bytes.
std::optional<Target> parse_target(std::string_view text);

// "host", "host:80", "[::1]", "[::1]:80": what a Host may say.  No user, no empty host.
bool is_authority(std::string_view text);

// Pairs of a query or of a form-urlencoded body: "a=1&b=%20".  A name without '=' has the value "";
// empty pieces are left out; a malformed escape stays as it is written.
Pairs parse_query(std::string_view text);

}  // namespace topupd::http
