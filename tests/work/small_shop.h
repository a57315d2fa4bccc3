// A shop of one service, one reseller with a balance, a supplier and a gateway
// that do as they are told, on a store in memory and a clock that stands still.

#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "catch.h"
#include "topup/checker.h"
#include "topup/commands.h"
#include "topup/memory_store.h"
#include "work/workshop.h"

namespace topupd::tests {

using namespace topup::literals;

// Answers purchases and inquiries from two lists, then "success" for ever.
class ScriptedProvider final : public Provider {
 public:
  std::string_view name() const override { return "scripted"; }
  topup::CapabilitySheet sheet() const override { return sheet_; }
  Answer purchase(const Purchase& purchase) override { return next(purchases_, bought, purchase); }
  Answer status(const Purchase& purchase) override { return next(statuses_, asked, purchase); }
  void on_callback(CallbackSink sink) override { callback = std::move(sink); }

  void will_answer(std::vector<Answer::Kind> kinds) { fill(purchases_, kinds); }
  void will_say(std::vector<Answer::Kind> kinds) { fill(statuses_, kinds); }

  // Waits until that many purchases were asked for.
  void wait_for(std::size_t count) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return bought.size() >= count; });
  }

  topup::CapabilitySheet sheet_;
  Answer::FailOver failover = Answer::FailOver::useless;  // of failures told from now on
  std::vector<Purchase> bought;
  std::vector<Purchase> asked;
  CallbackSink callback;

 private:
  void fill(std::deque<Answer>& answers, const std::vector<Answer::Kind>& kinds) const {
    for (auto kind : kinds) {
      Answer answer;
      answer.kind = kind;
      if (kind == Answer::Kind::success) answer.sn = "SN-1";
      if (kind == Answer::Kind::failure) answer.fail_over = failover;
      answers.push_back(answer);
    }
  }
  Answer next(std::deque<Answer>& answers, std::vector<Purchase>& record,
              const Purchase& purchase) {
    std::lock_guard lock{mutex_};
    record.push_back(purchase);
    changed_.notify_all();
    Answer answer;
    answer.kind = Answer::Kind::success;
    answer.sn = "SN-1";
    if (answers.empty()) return answer;
    answer = answers.front();
    answers.pop_front();
    return answer;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Answer> purchases_, statuses_;
};

class ScriptedGateway final : public Gateway {
 public:
  std::string_view name() const override { return "scripted"; }
  std::variant<Created, Unavailable> create(const Charge& charge) override {
    return Created{"", "QR", charge.expires_at};
  }
  ChargeReport query(const std::string&) override { return report; }
  CancelResult cancel(const std::string&) override { return cancel_result; }
  void on_notice(NoticeSink sink) override { notice = std::move(sink); }

  ChargeReport report;
  CancelResult cancel_result = CancelResult::done;
  NoticeSink notice;
};

struct SmallShop {
  static constexpr topup::UserId kAdmin{1}, kSecondAdmin{2}, kReseller{3};
  static constexpr topup::ServiceId kService{1};
  static constexpr topup::ProviderId kProvider{1};
  static constexpr topup::GatewayId kGateway{1};

  topup::MemoryStore store;
  FakeTime time{topup::Timestamp{std::chrono::hours{24 * 365 * 56}}};
  Clock clock{time, std::nullopt};
  Log log{{LogLevel::error, LogFormat::text, ""}};
  ScriptedProvider provider;
  ScriptedGateway gateway;
  Workshop workshop{store, {}, clock, log, {{kProvider, &provider}}, {{kGateway, &gateway}}};

  explicit SmallShop(topup::Money balance = 100'000_idr) {
    provider.sheet_.status = topup::StatusBy::query;
    provider.sheet_.client_reference = true;
    auto opened = store.transact([&](topup::Tx& tx) -> topup::Status {
      auto now = clock.now();
      using topup::Role;
      REQUIRE(topup::register_user(tx, {"admin", "A", "a@shop.id", "", Role::admin}, now));
      REQUIRE(topup::register_user(tx, {"admin2", "B", "b@shop.id", "", Role::admin}, now));
      REQUIRE(topup::register_user(tx, {"toko_a", "T", "t@shop.id", ""}, now));
      REQUIRE(topup::ensure_provider(tx, "scripted"));
      REQUIRE(topup::ensure_gateway(tx, "scripted"));
      REQUIRE(topup::put_service(tx, {{}, "Games", "Free Fire", "70 Diamond"}));
      REQUIRE(topup::put_offer(tx, {{}, kService, kProvider, "FF70", 9'500_idr}));
      if (balance == 0_idr) return topup::Nothing{};
      REQUIRE(topup::propose_adjustment(tx, {kAdmin, kReseller, balance, "opening", ""}, now));
      REQUIRE(topup::approve_adjustment(tx, kSecondAdmin, topup::AdjustmentId{1}, now));
      return topup::Nothing{};
    });
    REQUIRE(opened);
  }

  topup::PlacedOrder place(const std::string& target,
                           std::optional<topup::Money> selling = std::nullopt,
                           topup::ServiceId service = kService) {
    topup::PlaceOrder command;
    command.user = kReseller;
    command.service = service;
    command.target = target;
    command.invoice = "INV-" + target;
    command.selling_price = selling;
    command.gateway = kGateway;
    auto placed = store.transact([&](topup::Tx& tx) {
      return topup::place_order(tx, workshop.policy, command, clock.now());
    });
    REQUIRE(placed);
    return *placed;
  }

  topup::Order order(topup::OrderId id) {
    return store.read([&](const topup::View& view) { return view.order(id).value(); });
  }
  topup::Money balance() {
    return store.read([&](const topup::View& view) { return view.wallet(kReseller).balance(); });
  }

  // The invariants that do not hold; empty if all do.
  std::string violations() {
    std::string text;
    store.inspect([&](const topup::Archive& archive) {
      for (const auto& violation : topup::check(archive).violations)
        text += violation.invariant + ": " + violation.what + "\n";
    });
    return text;
  }
};

}  // namespace topupd::tests
