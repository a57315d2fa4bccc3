#include "gateways/sandbox_gateway.h"

#include <stdexcept>
#include <utility>

#include "gateways/qris.h"

namespace topupd {
namespace {

constexpr const char* kPayments = "sandbox gateway payment";
constexpr const char* kExpiries = "sandbox gateway expiry";
constexpr std::int64_t kAmountMax = 9'999'999'999'999;  // what a QRIS code can say

Notice notice_of(const SandboxPayment& payment) {
  return {payment.code, payment.payment_id, payment.amount,
          payment.fee,  payment.paid_at,    ChargeStatus::settled};
}

}  // namespace

SandboxGateway::SandboxGateway(Options options, SandboxDb& db, SandboxTime& time,
                               SandboxOutbox& outbox)
    : options_{std::move(options)}, db_{db}, time_{time}, outbox_{outbox} {
  outbox_.deliver_for(kPayments, [this](const std::string& id) { tell_payment(id); });
  outbox_.deliver_for(kExpiries, [this](const std::string& code) { tell_expiry(code); });
}

std::variant<Created, Unavailable> SandboxGateway::create(const Charge& charge) {
  try {
    auto qr_text = qris::make_dynamic(
        {options_.merchant_name, options_.city, "SANDBOX", 1, charge.amount, charge.code});
    auto kept = db_.open_charge({charge.code, charge.amount, qr_text, charge.expires_at});
    if (kept.amount != charge.amount) return Unavailable{"the code has another amount"};
    return Created{"SBX-" + kept.code, kept.qr_text, kept.expires_at};
  } catch (const std::exception& e) {
    return Unavailable{e.what()};
  }
}

ChargeStatus SandboxGateway::status_of(const SandboxCharge& charge) const {
  switch (charge.state) {
    case SandboxChargeState::settled: return ChargeStatus::settled;
    case SandboxChargeState::expired: return ChargeStatus::expired;
    case SandboxChargeState::cancelled: return ChargeStatus::cancelled;
    case SandboxChargeState::pending: break;
  }
  return time_.now() < charge.expires_at ? ChargeStatus::pending : ChargeStatus::expired;
}

ChargeReport SandboxGateway::query(const std::string& code) {
  try {
    auto charge = db_.charge(code);
    if (!charge) return {ChargeStatus::not_found};
    ChargeReport report{status_of(*charge)};
    if (auto payment = db_.first_payment(code)) {
      report.state = ChargeStatus::settled;
      report.payment_id = payment->payment_id;
      report.paid_amount = payment->amount;
      report.paid_at = payment->paid_at;
      report.fee = payment->fee;
    }
    return report;
  } catch (const std::exception&) {
    return {};
  }
}

CancelResult SandboxGateway::cancel(const std::string& code) {
  try {
    auto charge = db_.close_charge(code, SandboxChargeState::cancelled, {});
    if (!charge) return CancelResult::unknown;
    return charge->state == SandboxChargeState::settled ? CancelResult::already_paid
                                                        : CancelResult::done;
  } catch (const std::exception&) {
    return CancelResult::unknown;
  }
}

std::optional<Notice> SandboxGateway::settle(const Settlement& settlement) {
  auto charge = db_.charge(settlement.code);
  if (!charge) return std::nullopt;
  SandboxPayment payment;
  payment.payment_id =
      "SBX-" + settlement.code + (settlement.payment == Payment::first ? "-1" : "-2");
  payment.code = settlement.code;
  payment.amount = settlement.amount.value_or(charge->amount);
  if (payment.amount < 1 || payment.amount > kAmountMax) return std::nullopt;
  payment.fee = (payment.amount * options_.fee_basis_points + 5'000) / 10'000;
  payment.paid_at = time_.now();
  auto kept = db_.pay(payment, {0, kPayments, payment.payment_id, payment.paid_at});
  if (!kept) return std::nullopt;
  outbox_.poke();
  return notice_of(*kept);
}

ChargeStatus SandboxGateway::expire(const std::string& code) {
  auto charge =
      db_.close_charge(code, SandboxChargeState::expired, {{0, kExpiries, code, time_.now()}});
  if (!charge) return ChargeStatus::not_found;
  outbox_.poke();
  return status_of(*charge);
}

void SandboxGateway::tell_payment(const std::string& payment_id) {
  auto payment = db_.payment(payment_id);
  if (!payment) return;
  if (!sink_) throw std::logic_error{"nobody takes notices"};
  sink_(notice_of(*payment));
}

void SandboxGateway::tell_expiry(const std::string& code) {
  if (!sink_) throw std::logic_error{"nobody takes notices"};
  sink_({code, {}, 0, 0, {}, ChargeStatus::expired});
}

}  // namespace topupd
