// A supplier that delivers nothing, for trying every flow on one machine.
//
// What happens to a purchase is decided by the last character of the number it
// is sent to; the table stands in the source file and in the API document.
// One reference buys once, however often and from however many threads it is
// asked for.

#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "providers/provider.h"
#include "sandbox_db.h"
#include "sandbox_outbox.h"
#include "sandbox_time.h"

namespace topupd {

// Thread-safe.
class SandboxProvider final : public Provider {
 public:
  // The first refuses what ends in 8, so that the second can show a fail-over.
  enum class Rank { first, second };

  struct Options {
    std::string name;  // stored with its purchases; the same for ever
    Rank rank = Rank::first;
    std::chrono::milliseconds delay{2'000};  // 0 or more: of time-outs and of pending outcomes
  };

  // All three must outlive the provider.
  SandboxProvider(Options options, SandboxDb& db, SandboxTime& time, SandboxOutbox& outbox);

  std::string_view name() const override { return options_.name; }
  topup::CapabilitySheet sheet() const override;
  Answer purchase(const Purchase& purchase) override;
  Answer status(const Purchase& purchase) override;
  // Of games alone.  As with purchases: 2 is nobody's account, 4 and 5 get no answer.
  bool tells_nickname(std::string_view sku) const override;
  Nickname nickname(const Account& account) override;
  void on_callback(CallbackSink sink) override { sink_ = std::move(sink); }

 private:
  struct Behaviour;
  static const Behaviour& behaviour_of(const std::string& target);

  Answer buy(const Purchase& purchase);
  std::vector<SandboxMessage> callbacks(const Behaviour& behaviour,
                                        const SandboxPurchase& purchase) const;
  Answer answer_about(const SandboxPurchase& purchase) const;
  void call_back(const std::string& reference);
  void call_back_early(const std::string& reference);

  Options options_;
  SandboxDb& db_;
  SandboxTime& time_;
  SandboxOutbox& outbox_;
  CallbackSink sink_;
};

}  // namespace topupd
