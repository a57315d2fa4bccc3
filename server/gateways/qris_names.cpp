#include "gateways/qris.h"

namespace topupd::qris {

std::string_view name(Problem problem) {
  switch (problem) {
    case Problem::empty: return "empty";
    case Problem::too_long: return "too_long";
    case Problem::not_printable: return "not_printable";
    case Problem::not_qris: return "not_qris";
    case Problem::malformed: return "malformed";
    case Problem::duplicate_field: return "duplicate_field";
    case Problem::crc_missing: return "crc_missing";
    case Problem::crc_not_last: return "crc_not_last";
    case Problem::crc_mismatch: return "crc_mismatch";
    case Problem::wrong_initiation: return "wrong_initiation";
    case Problem::transfer_code: return "transfer_code";
    case Problem::already_dynamic: return "already_dynamic";
    case Problem::amount_fixed: return "amount_fixed";
    case Problem::tip_or_fee: return "tip_or_fee";
    case Problem::wrong_currency: return "wrong_currency";
    case Problem::wrong_country: return "wrong_country";
    case Problem::field_missing: return "field_missing";
    case Problem::no_merchant_account: return "no_merchant_account";
    case Problem::bad_merchant_account: return "bad_merchant_account";
  }
  return "";
}

std::string_view name(Warning warning) {
  switch (warning) {
    case Warning::lower_case_crc: return "lower_case_crc";
    case Warning::no_repository: return "no_repository";
    case Warning::unusual_nmid: return "unusual_nmid";
    case Warning::no_postal_code: return "no_postal_code";
    case Warning::long_name: return "long_name";
    case Warning::long_city: return "long_city";
    case Warning::unknown_size_class: return "unknown_size_class";
    case Warning::unusual_pan: return "unusual_pan";
    case Warning::opaque_template: return "opaque_template";
  }
  return "";
}

}  // namespace topupd::qris
