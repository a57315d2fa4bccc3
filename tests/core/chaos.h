// A shop in which anything is asked for at any time: every command, with small
// random parameters that are often wrong, late, repeated or somebody else's.

#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "core/dice.h"
#include "core/shop.h"

namespace topup::testing {

class Chaos {
 public:
  explicit Chaos(std::uint64_t seed);

  // Asks for one more thing and says what came of it: "place_order ok".
  std::string step();

  Shop& shop() { return shop_; }

 private:
  using Ask = std::function<std::string()>;
  struct Choice {
    int weight;
    Ask (Chaos::*make)();
  };

  template <class Command>
  Ask ask(std::string_view what, Command command);

  Ask fund();
  Ask open();
  Ask offer();
  Ask withdraw_the_offer();
  Ask settle();
  Ask expire();
  Ask credit();
  Ask give_back();
  Ask take_back();
  Ask place();
  Ask place_dropship();
  Ask cancel();
  Ask begin();
  Ask report();
  Ask resolve();
  Ask reverse();
  Ask reverse_late();
  Ask recover();
  Ask refund();
  Ask request();
  Ask pay();
  Ask reject();
  Ask transfer();
  Ask propose();
  Ask approve();
  Ask turn_down();
  Ask capital();
  Ask payout();
  Ask repay();
  Ask prefund();
  Ask confirm();
  Ask reprice();
  Ask suspend();
  Ask change_policy();
  Ask wait();
  Ask repeat();

  UserId reseller() { return dice_.pick(resellers_); }
  UserId admin() { return dice_.one_in(20) ? reseller() : dice_.pick(admins_); }
  std::string key() { return dice_.pick(keys_); }
  Money amount(std::int64_t low, std::int64_t high) { return idr(dice_.between(low, high)); }
  template <class AnyId>
  AnyId some();  // of those that exist; sometimes one that does not
  PlaceOrder order();

  Dice dice_;
  Shop shop_;
  std::vector<UserId> resellers_;
  std::vector<UserId> admins_;
  std::vector<std::string> keys_{"", "", "", "k1", "k2", "k3"};
  std::vector<SettlePayment> payments_;
  Ask last_;
  int made_ = 0;
};

template <class Command>
Chaos::Ask Chaos::ask(std::string_view what, Command command) {
  return [this, what, command] {
    auto result = shop_.run([&](Tx& tx) { return command(tx, shop_.now); });
    return std::string{what} + " " + outcome(result);
  };
}

template <class AnyId>
AnyId Chaos::some() {
  auto last = shop_.store.read([](const View& view) { return view.last_id(AnyId::kTable); });
  if (last == 0 || dice_.one_in(50)) return AnyId{last + 1};
  // The newest ones are where things still happen.
  auto first = dice_.one_in(3) ? 1 : std::max<std::int64_t>(1, last - 3);
  return AnyId{dice_.between(first, last)};
}

}  // namespace topup::testing
