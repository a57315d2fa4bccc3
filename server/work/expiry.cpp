#include "work/expiry.h"

#include <exception>

namespace topupd {
namespace {

constexpr int kChargesMax = 256;  // a look
constexpr int kKeysMax = 1'000;   // a look, so that no commit is long

// A day: what clients are promised.  After it no key that a leap of the clock made old is younger.
constexpr std::chrono::hours kPromised{24};

}  // namespace

Expiry::Expiry(Workshop& shop, Payments& payments, ExpiryOptions options)
    : shop_{shop},
      payments_{payments},
      options_{options},
      started_{shop.clock.monotonic()},
      sweep_{shop, options.retention} {}

Expiry::~Expiry() { stop(); }

void Expiry::start() {
  thread_ = std::thread{[this] {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
      lock.unlock();
      look();
      lock.lock();
      stopped_.wait_for(lock, options_.look_every, [&] { return stopping_; });
    }
  }};
}

void Expiry::stop() {
  {
    std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Expiry::look() {
  try {
    end_charges();
    forget_keys();
    sweep_.look();
  } catch (const std::exception& failure) {
    shop_.log.error("expiry left for later", {{"problem", failure.what()}});
  }
}

void Expiry::end_charges() {
  auto now = shop_.clock.monotonic();
  std::erase_if(not_before_, [&](const auto& item) { return item.second <= now; });
  auto due = shop_.store.read(
      [&](const topup::View& view) { return view.due_charges(shop_.clock.now(), kChargesMax); });
  for (const auto& charge : due) {
    if (not_before_.contains(charge.id)) continue;
    if (payments_.look_after(charge)) continue;
    not_before_[charge.id] = now + options_.retry_after;
    shop_.log.warn("gateway gave no answer, charge left open", {{"code", charge.code}});
  }
}

// How old a key is, only a clock knows that has run since: one that leapt while the program did not
// run looks like a long rest.
std::chrono::hours Expiry::keys_kept() {
  auto jump = shop_.clock.last_jump();
  bool in_doubt =
      shop_.clock.monotonic() < started_ + kPromised || (jump && jump->since < kPromised);
  return in_doubt ? options_.keep_in_doubt : options_.keep_idempotency;
}

void Expiry::forget_keys() {
  auto before = shop_.clock.now() - keys_kept();
  auto forgotten = shop_.store.transact(
      [&](topup::Tx& tx) -> topup::Result<int> { return tx.forget_idempotency(before, kKeysMax); });
  if (*forgotten > 0) shop_.log.debug("idempotency keys forgotten", {{"count", *forgotten}});
}

}  // namespace topupd
