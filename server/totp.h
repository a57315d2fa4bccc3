// One-time codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds and 6 digits, which is
// what every such app can do.
//
// SHA-1 is written out here: libsodium has none, and OpenSSL for these lines alone would make the
// program a third larger.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "topup/time.h"

namespace topupd {

// 160 random bits as 32 characters of base 32, as apps take it.
std::string new_totp_secret();

// The number of the 30 seconds in which it is now.
std::int64_t totp_step(topup::Timestamp now);

// "094287"; empty for a secret that is not base 32.
std::string totp_code(std::string_view secret, std::int64_t step);

// The step that the code is of: the present one, the one before it or the one after it, since
// clocks differ.  Empty if it is of none.
std::optional<std::int64_t> step_of(std::string_view secret, std::string_view code,
                                    topup::Timestamp now);

// What apps read from a QR code.
std::string totp_uri(std::string_view secret, std::string_view username);

// The HMAC of RFC 2104 with SHA-1, 20 bytes.
std::string hmac_sha1(std::string_view key, std::string_view text);

}  // namespace topupd
