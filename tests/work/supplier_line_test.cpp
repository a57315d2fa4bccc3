#include "work/supplier_line.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "work/small_shop.h"

using namespace topupd;
using namespace topupd::tests;
using namespace std::chrono_literals;

namespace {

// Another store that fails when it is told to, as a full disk does.
class FailingStore final : public topup::Store {
 public:
  explicit FailingStore(topup::Store& inner) : inner_{inner} {}

  // The next so many transactions do not happen.
  void fail(int times) {
    std::lock_guard lock{mutex_};
    to_fail_ = times;
    was_told_ = true;
  }
  // Waits for a transaction that is done after those; false if none comes.
  bool recovers() {
    std::unique_lock lock{mutex_};
    return recovered_.wait_for(lock, 20s, [&] { return is_recovered_; });
  }

 private:
  void run(const std::function<bool(topup::Tx&)>& body) override {
    {
      std::lock_guard lock{mutex_};
      if (to_fail_ > 0) {
        --to_fail_;
        throw std::runtime_error{"the disk is full"};
      }
    }
    auto done = inner_.transact([&](topup::Tx& tx) -> topup::Status {
      if (body(tx)) return topup::Nothing{};
      return topup::Error{topup::Code::conflict};
    });
    std::lock_guard lock{mutex_};
    is_recovered_ = was_told_ && done.has_value();
    recovered_.notify_all();
  }
  void run_read(const std::function<void(const topup::View&)>& body) override {
    inner_.read([&](const topup::View& view) {
      body(view);
      return 0;
    });
  }
  void run_inspect(const std::function<void(const topup::Archive&)>& body) override {
    inner_.inspect(body);
  }

  topup::Store& inner_;
  std::mutex mutex_;
  std::condition_variable recovered_;
  int to_fail_ = 0;
  bool was_told_ = false;
  bool is_recovered_ = false;
};

// Delivers, and the store fails before that can be recorded.
class UnluckyProvider final : public Provider {
 public:
  UnluckyProvider(FailingStore& store, int failures) : store_{store}, failures_{failures} {}

  std::string_view name() const override { return "unlucky"; }
  topup::CapabilitySheet sheet() const override { return {}; }
  Answer purchase(const Purchase&) override {
    ++bought;
    store_.fail(failures_);
    Answer answer;
    answer.kind = Answer::Kind::success;
    answer.sn = "SN-9";
    return answer;
  }
  Answer status(const Purchase&) override { return {}; }
  void on_callback(CallbackSink) override {}

  int bought = 0;

 private:
  FailingStore& store_;
  int failures_;
};

}  // namespace

TEST_CASE("what a supplier said is kept until the store takes it", "[work]") {
  auto failures = GENERATE(1, 3);
  SmallShop shop;
  FailingStore store{shop.store};
  UnluckyProvider provider{store, failures};
  Workshop workshop{store, {}, shop.clock, shop.log, {{SmallShop::kProvider, &provider}}, {}};
  auto id = shop.place("123456789").order.id;
  SupplierLine line{workshop, SmallShop::kProvider, {2, 5ms, 5ms}, [] {}};
  line.start();
  CHECK(store.recovers());
  line.stop();
  CHECK(shop.order(id).state == topup::OrderState::succeeded);
  CHECK(shop.order(id).sn == "SN-9");
  CHECK(provider.bought == 1);
  CHECK(shop.violations() == "");
}
