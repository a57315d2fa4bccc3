// A payment gateway in which nobody pays, for trying every flow on one machine.
//
// Its QRIS codes are well formed and name an acquirer that does not exist.  A
// button settles a charge, in time or late, at the right amount or not.

#pragma once

#include <optional>
#include <string>

#include "gateways/gateway.h"
#include "sandbox_db.h"
#include "sandbox_outbox.h"
#include "sandbox_time.h"

namespace topupd {

// Thread-safe.
class SandboxGateway final : public Gateway {
 public:
  struct Options {
    std::string merchant_name = "TOKO SANDBOX";  // printable ASCII, 1 to 25 characters
    std::string city = "JAKARTA";                // the same, 1 to 15
    int fee_basis_points = 0;                    // 0 to 10,000; rounded to the nearest rupiah
  };

  // Which of a charge's payments: somebody may pay the same code again.
  enum class Payment { first, second };

  struct Settlement {
    std::string code;
    std::optional<std::int64_t> amount = {};  // rupiah; the charge's own if empty
    Payment payment = Payment::first;
  };

  // All three must outlive the gateway.
  SandboxGateway(Options options, SandboxDb& db, SandboxTime& time, SandboxOutbox& outbox);

  std::string_view name() const override { return "sandbox"; }
  std::variant<Created, Unavailable> create(const Charge& charge) override;
  ChargeReport query(const std::string& code) override;
  CancelResult cancel(const std::string& code) override;
  void on_notice(NoticeSink sink) override { sink_ = std::move(sink); }

  // The customer pays, in any state of the charge.  Durable when it returns;
  // the notice follows.  Repeated, it is the same payment with its first amount,
  // and the notice is sent again.  Empty if there is no such charge or the
  // amount is not 1 to 9,999,999,999,999.  Throws when it can't be kept.
  std::optional<Notice> settle(const Settlement& settlement);

  // Ends a pending charge now and sends a notice of it.  Returns the state it
  // is in then: settled if it was paid before, not_found.  Throws as settle().
  ChargeStatus expire(const std::string& code);

 private:
  void tell_payment(const std::string& payment_id);
  void tell_expiry(const std::string& code);
  ChargeStatus status_of(const SandboxCharge& charge) const;

  Options options_;
  SandboxDb& db_;
  SandboxTime& time_;
  SandboxOutbox& outbox_;
  NoticeSink sink_;
};

}  // namespace topupd
