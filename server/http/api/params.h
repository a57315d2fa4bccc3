// The parameters of a request: declared once, read by that declaration, and shown by it in the
// OpenAPI document.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "http/api/errors.h"
#include "http/api/json.h"
#include "http/message.h"
#include "topup/money.h"
#include "topup/time.h"

namespace topupd::http {

enum class ParameterType {
  text,    // people's words; control and bidirectional characters refused, brought to NFC
  code,    // an id, a target, a number to call: printable ASCII, also sent as a JSON integer
  secret,  // kept byte for byte, UTF-8 without control characters
  table,   // kept byte for byte, with line breaks: whoever reads the table checks its cells
  money,   // whole rupiah: a JSON integer or a string of digits
  count,   // the same form, a small number
  flag,    // a JSON boolean, or "true", "false", 1, 0
  list,    // a JSON list of texts, or one text with commas; also of nothing
  from,    // a day in WIB, or RFC 3339; its first moment
  to,      // the same; the first moment after it
};

enum class Presence {
  optional,
  required,
  selects,  // optional, and decides what is done: see Params::mixed
};

inline constexpr std::int64_t kMoneyMax = topup::Money::kMaxUnits;

struct Parameter {
  std::string_view name;
  ParameterType type = ParameterType::text;
  Presence presence = Presence::optional;
  // Characters of text and code, bytes of a secret and a table, value of money and count (below 0 a
  // sign is taken), items of a list.
  std::int64_t min = 0;
  std::int64_t max = 255;
  std::string_view summary = {};
  std::string_view pattern = {};  // ECMAScript, for the document alone
  std::string_view choices = {};  // "balance|profit": nothing else is taken; empty: anything is
  std::string_view example = {};  // as text
  // Tells of a person, or is as good as a secret: the audit log leaves it out.
  bool is_private = false;
};

// What came with a request, from all its parts.  A name in the path wins over the body, and that
// over the query.
class Params {
 public:
  // Fault: unsupported_media_type, or invalid_parameter for a body that can't be read.
  static std::variant<Params, Fault> of(const Request& request);

  // Null if it was not sent.
  const Value* find(std::string_view name) const;

  // invalid_parameter: a body has some of the parameters and the query alone one that decides what
  // is done with them.  A forgotten part of an address must not turn what a body says into
  // something else, as an order from the balance into one that a customer pays.
  std::optional<Fault> mixed(std::span<const Parameter> parameters) const;

 private:
  Values path_;
  Values body_;
  Values query_;
};

// Reads parameters one after the other and keeps the first fault; after one, and for what was not
// sent, the answers are empty.  An empty string counts as not sent, except of a list.
class Reader {
 public:
  explicit Reader(const Params& params) : params_{params} {}

  std::string text(const Parameter& parameter);
  std::optional<topup::Money> money(const Parameter& parameter);
  std::optional<std::int64_t> count(const Parameter& parameter);
  std::optional<bool> flag(const Parameter& parameter);
  // Without the blanks around each item, and without empty ones.
  std::vector<std::string> list(const Parameter& parameter);
  std::optional<topup::Timestamp> moment(const Parameter& parameter);

  // Sent in whatever form: also empty, null or malformed.
  bool has(const Parameter& parameter) const { return params_.find(parameter.name) != nullptr; }

  // For checks that the declaration can't express.
  void blame(const Parameter& parameter);

  const std::optional<Fault>& fault() const { return fault_; }

 private:
  // The value if it was sent and has a form that the type takes.
  const Value* value(const Parameter& parameter);
  std::optional<std::int64_t> integer(const Parameter& parameter);

  const Params& params_;
  std::optional<Fault> fault_;
};

}  // namespace topupd::http
