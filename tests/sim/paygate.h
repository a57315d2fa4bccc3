// A payment gateway with books of its own, and the payers behind it.  An outside party, as the
// suppliers are.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateways/gateway.h"
#include "sim/plan.h"
#include "sim/shared_key.h"
#include "topup/ids.h"

namespace topupd::sim {

class World;

// Money that somebody really paid.
struct Payment {
  std::string id;
  std::string code;
  std::int64_t amount = 0;  // rupiah
  std::int64_t fee = 0;     // of it, kept by the gateway
  topup::Timestamp paid_at{};
  milliseconds at{0};
  bool was_taken_back = false;
};

class Paygate final : public Gateway {
 public:
  Paygate(World& world, topup::GatewayId id, std::string name);

  topup::GatewayId id() const { return id_; }
  std::string_view name() const override { return name_; }
  std::variant<Created, Unavailable> create(const Charge& charge) override;
  ChargeReport query(const std::string& code) override;
  CancelResult cancel(const std::string& code) override;
  void on_notice(NoticeSink sink) override { sink_ = std::move(sink); }

  // Of the outside world.  by: when the payer pays.
  void will_be_paid(const std::string& code, std::int64_t amount, milliseconds by);
  void pay_for_nobody(std::uint64_t salt);
  void tell_absurd_money(std::uint64_t salt);
  // At most what it owes us; what it did.
  std::int64_t pay_out(std::int64_t rupiah);
  void take_back(const std::string& payment_id);  // out of what it owes us
  // From now on it signs its notices with a new key; we learn of it later.
  void replace_key() { ++key_.of_sender; }
  void tell_key();
  std::int64_t balance() const { return balance_; }
  const std::vector<Payment>& payments() const { return payments_; }

 private:
  enum class State { open, cancelled, ended };
  struct Asked {
    std::int64_t amount = 0;
    State state = State::open;
    milliseconds cancelled_at{0};
    milliseconds ends_at{0};
  };
  using Index = std::size_t;

  const Payment* first_payment(const std::string& code) const;
  void pay(const std::string& code, std::int64_t amount);
  void end(const std::string& code);
  void report(Index index, std::uint64_t key);
  bool is_believed(int signed_with);
  void report_once(const Notice& notice, milliseconds by);
  Notice notice_of(const Payment& payment) const;
  std::uint64_t next_key(const std::string& code);

  World& world_;
  topup::GatewayId id_;
  std::string name_;
  NoticeSink sink_;
  SharedKey key_;
  std::map<std::string, Asked> asked_;  // by code
  std::vector<Payment> payments_;
  std::map<std::string, int> times_;  // asked about that code
  std::int64_t balance_ = 0;          // what it owes us, rupiah
};

}  // namespace topupd::sim
