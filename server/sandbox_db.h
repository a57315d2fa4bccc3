// What the sandbox's suppliers and gateway remember, in DIR/sandbox.db.
//
// They are outside parties: what they answered is durable before they answer,
// apart from our own file, and still there after our crash.
//
// The file is written with synchronous=NORMAL: it survives the process, not a
// power cut, which is enough for play money.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "topup/time.h"

namespace topupd {

struct SandboxPurchase {
  std::string provider;
  std::string reference;  // unique for a provider
  std::string sku;
  std::string target;
  std::int64_t max_cost_rupiah = 0;
  topup::Timestamp accepted_at{};
  topup::Timestamp final_at{};  // pending before, final from then on
};

enum class SandboxChargeState { pending, settled, expired, cancelled };

struct SandboxCharge {
  std::string code;  // unique
  std::int64_t amount = 0;
  std::string qr_text;
  topup::Timestamp expires_at{};
  SandboxChargeState state = SandboxChargeState::pending;
};

struct SandboxPayment {
  std::string payment_id;  // unique
  std::string code;        // of its charge
  std::int64_t amount = 0;
  std::int64_t fee = 0;
  topup::Timestamp paid_at{};
};

// Something to be told to our server, at the earliest when it is due.
struct SandboxMessage {
  std::int64_t id = 0;  // given by the file
  std::string sender;
  std::string subject;  // what the sender has to say it about
  topup::Timestamp due_at{};
};

// Thread-safe; callers that wait together share one commit.  Everything throws
// std::exception when the file can't be read or written.
class SandboxDb {
 public:
  // Opens the file or creates it.
  explicit SandboxDb(const std::string& path);
  ~SandboxDb();

  // Keeps the purchase with its messages, unless that provider already knows
  // the reference.  Returns what is on record.
  SandboxPurchase accept(const SandboxPurchase& purchase,
                         const std::vector<SandboxMessage>& messages);
  std::optional<SandboxPurchase> purchase(const std::string& provider,
                                          const std::string& reference);

  // Keeps the charge unless its code is known.  Returns what is on record.
  SandboxCharge open_charge(const SandboxCharge& charge);
  std::optional<SandboxCharge> charge(const std::string& code);

  // Moves a pending charge and keeps the message.  Returns the charge as it is
  // now, moved or not; empty if there is none of that code.
  std::optional<SandboxCharge> close_charge(const std::string& code, SandboxChargeState to,
                                            const std::vector<SandboxMessage>& messages);

  // Settles the charge, whatever state it is in, keeps the payment unless its
  // id is known, and keeps the message in both cases.  Returns the payment on
  // record; empty if there is no charge of that code.
  std::optional<SandboxPayment> pay(const SandboxPayment& payment, const SandboxMessage& message);
  std::optional<SandboxPayment> payment(const std::string& payment_id);
  std::optional<SandboxPayment> first_payment(const std::string& code);

  // The messages due at `now`, oldest first, at most `limit`.
  std::vector<SandboxMessage> due_messages(std::size_t limit, topup::Timestamp now);
  std::optional<topup::Timestamp> next_due();
  void forget(const std::vector<std::int64_t>& messages);
  void forget_messages(const std::string& sender, const std::string& subject);
  void postpone(const std::vector<std::int64_t>& messages, topup::Timestamp due_at);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace topupd
