#include "store/durability.h"

#include <atomic>
#include <thread>

#include "catch.h"
#include "store/errors.h"

using namespace topupd;

namespace {

void commit(Durability& durability) {
  durability.begin();
  durability.end();
}

}  // namespace

TEST_CASE("nobody waits for what is durable, or was synced at once", "[store]") {
  Durability durability;
  durability.wait();
  commit(durability);
  CHECK(durability.reach(durability.written()));
  durability.wait();
}

TEST_CASE("a commit can be seen before it is written whole", "[store]") {
  Durability durability;
  commit(durability);
  CHECK(durability.reach(durability.written()));
  durability.begin();
  durability.fail();
  CHECK_THROWS_AS(durability.wait(), StoreBroken);
}

TEST_CASE("who read waits for the last commit that he could see", "[store]") {
  Durability durability;
  commit(durability);
  const auto first = durability.written();
  durability.begin();
  std::atomic<bool> is_over = false;
  std::thread reader{[&] {
    durability.wait();
    is_over = true;
  }};
  // A sync that began before the second commit was written says nothing of it.
  CHECK(durability.written() == first);
  CHECK(durability.reach(first));
  durability.end();
  std::this_thread::yield();
  CHECK_FALSE(is_over);
  CHECK(durability.reach(durability.written()));
  reader.join();
  CHECK(is_over);
}

TEST_CASE("what could not be synced is told nobody, and no later sync mends that", "[store]") {
  Durability durability;
  commit(durability);
  durability.fail();
  CHECK_THROWS_AS(durability.wait(), StoreBroken);
  CHECK_FALSE(durability.reach(durability.written()));
  CHECK_THROWS_AS(durability.wait(), StoreBroken);
}

TEST_CASE("what was durable before a sync failed can be read", "[store]") {
  Durability durability;
  commit(durability);
  CHECK(durability.reach(durability.written()));
  durability.fail();
  durability.wait();
}
