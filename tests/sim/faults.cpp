#include "sim/faults.h"

#include "core/dice.h"

namespace topupd::sim {
namespace {

using F = Fault;

// clang-format off
constexpr std::array kNames{
    FaultName{F::connect_refused,         "F1",  "the supplier's machine refuses the connection"},
    FaultName{F::request_lost,            "F2",  "no answer, and the request never arrived"},
    FaultName{F::answer_lost,             "F3 F4", "no answer, though the request arrived"},
    FaultName{F::success_reversed,        "F5",  "a delivery is taken back days later"},
    FaultName{F::failure_then_success,    "F6",  "a failure for sure, and then it delivers"},
    FaultName{F::pending_for_ever,        "F7",  "the supplier never decides"},
    FaultName{F::status_lags,             "F8",  "not found, though it has it"},
    FaultName{F::callback_lost,           "F9",  "a callback comes hours late"},
    FaultName{F::callback_doubled,        "F9",  "a callback comes again"},
    FaultName{F::callback_reordered,      "F10", "pending comes after the final word"},
    FaultName{F::callback_before_answer,  "F11", "the callback overtakes the answer"},
    FaultName{F::callback_of_nobody,      "F12", "a callback for an unknown or another's reference"},
    FaultName{F::other_cost,              "F13", "it takes another cost than was quoted"},
    FaultName{F::serial_missing,          "F14", "a success without a serial number"},
    FaultName{F::float_exhausted,         "F16", "the money at the supplier has run out"},
    FaultName{F::gibberish,               "F17", "an answer that says nothing"},
    FaultName{F::slow_answer,             "F18", "an answer at the last moment"},
    FaultName{F::maintenance,             "F20", "the supplier is closed"},
    FaultName{F::supplier_reprices,       "F21", "the supplier changes its price list"},
    FaultName{F::notice_lost,             "F22", "a notice of a payment comes hours late"},
    FaultName{F::notice_doubled,          "F22", "a notice of a payment comes again"},
    FaultName{F::notice_altered,          "F22", "the same payment is reported with another amount"},
    FaultName{F::notice_of_nobody,        "F12", "a payment for a charge that nobody made"},
    FaultName{F::notice_impossible,       "F24", "a notice of no, negative or absurd money"},
    FaultName{F::late_payment,            "F23", "paid after the charge's time"},
    FaultName{F::wrong_amount,            "F24", "paid a little more or less, or in two parts"},
    FaultName{F::second_payment,          "F24", "paid twice"},
    FaultName{F::paid_after_cancel,       "F30", "paid while the charge is being cancelled"},
    FaultName{F::chargeback,              "F28", "the gateway takes a payment back"},
    FaultName{F::payout_short,            "F29", "the gateway pays out a part"},
    FaultName{F::charge_refused,          "F26", "the gateway does not say that it took the charge"},
    FaultName{F::query_unanswered,        "F17", "the gateway does not answer"},
    FaultName{F::query_stale,             "F8",  "the gateway does not know yet what was paid"},
    FaultName{F::same_key_twice,          "F31", "a request comes twice at the same moment"},
    FaultName{F::same_key_changed,        "F32", "a key comes again with another request"},
    FaultName{F::asked_again,             "F33", "a client who heard nothing asks again"},
    FaultName{F::last_rupiah,             "F34", "two orders race for the last rupiah"},
    FaultName{F::admin_guesses,           "F35", "an admin decides before the supplier does"},
    FaultName{F::two_admins,              "F36", "two admins decide the same thing"},
    FaultName{F::reversal_races,          "F37", "a withdrawal races a reversal"},
    FaultName{F::repriced,                "F38", "prices change while orders are open"},
    FaultName{F::switched_off,            "F38", "an offer is switched off or on"},
    FaultName{F::suspended,               "F39", "a reseller is suspended or reinstated"},
    FaultName{F::erased,                  "F39", "a reseller is erased as soon as he can be"},
    FaultName{F::policy_changed,          "F58", "the operator changes the policy"},
    FaultName{F::key_replaced,            "F57", "a reseller's key is replaced"},
    FaultName{F::clock_ahead,             "F40", "the machine's clock jumps ahead"},
    FaultName{F::clock_back,              "F40", "the machine's clock jumps back"},
    FaultName{F::frozen,                  "F41", "the machine stands still between recording and sending"},
    FaultName{F::downtime,                "F42", "the server is down for hours; everything is due at once"},
    FaultName{F::killed,                  "F43", "the process dies, calls under way or not"},
    FaultName{F::killed_before_commit,    "F43", "the process dies before a commit"},
    FaultName{F::killed_after_commit,     "F43", "the process dies after a commit, before anybody hears"},
    FaultName{F::killed_while_recovering, "F44", "the process dies again in its first minute"},
    FaultName{F::disk_full,               "F45", "the disk is full"},
    FaultName{F::commit_unknown_lost,     "F46", "a commit fails and is lost"},
    FaultName{F::commit_unknown_kept,     "F46", "a commit fails and is kept"},
    FaultName{F::read_failed,             "F47", "the store can't be read"},
    FaultName{F::body_run_twice,          "F47", "a transaction is undone and run again"},
    FaultName{F::old_key_refused,         "F19", "the supplier takes only what a new key has signed"},
    FaultName{F::same_amount,             "F25", "two charges of the same amount are open at once"},
    FaultName{F::notice_key_unknown,      "F56", "a notice or callback is signed with a key not known yet, or no more"},
};
// clang-format on
static_assert(kNames.size() == kFaults);

// SplitMix64's.
constexpr std::uint64_t scatter(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15U;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

}  // namespace

std::span<const FaultName> fault_names() { return kNames; }

std::uint64_t mix(std::uint64_t a, std::uint64_t b) { return scatter(scatter(a) ^ b); }

std::uint64_t mix(std::uint64_t a, std::string_view text) {
  auto mixed = a;
  for (char c : text)
    mixed = mix(mixed, static_cast<unsigned char>(c));
  return mixed;
}

bool Faults::strikes(Fault fault, std::uint64_t key) {
  auto index = static_cast<std::size_t>(fault);
  int heat = heats_.at(index);
  if (stopped_ || heat == 0) return false;
  topup::testing::Dice dice{mix(mix(seed_, index), key)};
  if (!dice.one_in(heat)) return false;
  note(fault);
  return true;
}

}  // namespace topupd::sim
