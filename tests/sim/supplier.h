// A supplier that keeps its own books, and the line to it that fails.
//
// What it decides about a purchase follows from the seed, the number that is to be topped up and
// how often it was asked for it.  It is an outside party: it outlives the server's process.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/dice.h"
#include "providers/provider.h"
#include "sim/plan.h"
#include "sim/shared_key.h"

namespace topupd::sim {

class World;

// One purchase as the supplier has it in its books.
struct Deal {
  enum class State { pending, success, failure };

  std::string reference;
  std::string sku;
  std::string target;
  std::int64_t max_cost = 0;
  milliseconds accepted_at{0};
  State state = State::pending;
  Answer::FailOver fail_over = Answer::FailOver::useless;
  std::int64_t charged = 0;     // rupiah, of a success, returned if it is taken back
  bool never_decides = false;   // until somebody rings up
  bool was_delivered = false;   // even if it was taken back
  bool broke_its_word = false;  // it said "failed for sure" and delivered
  bool is_known = true;         // false where it takes no reference and its own never arrived
};

class Supplier final : public Provider {
 public:
  Supplier(World& world, topup::ProviderId id, std::string name, const SupplierPlan& plan);

  topup::ProviderId id() const { return id_; }
  const SupplierPlan& plan() const { return plan_; }
  std::string_view name() const override { return name_; }
  topup::CapabilitySheet sheet() const override { return plan_.sheet; }
  Answer purchase(const Purchase& purchase) override;
  Answer status(const Purchase& purchase) override;
  void on_callback(CallbackSink sink) override { sink_ = std::move(sink); }

  // Of the outside world.
  void set_price(const std::string& sku, std::int64_t rupiah) { prices_[sku] = rupiah; }
  std::int64_t price(const std::string& sku) const { return prices_.at(sku); }
  void take_prefund(std::int64_t rupiah) { balance_ += rupiah; }
  std::int64_t balance() const { return balance_; }
  const std::vector<Deal>& deals() const { return deals_; }
  // The last purchase under that reference; null if there is none.
  const Deal* find(const std::string& reference) const;
  // True while a request with that reference is on its way.
  bool is_on_the_line(const std::string& reference) const;
  // Tells its present word on something it was never asked for, or somebody else's.
  void call_back_about(const std::string& reference);
  // Somebody rings up about everything that is never decided.
  void decide_everything();
  // From now on it takes no request that the key before has signed, or signs its callbacks with a
  // new one.  We learn of both later.
  void replace_key_of_requests() { ++requests_key_.of_receiver; }
  void replace_key_of_callbacks() { ++callbacks_key_.of_sender; }
  void tell_keys();
  // True if whatever it says reaches us in the end.
  bool always_tells() const { return plan_.calls_back && plan_.sheet.client_reference; }

 private:
  using Index = std::size_t;

  Answer over_the_line(const Purchase& purchase, std::uint64_t key, const Answer& to_a_stranger,
                       const std::function<Answer()>& there);
  Answer receive(const Purchase& purchase, std::uint64_t key);
  Answer receive_again(const Purchase& purchase, std::uint64_t key);
  Answer look_up(const Purchase& purchase, std::uint64_t key);
  Answer accept(const Purchase& purchase, std::uint64_t key);
  void decide(Index index, std::uint64_t key, bool delivers);
  void deliver(Index index, std::uint64_t key);
  void refuse(Index index, std::uint64_t key);
  void call_back(Index index, milliseconds by);
  void call_back_with(const std::string& reference, const Answer& answer, milliseconds by);
  void call_back_often(Index index, std::uint64_t key);
  bool is_believed(int signed_with);
  Answer answer_about(const Deal& deal) const;

  World& world_;
  topup::ProviderId id_;
  std::string name_;
  SupplierPlan plan_;
  CallbackSink sink_;
  SharedKey requests_key_;
  SharedKey callbacks_key_;
  std::map<std::string, std::int64_t> prices_;  // by sku
  std::int64_t balance_ = 0;                    // what it owes us, rupiah
  std::vector<Deal> deals_;
  std::map<std::string, Index> last_deal_;  // by reference
  std::map<std::string, int> on_the_line_;  // by reference
  std::map<std::string, int> asked_;        // by target
};

}  // namespace topupd::sim
