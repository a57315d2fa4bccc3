// What the checker remembers of an archive: of every thing the few fields that
// the invariants speak of, about 120 bytes for an order with its attempt, so that
// a million orders fit easily.  Nothing is remembered of the journal.
//
// Internal to the checker.  Amounts are whole rupiah in plain integers: what is
// checked may be damaged, and its sums must not throw.

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "topup/checker.h"
#include "topup/ledger.h"
#include "topup/store.h"

namespace topup::checking {

// Collects violations into the report: the first 100 with their text.
class Findings {
 public:
  explicit Findings(Report& report) : report_{&report} {}
  void add(std::string_view invariant, std::string what);

 private:
  Report* report_;
};

// "order 55"
std::string named(std::string_view thing, std::int64_t id);
std::string rupiah(std::int64_t units);  // "Rp 20500"

// Which kinds of entry exist about a thing: one bit each.
using Kinds = std::uint32_t;
constexpr Kinds bit(EntryKind kind) { return Kinds{1} << static_cast<unsigned>(kind); }
constexpr Kinds bits() { return 0; }
template <class... More>
constexpr Kinds bits(EntryKind kind, More... more) {
  return bit(kind) | bits(more...);
}
std::string words(Kinds kinds);  // "order_held, order_voided", or "none"

// In the rows below: step is the state that the thing's steps lead to, as the index of its
// enumerator, and is_as_made that the thing is as the last of them left it.
constexpr std::int8_t kNoStep = -1;

struct UserRow {
  bool present = false;
  bool wallet_seen = false;
  std::array<std::int64_t, kUserAccountCount> balance{};  // replayed, on the normal side
  std::array<std::int64_t, kUserAccountCount> version{};
  std::array<std::int64_t, kUserAccountCount> last{};  // id of the account's last posting
  std::int64_t last_order = 0;
  std::int64_t clawed_back = 0;  // profit taken back by reversals, as the journal says
  bool erased = false;
  bool erased_by_step = false;
};

// What a thing is sealed as.
struct Sealed {
  std::int64_t made = 0;
};

struct OrderRow : Sealed {
  std::int64_t user = 0;
  std::int64_t price = 0;
  std::int64_t fee = 0;
  std::int64_t selling = 0;
  std::int64_t delivered_by = 0;  // the attempt that succeeded, reversed or not; see deliveries
  Kinds entries = 0;
  OrderMode mode : 8 = OrderMode::balance;
  OrderState state : 8 = OrderState::unpaid;
  std::uint16_t attempts = 0;
  std::uint16_t late_attempts = 0;
  std::uint8_t unresolved = 0;
  std::uint8_t delivered = 0;  // attempts, less those replaced, as far as the journal was replayed
  std::uint8_t charges = 0;
  std::uint8_t settled_by = 0;  // payments that started it
  std::int8_t step = kNoStep;
  std::int8_t blocking = 0;  // attempts, by their steps, that forbid another one
  bool present = false;
  bool is_as_made = false;
};

struct AttemptRow : Sealed {
  std::int64_t order = 0;
  std::int64_t provider = 0;
  std::int64_t cost = 0;
  std::int64_t final_cost = 0;
  Kinds entries = 0;
  AttemptState state : 8 = AttemptState::planned;
  std::int8_t step = kNoStep;
  bool present = false;
  bool is_as_made = false;
};

struct ChargeRow : Sealed {
  std::int64_t user = 0;
  std::int64_t order = 0;
  std::int64_t nominal = 0;
  std::int64_t fee = 0;
  std::int64_t unique_code = 0;
  Timestamp expires_at{};
  ChargePurpose purpose = ChargePurpose::deposit;
  ChargeState state = ChargeState::pending;
  std::uint8_t settled_by = 0;    // payments that settled it in time
  std::uint32_t credited_by = 0;  // payments of it that were credited from suspense
  std::uint32_t by_policy = 0;    // of those, the ones that no person decided on
  std::uint32_t settlings = 0;    // its steps that say it was paid, in time or late
  std::int8_t step = kNoStep;
  bool present = false;
  bool is_as_made = false;
  std::int64_t total() const { return nominal + fee + unique_code; }
};

struct ReceiptRow : Sealed {
  std::int64_t gateway = 0;
  std::int64_t charge = 0;
  std::int64_t user = 0;
  std::int64_t amount = 0;
  std::int64_t fee = 0;
  Timestamp paid_at{};
  ReceiptState state = ReceiptState::received;
  Kinds entries = 0;
  std::int8_t step = kNoStep;
  bool present = false;
  bool is_as_made = false;
};

struct WithdrawalRow : Sealed {
  std::int64_t user = 0;
  std::int64_t amount = 0;
  std::int64_t fee = 0;
  WithdrawalState state = WithdrawalState::requested;
  Kinds entries = 0;
  std::int8_t step = kNoStep;
  bool present = false;
  bool is_as_made = false;
};

struct TransferRow {
  std::int64_t user = 0;
  std::int64_t amount = 0;
  Kinds entries = 0;
  bool present = false;
};

struct AdjustmentRow : Sealed {
  std::int64_t user = 0;
  std::int64_t amount = 0;
  std::int64_t proposed_by = 0;
  std::int64_t decided_by = 0;
  AdjustmentState state = AdjustmentState::proposed;
  Kinds entries = 0;
  std::int8_t step = kNoStep;
  bool has_reason = false;
  bool present = false;
  bool is_as_made = false;
};

struct PrefundRow : Sealed {
  std::int64_t provider = 0;
  std::int64_t amount = 0;
  std::int64_t bank_fee = 0;
  PrefundState state = PrefundState::sent;
  Kinds entries = 0;
  std::int8_t step = kNoStep;
  bool present = false;
  bool is_as_made = false;
};

struct TreasuryRow {
  TreasuryMoveKind kind = TreasuryMoveKind::capital;
  std::int64_t gateway = 0;
  std::int64_t user = 0;
  std::int64_t amount = 0;
  Kinds entries = 0;
  bool present = false;
};

// Things by id, which are 1, 2, 3, … without a gap.
template <class Row>
class Rows {
 public:
  // Null if there is none of that id.
  Row* find(std::int64_t id) {
    if (id < 1 || id > static_cast<std::int64_t>(rows_.size())) return nullptr;
    Row& row = rows_[static_cast<std::size_t>(id - 1)];
    return row.present ? &row : nullptr;
  }

