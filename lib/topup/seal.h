// The seal of the journal: each posting and each step carries a keyed hash of what it says and of
// the hash before it, and each step one of what it made.  docs/journal.md says what that proves.
//
// A store computes the hashes as it writes; the checker computes them again.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "topup/attempt.h"
#include "topup/digest.h"
#include "topup/ledger.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/steps.h"
#include "topup/treasury.h"
#include "topup/withdrawal.h"

namespace topup {

// Keyed, and the same for ever; safe to call from many threads.
using Hash = std::function<Digest(std::string_view bytes)>;

// What a store seals with.  Empty: it seals nothing.
struct Sealer {
  Hash hash = {};
  std::function<std::int64_t()> salt = {};  // random, seldom 0
  explicit operator bool() const { return static_cast<bool>(hash); }
};

// Everything in a record that changes with a step alone, in bytes that no other record has.
// What people can have erased is in it, so the salt is too: without it nobody, not even with the
// key, finds out what was erased by trying.
std::string canonical(const Order& r);       // all
std::string canonical(const Attempt& r);     // but sn and due_at
std::string canonical(const Charge& r);      // but qr_text, gateway_reference and due_at
std::string canonical(const Receipt& r);     // all
std::string canonical(const Withdrawal& r);  // all
std::string canonical(const Adjustment& r);  // all
std::string canonical(const Prefund& r);     // all

// Of the canonical bytes of what a step made; 0 if there are none.
std::int64_t made_of(const Hash& hash, std::string_view canonical);

// Of a line of the ledger with the entry it belongs to, and of a step with what it made; previous
// is that of the line or step before it, zeros before the first.
Digest seal_of(const Hash& hash, const Digest& previous, const StoredEntry& entry,
               const StoredPosting& posting);
Digest seal_of(const Hash& hash, const Digest& previous, const Step& step);

// The end of the journal as it is noted outside the database: how much there was, and one value
// that stands for all of it.
struct NotedHead {
  std::int64_t postings = 0;
  std::int64_t steps = 0;
  Digest seal{};
  friend bool operator==(const NotedHead&, const NotedHead&) = default;
};

NotedHead noted(const JournalHead& head);
// Of the seals of the last posting and the last step.
Digest joined(const Digest& posting, const Digest& step);

std::string text(const NotedHead& head);                             // "120-344-" and 32 hex digits
std::optional<NotedHead> noted_head_from(std::string_view written);  // as text() writes it

}  // namespace topup
