// QRIS codes as text: read the static code that an operator pastes, turn it
// into one with an amount, read the code that a gateway issues, and make one.
//
// The field numbers in the comments are EMVCo's.  All functions are pure.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace topupd::qris {

// Why a pasted text can't be used as the operator's static code, in the order
// in which it is found out.
enum class Problem {
  empty,
  too_long,         // over 512 characters, or it would be with an amount in it
  not_printable,    // a byte outside 0x20 to 0x7E
  not_qris,         // does not start with 000201
  malformed,        // an id or length is not two digits, or a value runs past the end
  duplicate_field,  // Refusal::field says which
  crc_missing,
  crc_not_last,
  crc_mismatch,      // a character was changed or lost
  wrong_initiation,  // 01 is neither 11 nor 12
  transfer_code,     // person to person or cash, not a merchant's
  already_dynamic,   // for one payment only: the static one is needed
  amount_fixed,
  tip_or_fee,      // would change what the payer pays
  wrong_currency,  // not rupiah
  wrong_country,   // not Indonesia
  field_missing,   // Refusal::field says which; 52 must be four digits
  no_merchant_account,
  bad_merchant_account,  // Refusal::field says which
};

// What is odd but accepted; shown to the operator.
enum class Warning {
  lower_case_crc,
  no_repository,  // 51 is missing, as in old codes
  unusual_nmid,   // not ID and 13 digits
  no_postal_code,
  long_name,  // over 25 characters
  long_city,  // over 15 characters
  unknown_size_class,
  unusual_pan,      // does not start with 9360
  opaque_template,  // 62, 64 or above can't be read inside; copied as it is
};

std::string_view name(Problem problem);
std::string_view name(Warning warning);

struct Refusal {
  Problem problem;
  std::string field = {};  // "59", or "26/01" inside a template; empty if none is to blame
};

// What the operator must recognise as his own before the code is used.
struct Merchant {
  std::string name;
  std::string city;
  std::string nmid;                    // empty if there is no 51
  std::string size_class;              // UMI, UKE, …; empty if not said
  std::vector<std::string> acquirers;  // their domains, in the order of the code
};

struct StaticCode {
  std::string text;  // what was pasted, without the blanks around it
  Merchant merchant;
  std::vector<Warning> warnings;
};

std::variant<StaticCode, Refusal> read_static(std::string_view pasted);

// The static code made dynamic with this amount (whole rupiah).  Every other
// object is copied byte for byte.  Empty unless 1 <= amount <= 10,000,000 and
// code.text is still what read_static() accepted.
std::optional<std::string> with_amount(const StaticCode& code, std::int64_t amount);

// A code as a gateway issues it, where 54 may stand anywhere.
struct IssuedCode {
  std::optional<std::int64_t> amount;  // whole rupiah; empty if the payer types it
  std::string merchant_name;
  std::string reference;  // 62/05; empty if there is none
};

// Empty if the text is no such code: the structure or checksum is broken, or
// the amount is not whole rupiah up to 13 digits.  Some gateways' test systems
// issue other texts, so empty is no reason to refuse a payment.
std::optional<IssuedCode> read_issued(std::string_view text);

struct NewCode {
  std::string merchant_name;  // 1 to 25 printable ASCII characters; longer is cut
  std::string city;           // 1 to 15, the same
  std::string merchant_id;    // 1 to 15
  std::int64_t serial = 0;    // 0 to 9,999,999,999,999: NMID and PAN are made from it
  std::int64_t amount = 0;    // whole rupiah, 1 to 9,999,999,999,999
  std::string reference;      // 1 to 25
};

// A dynamic code of an acquirer that does not exist: no bank pays it.
// Throws std::invalid_argument when a field is outside its range.
std::string make_dynamic(const NewCode& code);

}  // namespace topupd::qris
