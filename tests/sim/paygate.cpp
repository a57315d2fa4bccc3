#include "sim/paygate.h"

#include <algorithm>

#include "core/dice.h"
#include "sim/world.h"

namespace topupd::sim {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using topup::testing::Dice;

constexpr milliseconds kLag{60'000};       // until it knows what was paid
constexpr milliseconds kUnderWay{30'000};  // a payment that a cancellation comes too late for
constexpr hours kOldKeyFor{1};             // notices are under way while their key changes
constexpr std::int64_t kAbsurd = 5'000'000'000'000'000;

}  // namespace

Paygate::Paygate(World& world, topup::GatewayId id, std::string name)
    : world_{world}, id_{id}, name_{std::move(name)} {}

std::uint64_t Paygate::next_key(const std::string& code) {
  return mix(mix(static_cast<std::uint64_t>(id_.value), code),
             static_cast<std::uint64_t>(times_[code]++));
}

std::variant<Created, Unavailable> Paygate::create(const Charge& charge) {
  auto key = next_key(charge.code);
  Dice dice{mix(key, "create")};
  world_.pass(milliseconds{dice.below(200)});
  bool refused = world_.faults.strikes(Fault::charge_refused, key);
  if (refused && dice.one_in(2)) return Unavailable{"no line"};
  auto [asked, is_new] = asked_.try_emplace(charge.code);
  if (is_new) {
    asked->second.amount = charge.amount;
    asked->second.ends_at = world_.timeline.now() + world_.policy.payment_expiry;
    world_.timeline.at(asked->second.ends_at, [this, code = charge.code] { end(code); });
  }
  if (refused) return Unavailable{"no answer"};
  return Created{"G" + charge.code, "QR " + charge.code, charge.expires_at};
}

const Payment* Paygate::first_payment(const std::string& code) const {
  auto found = std::find_if(payments_.begin(), payments_.end(),
                            [&](const Payment& payment) { return payment.code == code; });
  return found == payments_.end() ? nullptr : &*found;
}

ChargeReport Paygate::query(const std::string& code) {
  auto key = next_key(code);
  world_.pass(milliseconds{Dice{key}.below(200)});
  if (world_.faults.strikes(Fault::query_unanswered, key)) return {};
  const auto* paid = first_payment(code);
  bool is_stale = paid != nullptr && world_.timeline.now() < paid->at + kLag &&
                  world_.faults.strikes(Fault::query_stale, key);
  if (paid != nullptr && !is_stale)
    return {ChargeStatus::settled, paid->id, paid->amount, paid->paid_at, paid->fee};
  ChargeReport report;
  report.state = ChargeStatus::not_found;
  auto asked = asked_.find(code);
  if (asked == asked_.end()) return report;
  switch (asked->second.state) {
    case State::open: report.state = ChargeStatus::pending; break;
    case State::cancelled: report.state = ChargeStatus::cancelled; break;
    case State::ended: report.state = ChargeStatus::expired; break;
  }
  return report;
}

CancelResult Paygate::cancel(const std::string& code) {
  auto key = next_key(code);
  world_.pass(milliseconds{Dice{key}.below(200)});
  if (world_.faults.strikes(Fault::query_unanswered, key)) return CancelResult::unknown;
  const auto* paid = first_payment(code);
  if (paid != nullptr && world_.timeline.now() >= paid->at + kLag)
    return CancelResult::already_paid;
  auto asked = asked_.find(code);
  if (asked == asked_.end()) return CancelResult::not_supported;
  asked->second.state = State::cancelled;
  asked->second.cancelled_at = world_.timeline.now();
  return CancelResult::done;
}

void Paygate::end(const std::string& code) {
  auto& asked = asked_.at(code);
  if (asked.state == State::open) asked.state = State::ended;
  if (first_payment(code) != nullptr || Dice{mix(0, code)}.one_in(2)) return;
  report_once({code, "", 0, 0, {}, ChargeStatus::expired}, seconds{1});
}

void Paygate::will_be_paid(const std::string& code, std::int64_t amount, milliseconds by) {
  world_.timeline.after(by, [=, this] { pay(code, amount); });
}

void Paygate::pay(const std::string& code, std::int64_t amount) {
  auto key = next_key(code);
  auto& asked = asked_[code];
  bool is_late =
      asked.state == State::cancelled
          ? world_.timeline.now() < asked.cancelled_at + kUnderWay &&
                world_.faults.strikes(Fault::paid_after_cancel, key)
          : asked.state == State::ended && world_.faults.strikes(Fault::late_payment, key);
  if (asked.state != State::open && !is_late) return;
  if (first_payment(code) != nullptr && world_.faults.stopped()) return;
  Payment payment;
  payment.id = "P" + std::to_string(id_.value) + "-" + std::to_string(payments_.size() + 1);
  payment.code = code;
  payment.amount = amount;
  payment.fee = Dice{mix(key, "fee")}.below(std::min<std::int64_t>(amount, 2) + 1);
  payment.paid_at = world_.timeline.true_wall();
  payment.at = world_.timeline.now();
  balance_ += payment.amount - payment.fee;
  payments_.push_back(payment);
  world_.tell(name_ + " takes " + std::to_string(amount) + " for " + code);
  report(payments_.size() - 1, key);
}

void Paygate::pay_for_nobody(std::uint64_t salt) {
  auto code = "DEP-NOBODY" + std::to_string(salt % 100);
  asked_[code].state = State::open;
  pay(code, Dice{salt}.between(1, 9));
}

void Paygate::tell_absurd_money(std::uint64_t salt) {
  auto absurd = Dice{salt}.pick(std::vector<std::int64_t>{0, -5, kAbsurd});
  auto code = asked_.empty() ? std::string{"INV-NONE"} : asked_.begin()->first;
  report_once({code, "absurd", absurd, 0, world_.timeline.true_wall(), ChargeStatus::settled},
              milliseconds{0});
}

Notice Paygate::notice_of(const Payment& payment) const {
  return {payment.code, payment.id,      payment.amount,
          payment.fee,  payment.paid_at, ChargeStatus::settled};
}

void Paygate::report(Index index, std::uint64_t key) {
  Dice dice{mix(key, "notices")};
  auto notice = notice_of(payments_[index]);
  auto by = milliseconds{dice.one_in(3) ? 0 : dice.below(20'000)};
  if (world_.faults.strikes(Fault::notice_lost, key)) by += hours{dice.between(1, 30)};
  report_once(notice, by);
  if (world_.faults.strikes(Fault::notice_doubled, key))
    for (int i = 0; i < 2; ++i)
      report_once(notice, by + milliseconds{dice.below(4'000'000)});
  if (!world_.faults.strikes(Fault::notice_altered, key)) return;
  ++notice.amount;
  // After the true one was taken, whenever that is.
  auto told = [this, notice] {
    return world_.disk.store().read([&](const topup::View& view) {
      return view.receipt_by_payment(id_, notice.payment_id).has_value();
    });
  };
  world_.timeline.after(by + minutes{1}, [=, this] {
    if (told()) report_once(notice, milliseconds{0});
  });
}

bool Paygate::is_believed(int signed_with) {
  if (key_.opens(signed_with, world_.timeline.now())) return true;
  world_.faults.note(Fault::notice_key_unknown);
  return false;
}

void Paygate::tell_key() {
  key_.of_receiver = key_.of_sender;
  key_.old_until = world_.timeline.now() + kOldKeyFor;
}

// Again until somebody takes it.
void Paygate::report_once(const Notice& notice, milliseconds by) {
  world_.timeline.after(by, [=, this, signed_with = key_.of_sender] {
    if (!world_.is_up() || !is_believed(signed_with)) return report_once(notice, minutes{10});
    try {
      sink_(notice);
    } catch (const ProcessDied&) {
      report_once(notice, minutes{1});
      throw;
    } catch (const std::exception&) {
      report_once(notice, minutes{10});
    }
  });
}

std::int64_t Paygate::pay_out(std::int64_t rupiah) {
  auto paid = std::min(rupiah, balance_);
  balance_ -= paid;
  return paid;
}

void Paygate::take_back(const std::string& payment_id) {
  for (auto& payment : payments_) {
    if (payment.id != payment_id) continue;
    payment.was_taken_back = true;
    balance_ -= payment.amount - payment.fee;
  }
}

}  // namespace topupd::sim
