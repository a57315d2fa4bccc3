// Money going out: profit that a reseller takes, by hand of an admin, or moves
// to the balance.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "topup/ids.h"
#include "topup/money.h"
#include "topup/time.h"
#include "topup/transitions.h"

namespace topup {

enum class WithdrawalState { requested, paid, rejected };
enum class WithdrawalEvent { pay, reject };

using WithdrawalTransition = Transition<WithdrawalState, WithdrawalEvent>;

std::span<const WithdrawalTransition> withdrawal_transitions();
const WithdrawalTransition* find_transition(WithdrawalState state, WithdrawalEvent event);
constexpr bool is_over(WithdrawalState state) { return state != WithdrawalState::requested; }

struct Withdrawal {
  WithdrawalId id;
  UserId user;
  WithdrawalState state = WithdrawalState::requested;
  Money amount;  // leaves the profit
  Money fee;     // of it, kept by the operator; amount - fee is transferred
  std::string bank;
  std::string account_number;
  std::string account_name;
  std::string note;  // the admin's: a transfer reference or a reason
  Timestamp created_at{};
  Timestamp updated_at{};
  std::int64_t salt = 0;  // as an order's
  friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

// Profit moved to the balance.  There is no way back.
struct Transfer {
  TransferId id;
  UserId user;
  Money amount;
  Timestamp created_at{};
  friend bool operator==(const Transfer&, const Transfer&) = default;
};

std::string_view name(WithdrawalState state);
std::string_view name(WithdrawalEvent event);
std::optional<WithdrawalState> withdrawal_state_from(std::string_view word);

}  // namespace topup
