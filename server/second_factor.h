// What somebody's second factor is: an app's secret, and codes on paper for the day when the phone
// is gone.  Kept sealed with the user, and what was tried with it too, so that a restart forgets
// neither a code that was taken nor one that was guessed.

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto.h"
#include "topup/time.h"

namespace topupd {

struct SecondFactor {
  std::string secret;                      // see totp.h
  std::vector<std::string> recovery = {};  // keyed hashes of the codes that are left
  std::int64_t last_step = 0;              // of the app's code that was taken last
  int wrong_tries = 0;                     // since a code was right
  std::int64_t wrong_at = 0;               // seconds: when the last of them was
};

std::string sealed(const MasterKey& master, const SecondFactor& factor);
// Empty if it can't be opened.
std::optional<SecondFactor> opened(const MasterKey& master, std::string_view sealed);

// Ten codes, "48210 97365": digits, since that is what a phone offers where a code is asked for.
// Shown once.
std::vector<std::string> new_recovery_codes();
std::string recovery_hash(const MasterKey& master, std::string_view code);

// How long no code is looked at: five minutes after each wrong one, from the fifth in a row on; 0
// as a rule.  Who knows the password has fewer than 300 guesses a day at three codes of a million.
std::chrono::seconds pause_of(const SecondFactor& factor, topup::Timestamp now);

// Whether the code is the app's and later than any that was taken before, or a recovery code that
// is left, which it is no more then; blanks and dashes don't matter.  A wrong one is counted. `now`
// is what a phone's clock says, too.
bool take_code(const MasterKey& master, SecondFactor& factor, std::string_view code,
               topup::Timestamp now);

}  // namespace topupd
