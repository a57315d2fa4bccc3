// What the server asks of a payment gateway.
//
// One file per gateway implements this.  Amounts and fees are whole rupiah as
// the gateway states them, not yet checked for our range.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "topup/time.h"

namespace topupd {

// What a customer is asked to pay.
struct Charge {
  std::string code;  // our invoice or deposit id, 18 characters; unique for ever
  std::int64_t amount = 0;
  topup::Timestamp expires_at{};
};

struct Created {
  std::string gateway_reference;  // the gateway's own id; empty if it has none
  std::string qr_text;
  topup::Timestamp expires_at{};  // may differ from what was asked
};

// The charge was not created, or nobody knows.  Asking again with the same code is safe.
struct Unavailable {
  std::string reason;  // for the log
};

enum class ChargeStatus {
  pending,
  settled,  // paid, in time or late, at the right amount or not: see paid_amount
  expired,
  cancelled,
  not_found,  // the gateway does not know the code
  unknown,    // no answer, or one that says nothing
};

struct ChargeReport {
  ChargeStatus state = ChargeStatus::unknown;
  // The first payment, if settled; further ones come as notices only.
  std::string payment_id = {};
  std::int64_t paid_amount = 0;
  topup::Timestamp paid_at{};
  std::int64_t fee = 0;  // what the gateway keeps of it
};

enum class CancelResult {
  done,
  already_paid,
  not_supported,
  unknown,
};

// One thing that happened to a charge.  The same notice may come more than once.
struct Notice {
  std::string code;
  std::string payment_id;  // the gateway's own, one per payment; empty if expired
  std::int64_t amount = 0;
  std::int64_t fee = 0;
  topup::Timestamp paid_at{};
  ChargeStatus state = ChargeStatus::settled;  // or expired, and then there is no payment
};

using NoticeSink = std::function<void(Notice notice)>;

// Thread-safe.  The calls block for at most the gateway's own time-out and
// never throw.
class Gateway {
 public:
  virtual ~Gateway() = default;

  virtual std::string_view name() const = 0;  // as in topup::Gateway; the same for ever

  // Creates the charge, once per code: asking again gives the same answer.
  virtual std::variant<Created, Unavailable> create(const Charge& charge) = 0;

  virtual ChargeReport query(const std::string& code) = 0;

  // After `done` a payment is unlikely, not impossible.
  virtual CancelResult cancel(const std::string& code) = 0;

  // Called once, before the first charge.  The sink is called from the
  // gateway's own threads.  One that throws has not taken the notice; it comes again.
  virtual void on_notice(NoticeSink sink) = 0;
};

}  // namespace topupd
