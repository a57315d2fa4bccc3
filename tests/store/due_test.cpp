// Attempts by their order, and those whose time has come by their supplier.

#include <vector>

#include "catch.h"
#include "store/fixtures.h"
#include "store/records.h"

using namespace sample;
using namespace topup;

namespace {

std::vector<std::int64_t> ids(const std::vector<Attempt>& attempts) {
  std::vector<std::int64_t> result;
  for (const auto& attempt : attempts)
    result.push_back(attempt.id.value);
  return result;
}
template <topup::Table kTable>
std::vector<std::int64_t> ids(const std::vector<topup::Id<kTable>>& found) {
  std::vector<std::int64_t> result;
  for (const auto& id : found)
    result.push_back(id.value);
  return result;
}

}  // namespace

TEMPLATE_TEST_CASE("what is due comes oldest first, up to a limit", "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
    tx.insert(provider(2));
    tx.insert(provider(3));
    for (auto [id, due] : {std::pair{1, 30}, {2, 10}, {3, 20}, {4, 10}, {5, 0}, {6, 15}}) {
      auto a = attempt(id);
      if (id == 6) a.provider = ProviderId{2};
      if (due > 0)
        a.due_at = at(due);
      else
        a.due_at = std::nullopt;
      tx.insert(a);
    }
  });
  using Ids = std::vector<std::int64_t>;
  fixture.store.read([](const View& view) {
    constexpr ProviderId kFirst{1};
    CHECK(ids(view.due_attempts(kFirst, at(9), 9)) == Ids{});
    CHECK(ids(view.due_attempts(kFirst, at(10), 9)) == Ids{2, 4});
    CHECK(ids(view.due_attempts(kFirst, at(10), 1)) == Ids{2});
    CHECK(ids(view.due_attempts(kFirst, at(99), 9)) == Ids{2, 4, 3, 1});
    CHECK(ids(view.due_attempts(ProviderId{2}, at(99), 9)) == Ids{6});
    CHECK(ids(view.due_attempts(ProviderId{3}, at(99), 9)) == Ids{});
    CHECK(ids(view.due_providers(at(9))) == Ids{});
    CHECK(ids(view.due_providers(at(14))) == Ids{1});
    CHECK(ids(view.due_providers(at(15))) == Ids{1, 2});
    CHECK(ids(view.attempts(OrderId{1})) == Ids{1, 2, 3, 4, 5, 6});
    return 0;
  });
}
