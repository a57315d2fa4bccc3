// A database whose master key is lost, or known to somebody else, goes on under another.

#pragma once

#include <cstdint>
#include <filesystem>

#include "topup/seal.h"

namespace topupd {

// What nobody can use any more.
struct Forgotten {
  std::int64_t api_keys = 0;
  std::int64_t second_factors = 0;
  std::int64_t admins_passwords = 0;
};

// Seals the journal anew and forgets what the old key has sealed or hashed: API keys and second
// factors; and the passwords of admins, which alone would open the shop without these.  The file's
// report must be ok, and nobody else has it open.
//
// Everything else is kept.  What a step made is computed anew where it is the last of its record,
// since only that can be held against something; of the others the number stays as it is.  Heads
// noted under the old key lead nowhere from now on, and those in the file are removed.  It is a
// line of the audit log.
//
// Not durable when it returns.  Throws StoreError.
Forgotten take_new_keys(const std::filesystem::path& file, const topup::Hash& hash,
                        topup::Timestamp now);

}  // namespace topupd
