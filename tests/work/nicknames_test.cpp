#include "work/nicknames.h"

#include <atomic>
#include <future>
#include <stdexcept>

#include "catch.h"

using namespace topupd;
using namespace std::chrono_literals;

namespace {

// Tells everything, or hangs until it is let go.
class Teller final : public Provider {
 public:
  explicit Teller(std::string says) : says_{std::move(says)} {}

  std::string_view name() const override { return says_; }
  topup::CapabilitySheet sheet() const override { return {}; }
  Answer purchase(const Purchase& /*purchase*/) override { return {}; }
  Answer status(const Purchase& /*purchase*/) override { return {}; }
  void on_callback(CallbackSink /*sink*/) override {}
  bool tells_nickname(std::string_view sku) const override { return sku == "FF70"; }
  Nickname nickname(const Account& /*account*/) override {
    ++asked;
    if (hangs) released_.wait();
    if (says_ == "throws") throw std::runtime_error{"no line"};
    if (says_.empty()) return {};
    return {Nickname::Kind::known, says_};
  }

  void let_go() { let_go_.set_value(); }

  std::atomic<bool> hangs = false;
  std::atomic<int> asked = 0;

 private:
  const std::string says_;
  std::promise<void> let_go_;
  std::shared_future<void> released_ = let_go_.get_future().share();
};

topup::Offer offer(std::int64_t provider, const std::string& sku = "FF70") {
  topup::Offer made;
  made.provider = {provider};
  made.sku = sku;
  return made;
}

// "Budi", "unknown", or "nobody tells".
std::string word(const std::optional<Nickname>& told) {
  if (!told) return "nobody tells";
  return told->kind == Nickname::Kind::known ? told->name : "unknown";
}

}  // namespace

TEST_CASE("the first supplier that knows is heard, and one that does not tell is not asked") {
  Teller silent{""};
  Teller broken{"throws"};
  Teller ayu{"Ayu"};
  Teller budi{"Budi"};
  const Nicknames::Providers providers{{{1}, &silent}, {{2}, &broken}, {{3}, &ayu}, {{4}, &budi}};
  Nicknames nicknames{providers};
  CHECK(word(nicknames.ask({offer(1), offer(2), offer(3), offer(4)}, "12345")) == "Ayu");
  CHECK(word(nicknames.ask({offer(3, "PLN20"), offer(4)}, "12345")) == "Budi");
  CHECK(word(nicknames.ask({offer(1)}, "12345")) == "unknown");
  CHECK(word(nicknames.ask({offer(3, "PLN20"), offer(9)}, "12345")) == "nobody tells");
  CHECK(word(nicknames.ask({}, "12345")) == "nobody tells");
  CHECK(silent.asked == 2);
  CHECK(ayu.asked == 1);
}

TEST_CASE("a supplier that hangs keeps nobody longer than his patience, and no other supplier") {
  Teller stuck{"late"};
  Teller budi{"Budi"};
  const Nicknames::Providers providers{{{1}, &stuck}, {{2}, &budi}};
  stuck.hangs = true;
  {
    Nicknames nicknames{providers, {.calls = 2, .patience = 400ms}};
    for (int i = 0; i < 5; ++i)
      CHECK(word(nicknames.ask({offer(1)}, "12345")) == "unknown");
    CHECK(stuck.asked == 2);  // who comes later is not even put in its line
    CHECK(word(nicknames.ask({offer(2)}, "12345")) == "Budi");
    CHECK(word(nicknames.ask({offer(1), offer(2)}, "12345")) == "Budi");
    stuck.let_go();
  }
  CHECK(stuck.asked == 2);
}

TEST_CASE("who waits for a name goes home when the shop closes") {
  Teller stuck{"late"};
  const Nicknames::Providers providers{{{1}, &stuck}};
  stuck.hangs = true;
  Nicknames nicknames{providers, {.calls = 1, .patience = 1h}};
  auto asking = std::async(std::launch::async, [&] { return nicknames.ask({offer(1)}, "12345"); });
  while (stuck.asked == 0)
    std::this_thread::yield();
  nicknames.stop();
  CHECK(word(asking.get()) == "unknown");
  CHECK(word(nicknames.ask({offer(1)}, "12345")) == "unknown");
  stuck.let_go();
}
