#include "gateways/sandbox_gateway.h"

#include "catch.h"
#include "gateways/qris.h"
#include "sandbox/answers.h"
#include "sandbox/fixture.h"

using namespace topupd;
using namespace sandbox_test;

namespace {

constexpr milliseconds kPayable{900'000};

Charge charge(std::int64_t amount = 15'000) {
  return {"INV-ABCDEFGHIJKLMN", amount, kStart + kPayable};
}

Created created(SandboxGateway& gateway, const Charge& asked) {
  auto answer = gateway.create(asked);
  REQUIRE(std::holds_alternative<Created>(answer));
  return std::get<Created>(answer);
}

bool unavailable(SandboxGateway& gateway, const Charge& asked) {
  return std::holds_alternative<Unavailable>(gateway.create(asked));
}

std::string state(SandboxGateway& gateway) { return word(gateway.query(charge().code).state); }

}  // namespace

TEST_CASE("a charge comes with a QRIS code of its amount and reference", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& gateway = run->sandbox.gateway();
  auto made = created(gateway, charge());
  auto issued = qris::read_issued(made.qr_text);
  REQUIRE(issued);
  CHECK(issued->amount == 15'000);
  CHECK(issued->reference == charge().code);
  CHECK(issued->merchant_name == "TOKO SANDBOX");
  CHECK(made.expires_at == charge().expires_at);
  CHECK(state(gateway) == "pending");
}

TEST_CASE("a charge is created once, whatever is asked later", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& gateway = run->sandbox.gateway();
  auto made = created(gateway, charge());
  auto again = created(gateway, charge());
  CHECK(again.qr_text == made.qr_text);
  CHECK(again.gateway_reference == made.gateway_reference);
  CHECK(unavailable(gateway, charge(15'001)));
  CHECK(gateway.settle({charge().code})->amount == 15'000);
}

TEST_CASE("a charge that no QRIS code can carry is refused", "[sandbox]") {
  World world;
  auto run = world.run();
  for (auto [amount, refused] : {
           std::pair{std::int64_t{-1}, true},
           std::pair{std::int64_t{0}, true},
           std::pair{std::int64_t{1}, false},
       }) {
    CAPTURE(amount);
    CHECK(unavailable(run->sandbox.gateway(), charge(amount)) == refused);
  }
  CHECK(unavailable(run->sandbox.gateway(), {"", 1, {}}));
  CHECK(unavailable(run->sandbox.gateway(), {std::string(26, 'A'), 1, {}}));
  CHECK_FALSE(unavailable(run->sandbox.gateway(), {"DEP-B", 9'999'999'999'999, {}}));
  CHECK(unavailable(run->sandbox.gateway(), {"DEP-C", 10'000'000'000'000, {}}));
}

TEST_CASE("a settled charge is told and can be asked about", "[sandbox]") {
  World world;
  auto run = world.run();
  run->sandbox.start();
  auto& gateway = run->sandbox.gateway();
  created(gateway, charge());
  world.advance(*run, milliseconds{5'000});
  auto paid = gateway.settle({charge().code});
  REQUIRE(paid);
  CHECK(paid->amount == 15'000);
  CHECK(paid->fee == 0);
  CHECK(paid->paid_at == kStart + milliseconds{5'000});
  auto told = run->notices.wait_for(1);
  REQUIRE(told.size() == 1);
  CHECK(same(told[0], *paid));

  auto snapshot = gateway.query(charge().code);
  CHECK(word(snapshot.state) == "settled");
  CHECK(snapshot.payment_id == paid->payment_id);
  CHECK(snapshot.paid_amount == 15'000);
  CHECK(snapshot.paid_at == paid->paid_at);
  CHECK(run->last_notices().size() == 1);
}

TEST_CASE("settling again is the same payment, told again", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& gateway = run->sandbox.gateway();
  created(gateway, charge());
  auto paid = gateway.settle({charge().code});
  world.advance(*run, milliseconds{5'000});
  auto again = gateway.settle({charge().code, 99});
  REQUIRE((paid && again));
  CHECK(same(*paid, *again));
  run->sandbox.start();
  run->notices.wait_for(2);
  auto told = run->last_notices();
  REQUIRE(told.size() == 2);
  CHECK(same(told[0], *paid));
  CHECK(same(told[1], *paid));
}

TEST_CASE("a wrong amount and a second payment can be played", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& gateway = run->sandbox.gateway();
  created(gateway, charge());
  auto wrong = gateway.settle({charge().code, 14'999});
  auto second = gateway.settle({charge().code, {}, SandboxGateway::Payment::second});
  REQUIRE((wrong && second));
  CHECK(wrong->amount == 14'999);
  CHECK(second->amount == 15'000);
  CHECK(second->payment_id != wrong->payment_id);
  CHECK(gateway.query(charge().code).payment_id == wrong->payment_id);
  for (std::int64_t amount : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{10'000'000'000'000}})
    CHECK_FALSE(gateway.settle({charge().code, amount}));
}

TEST_CASE("a charge expires by itself, and a payment after that is told all the same",
          "[sandbox]") {
  World world;
  auto run = world.run();
  run->sandbox.start();
  auto& gateway = run->sandbox.gateway();
  created(gateway, charge());
  world.advance(*run, kPayable - milliseconds{1});
  CHECK(state(gateway) == "pending");
  world.advance(*run, milliseconds{1});
  CHECK(state(gateway) == "expired");
  auto late = gateway.settle({charge().code});
  REQUIRE(late);
  CHECK(late->paid_at == charge().expires_at);
  CHECK(state(gateway) == "settled");
  CHECK(run->notices.wait_for(1).size() == 1);
}

TEST_CASE("a charge can be expired by hand, which is told", "[sandbox]") {
  World world;
  auto run = world.run();
  run->sandbox.start();
  auto& gateway = run->sandbox.gateway();
  created(gateway, charge());
  CHECK(word(gateway.expire(charge().code)) == "expired");
  CHECK(state(gateway) == "expired");
  auto told = run->notices.wait_for(1);
  REQUIRE(told.size() == 1);
  CHECK(word(told[0].state) == "expired");
  CHECK(told[0].code == charge().code);
  CHECK(told[0].payment_id.empty());

  CHECK(gateway.settle({charge().code}));
  CHECK(word(gateway.expire(charge().code)) == "settled");
}

TEST_CASE("a charge can be cancelled until it is paid", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& gateway = run->sandbox.gateway();
  CHECK(gateway.cancel(charge().code) == CancelResult::unknown);
  created(gateway, charge());
  CHECK(gateway.cancel(charge().code) == CancelResult::done);
  CHECK(state(gateway) == "cancelled");
  CHECK(gateway.cancel(charge().code) == CancelResult::done);
  CHECK(gateway.settle({charge().code}));
  CHECK(gateway.cancel(charge().code) == CancelResult::already_paid);
  CHECK(state(gateway) == "settled");
}

TEST_CASE("a code that is nobody's is not found", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& gateway = run->sandbox.gateway();
  CHECK(state(gateway) == "not_found");
  CHECK_FALSE(gateway.settle({charge().code}));
  CHECK(word(gateway.expire(charge().code)) == "not_found");
}

TEST_CASE("the gateway keeps its fee, rounded to the nearest rupiah", "[sandbox]") {
  World world;
  world.gateway.fee_basis_points = 70;
  auto run = world.run();
  for (auto [amount, fee] : {
           std::pair{std::int64_t{71}, std::int64_t{0}},
           std::pair{std::int64_t{72}, std::int64_t{1}},
           std::pair{std::int64_t{10'000}, std::int64_t{70}},
           std::pair{std::int64_t{10'071}, std::int64_t{70}},
           std::pair{std::int64_t{10'072}, std::int64_t{71}},
           std::pair{std::int64_t{9'999'999'999'999}, std::int64_t{70'000'000'000}},
       }) {
    CAPTURE(amount);
    Charge asked{"DEP-" + std::to_string(amount), amount, kStart + kPayable};
    created(run->sandbox.gateway(), asked);
    CHECK(run->sandbox.gateway().settle({asked.code})->fee == fee);
  }
}

TEST_CASE("the gateway remembers over a restart, and tells what it had not told", "[sandbox]") {
  World world;
  auto before = world.run();
  auto made = created(before->sandbox.gateway(), charge());
  auto paid = before->sandbox.gateway().settle({charge().code});
  CHECK(before->last_notices().empty());
  before.reset();

  auto after = world.run();
  CHECK(created(after->sandbox.gateway(), charge()).qr_text == made.qr_text);
  CHECK(state(after->sandbox.gateway()) == "settled");
  CHECK(same(*after->sandbox.gateway().settle({charge().code}), *paid));
  after->notices.refuse_next(1);
  after->sandbox.start();
  // One of the two was refused at first, and comes a second later.
  after->notices.wait_for(1);
  world.advance(*after, milliseconds{1'000});
  after->notices.wait_for(2);
  auto told = after->last_notices();
  REQUIRE(told.size() == 2);
  CHECK(same(told[0], *paid));
  CHECK(same(told[1], *paid));
}

TEST_CASE("eight threads that settle one charge make one payment", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& gateway = run->sandbox.gateway();
  created(gateway, charge());
  std::vector<std::optional<Notice>> paid(8);
  std::vector<std::thread> threads;
  threads.reserve(paid.size());
  for (auto& one : paid)
    threads.emplace_back([&] { one = gateway.settle({charge().code}); });
  for (auto& thread : threads)
    thread.join();
  for (const auto& one : paid) {
    REQUIRE(one);
    CHECK(same(*one, *paid[0]));
  }
}
