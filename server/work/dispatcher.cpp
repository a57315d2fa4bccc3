#include "work/dispatcher.h"

#include <exception>

namespace topupd {

Dispatcher::Dispatcher(Workshop& shop, const LineOptions& options)
    : shop_{shop}, watch_every_{options.retry_after}, attempts_{shop} {
  for (auto& [id, provider] : shop_.providers) {
    lines_.emplace(id, std::make_unique<SupplierLine>(shop, id, options, [this] { wake(); }));
    provider->on_callback([this, of = id](const std::string& reference, const Answer& answer) {
      attempts_.take_callback(of, reference, answer);
      if (answer.kind == Answer::Kind::failure) wake();
    });
  }
}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::start() {
  for (auto& [id, line] : lines_)
    line->start();
  watcher_ = std::thread{[this] { watch(); }};
}

void Dispatcher::wake() {
  for (auto& [id, line] : lines_)
    line->wake();
}

void Dispatcher::stop() {
  {
    std::lock_guard lock{mutex_};
    is_stopping_ = true;
  }
  stopping_.notify_all();
  if (watcher_.joinable()) watcher_.join();
  for (auto& [id, line] : lines_)
    line->request_stop();
  for (auto& [id, line] : lines_)
    line->stop();
}

void Dispatcher::watch() {
  std::unique_lock lock{mutex_};
  while (!is_stopping_) {
    lock.unlock();
    warn_of_strangers();
    warn_of_the_clock();
    lock.lock();
    stopping_.wait_for(lock, watch_every_, [&] { return is_stopping_; });
  }
}

// Once for every jump.
void Dispatcher::warn_of_the_clock() {
  auto jump = shop_.clock.last_jump();
  if (!jump) return;
  if (!warned_ || jump->by != warned_->by || jump->since < warned_->since)
    shop_.log.warn("the wall clock jumped: until the next start no purchase is sent again",
                   {{"by_ms", jump->by.count()}, {"records_ahead_ms", jump->ahead.count()}});
  warned_ = jump;
}

void Dispatcher::warn_of_strangers() {
  try {
    auto due = shop_.store.read(
        [&](const topup::View& view) { return view.due_providers(shop_.clock.now()); });
    for (auto id : due)
      if (!lines_.contains(id))
        shop_.log.warn("orders wait for a supplier that is not configured",
                       {{"provider", id.value}});
  } catch (const std::exception& failure) {
    shop_.log.error("could not look for due attempts", {{"problem", failure.what()}});
  }
}

}  // namespace topupd
