#include "core/chaos.h"

#include <array>

namespace topup::testing {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Chaos::Chaos(std::uint64_t seed) : dice_{seed} {
  resellers_ = {shop_.ani, shop_.budi};
  admins_ = {shop_.boss, shop_.clerk};
  shop_.policy.dropship_fee = idr(1);
  auto cheap = shop_.run([&](Tx& tx) -> Status {
    for (auto id : {shop_.north_pulsa, shop_.south_pulsa, shop_.north_token}) {
      auto offer = tx.offer(id).value();
      offer.cost = idr(id == shop_.south_pulsa ? 3 : 2);
      put_offer(tx, offer).value();
    }
    PriceRule rule = tx.price_rules().front();
    rule.flat = idr(1);
    put_price_rule(tx, shop_.boss, rule).value();
    return Nothing{};
  });
  cheap.value();
  if (dice_.one_in(3)) shop_.policy.failed_dropship = MoneyBack::wait_for_admin;
  // Something to work with, so that few steps go far.
  for (auto user : resellers_) {
    shop_.fund(user, dice_.between(3, 15));
    if (dice_.one_in(3)) continue;
    auto earned = shop_.paid_dropship(user, "08009", dice_.between(5, 9));
    shop_.begin(earned).value();
    shop_.report(earned, dice_.one_in(3) ? OutcomeKind::failed : OutcomeKind::succeeded).value();
  }
}

Chaos::Ask Chaos::wait() {
  auto by = dice_.pick(std::vector<milliseconds>{seconds{1}, seconds{60}, minutes{16}, hours{30}});
  return [=, this] {
    shop_.tick(by);
    return "wait " + std::to_string(by.count()) + " ms";
  };
}

Chaos::Ask Chaos::repeat() {
  if (last_ == nullptr) return wait();
  return [this] { return "again: " + last_(); };
}

std::string Chaos::step() {
  using C = Chaos;
  static const std::array kChoices{Choice{6, &C::fund},           Choice{4, &C::open},
                                   Choice{1, &C::offer},          Choice{1, &C::withdraw_the_offer},
                                   Choice{12, &C::settle},        Choice{3, &C::expire},
                                   Choice{2, &C::credit},         Choice{1, &C::give_back},
                                   Choice{2, &C::take_back},      Choice{8, &C::place},
                                   Choice{8, &C::place_dropship}, Choice{2, &C::cancel},
                                   Choice{16, &C::begin},         Choice{18, &C::report},
                                   Choice{3, &C::resolve},        Choice{3, &C::reverse},
                                   Choice{3, &C::recover},        Choice{2, &C::refund},
                                   Choice{4, &C::request},        Choice{2, &C::pay},
                                   Choice{2, &C::reject},         Choice{2, &C::transfer},
                                   Choice{2, &C::propose},        Choice{2, &C::approve},
                                   Choice{1, &C::turn_down},      Choice{1, &C::capital},
                                   Choice{2, &C::payout},         Choice{1, &C::prefund},
                                   Choice{1, &C::confirm},        Choice{2, &C::reprice},
                                   Choice{2, &C::suspend},        Choice{1, &C::change_policy},
                                   Choice{4, &C::wait},           Choice{5, &C::repeat},
                                   Choice{3, &C::repay},          Choice{4, &C::reverse_late}};
  int all = 0;
  for (const auto& choice : kChoices)
    all += choice.weight;
  auto left = dice_.below(all);
  for (const auto& choice : kChoices) {
    left -= choice.weight;
    if (left >= 0) continue;
    bool is_repeat = choice.make == &C::repeat;
    auto now_asked = (this->*choice.make)();
    if (!is_repeat) last_ = now_asked;
    return now_asked();
  }
  return "";
}

}  // namespace topup::testing
