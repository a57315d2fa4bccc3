#include "work/erased_sweep.h"

namespace topupd {

void ErasedSweep::look() {
  if (shop_.clock.last_jump()) return;
  if (waiting_.empty()) begin();
  if (waiting_.empty()) return;

  auto user = waiting_.back();
  auto now = shop_.clock.now();
  topup::EraseRecords command{user, now - retention_, {topup::Actor::timer, 0}};
  auto page = shop_.store.transact(
      [&](topup::Tx& tx) { return topup::erase_records(tx, command, after_, now); });
  const auto& records = page.value().records;
  kept_ += records.kept;
  if (records.orders + records.withdrawals > 0)
    shop_.log.info(
        "records of an erased user overwritten",
        {{"user", user.value}, {"orders", records.orders}, {"withdrawals", records.withdrawals}});
  after_ = page->next;
  if (!page->is_last) return;
  if (kept_ == 0) through_.insert(user);
  waiting_.pop_back();
  after_ = {};
  kept_ = 0;
}

void ErasedSweep::begin() {
  auto now = shop_.clock.monotonic();
  if (not_before_ && now < *not_before_) return;
  not_before_ = now + kEvery;
  waiting_ = shop_.store.read([](const topup::View& view) { return view.erased_users(); });
  std::erase_if(waiting_, [&](topup::UserId user) { return through_.contains(user); });
}

}  // namespace topupd
