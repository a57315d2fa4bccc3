#include "password_hasher.h"

#include <atomic>
#include <thread>
#include <vector>

#include "catch.h"

using namespace topupd;

namespace {

// Slow enough that others queue meanwhile.
constexpr PasswordCost kSlow{3, 4'194'304};

struct Tally {
  int done = 0;
  int refused = 0;
};

// As many threads as `callers`, each hashing until one of them was refused.
Tally crowd(PasswordHasher& hasher, int callers) {
  std::atomic<int> done{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 100 && refused == 0; ++n)
        hasher.hash("rahasia") ? ++done : ++refused;
    });
  for (auto& thread : threads)
    thread.join();
  return {done, refused};
}

}  // namespace

TEST_CASE("a password is recognised and others are not", "[password_hasher]") {
  PasswordHasher hasher{{kPasswordCostTest}};
  const auto hash = hasher.hash("rahasia");
  REQUIRE(hash);
  CHECK(hasher.verify(*hash, "rahasia") == true);
  CHECK(hasher.verify(*hash, "other") == false);
  CHECK(hasher.verify_nobody("rahasia") == false);
}

TEST_CASE("those who fit the queue are all served", "[password_hasher]") {
  PasswordHasher hasher{{kPasswordCostTest, 1, 3}};
  const auto tally = crowd(hasher, 4);  // one runs, three wait
  CHECK(tally.refused == 0);
  CHECK(tally.done == 400);
}

TEST_CASE("more than fit the queue are refused at once", "[password_hasher]") {
  PasswordHasher hasher{{kSlow, 1, 0}};
  CHECK(crowd(hasher, 4).refused > 0);
}

TEST_CASE("after a refusal the next is served", "[password_hasher]") {
  PasswordHasher hasher{{kSlow, 1, 0}};
  crowd(hasher, 4);
  CHECK(hasher.hash("rahasia"));
}
