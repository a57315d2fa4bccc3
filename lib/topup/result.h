// Result<T> holds either a value or the business reason why there is none.
//
// A Result answers the caller; an exception reports that the machine or the
// program is broken.  If a correct program on a healthy machine can see it, it
// is an Error here; otherwise it is thrown.
//
// The member names are those of std::expected, which replaces this class once
// every supported compiler has it.

#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace topup {

// Why a command was refused.  The words (see name()) are the ones on the wire
// and in the documents; a code exists to tell the caller what to do next.
enum class Code {
  invalid_parameter,     // a field is missing, malformed or out of range; Error::field names it
  insufficient_balance,  // the account does not cover it; nothing was changed
  forbidden,             // this person may not do this (a second person is needed, wrong role)
  account_suspended,
  not_found,        // also for what belongs to somebody else
  duplicate_order,  // same service and target still pending; Error::subject is that order
  username_taken,
  email_taken,
  not_cancellable,       // paid or final already
  conflict,              // the thing is in a state in which this cannot happen
  idempotency_conflict,  // the same key with other parameters
  ref_id_conflict,       // the same ref_id with other parameters; Error::subject is that order
  price_below_cost,
  service_unavailable,  // switched off, or no supplier sells it at a price that loses nothing
  amount_out_of_range,
  invalid_target,  // the target does not have the form that the service asks for
};

std::string_view name(Code code);

struct Error {
  Code code;
  std::string field = {};    // the parameter's name on the wire; empty if none is to blame
  std::int64_t subject = 0;  // the id of what stands in the way; 0 if nothing does
};

template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit, so that a command can say "return order;" or "return Error{...};".
  // NOLINTBEGIN(google-explicit-constructor)
  Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}
  Result(Error error) : state_{std::in_place_index<1>, std::move(error)} {}
  // NOLINTEND(google-explicit-constructor)

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }
  const T& value() const {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

struct Nothing {
  friend constexpr bool operator==(Nothing, Nothing) = default;
};
using Status = Result<Nothing>;

}  // namespace topup