  // The row for the next id; null if that id is not the next one, or so far
  // beyond it that it can't be a gap.  missing: how many ids were left out.
  Row* append(std::int64_t id, std::int64_t& missing) {
    constexpr std::int64_t kGapMax = 100'000;
    missing = id - static_cast<std::int64_t>(rows_.size()) - 1;
    if (missing < 0 || missing > kGapMax) return nullptr;
    rows_.resize(static_cast<std::size_t>(id));
    rows_.back().present = true;
    return &rows_.back();
  }

  // visit(id, row) for every one that is present, by id.
  template <class Visit>
  void each(Visit visit) {
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (rows_[i].present) visit(static_cast<std::int64_t>(i) + 1, rows_[i]);
  }

 private:
  std::deque<Row> rows_;  // as it grows no row moves, and none is there twice
};

struct Facts {
  Rows<UserRow> users;
  Rows<OrderRow> orders;
  Rows<AttemptRow> attempts;
  Rows<ChargeRow> charges;
  Rows<ReceiptRow> receipts;
  Rows<WithdrawalRow> withdrawals;
  Rows<TransferRow> transfers;
  Rows<AdjustmentRow> adjustments;
  Rows<PrefundRow> prefunds;
  Rows<TreasuryRow> treasury;
  std::set<std::pair<IncidentKind, std::int64_t>> incidents;       // kind and subject
  std::set<std::pair<IncidentKind, std::int64_t>> open_incidents;  // those not closed
  std::map<LedgerAccount, std::int64_t> system;                    // replayed, on the normal side
  std::map<std::int64_t, std::int64_t> taken_from_clearing;  // by gateway, as the journal says
  // By order, what its late deliveries cost, as far as the journal was replayed.
  std::map<std::int64_t, std::int64_t> late_costs;
  // By order, the attempts that delivered it, where one took the place of another.
  std::map<std::int64_t, std::vector<std::int64_t>> deliveries;

  // Replayed, on the normal side; 0 for an account without postings.
  std::int64_t balance(LedgerAccount account);
};

class Seals;

// What a pass over the archive fills, compares and reports to.
struct Pass {
  Facts& facts;
  Seals& seals;
  Findings& findings;
};

// I27, and I40 and I41 over the orders: reads everything but the journal, the wallets and the
// steps.
void gather(const Archive& archive, const Pass& pass);

}  // namespace topup::checking
