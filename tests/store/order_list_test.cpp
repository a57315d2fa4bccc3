// Orders by their filters, page by page, and never by reading a whole table.

#include <optional>
#include <string>

#include "catch.h"
#include "store/fixtures.h"
#include "store/listed.h"
#include "store/order_list.h"
#include "store/reader_pool.h"

using namespace sample;
using namespace topupd;

namespace {

// On the connection that reads one after the other use.
std::int64_t statements(const SqliteStore& store) {
  std::int64_t begun = 0;
  store.look([&](Snapshot& snapshot) { begun = snapshot.db.queries_begun(); });
  return begun;
}

OrderFilter of_user(int id) {
  OrderFilter filter;
  filter.user = UserId{id};
  return filter;
}

OrderFilter of_first_user() { return of_user(1); }

}  // namespace

TEST_CASE("a user's orders come newest first, page by page", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_orders);
  CHECK(ids(orders(fixture.store, of_first_user(), {})) == "5 3 1");
  CHECK(ids(orders(fixture.store, of_first_user(), {0, 2})) == "5 3 after 3");
  CHECK(ids(orders(fixture.store, of_first_user(), {3, 2})) == "1");
  CHECK(ids(orders(fixture.store, of_first_user(), {0, 3})) == "5 3 1");
  CHECK(ids(orders(fixture.store, of_first_user(), {1, 2})).empty());
  CHECK(ids(orders(fixture.store, of_user(3), {})).empty());
  CHECK(ids(orders(fixture.store, {}, {0, 4})) == "6 5 4 3 after 3");
  CHECK(ids(orders(fixture.store, {}, {0, -1})) == "6 after 6");
}

TEST_CASE("a cursor that is no order of the user gives an empty page", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_orders);
  for (const std::int64_t cursor : {2, 4, 7, 99})
    CHECK(ids(orders(fixture.store, of_first_user(), {cursor, 2})).empty());
}

TEST_CASE("of a user's orders no more are read than the page and the time ask for", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_orders);
  struct Row {
    std::optional<Timestamp> from;
    PageRequest page;
    std::int64_t links;  // the cursor is one, and one more says whether there is another page
  };
  const Row rows[] = {
      {{}, {0, 9}, 3},     {{}, {0, 1}, 2},     {{}, {5, 9}, 3},     {at(30), {0, 9}, 3},
      {at(50), {0, 9}, 2}, {at(51), {0, 9}, 1}, {at(51), {5, 9}, 1},
  };
  for (const auto& row : rows) {
    auto filter = of_first_user();
    filter.from = row.from;
    auto start = statements(fixture.store);
    orders(fixture.store, filter, row.page);
    // Each look begins and ends a transaction; without a cursor the wallet is read, after a look
    // for what changed.
    const int others = row.page.after == 0 ? 6 : 4;
    CHECK(statements(fixture.store) - start - others == row.links);
  }
}

TEST_CASE("a search of a user's orders goes on where it stopped looking", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_orders);
  struct Row {
    std::string target;
    PageRequest page;
    int links;
    std::string expected;
  };
  const Row rows[] = {
      {"nobody's", {0, 2}, 3, ""},  {"nobody's", {0, 2}, 2, " after 3"},
      {"nobody's", {3, 2}, 2, ""},  {"target1", {0, 2}, 2, " after 3"},
      {"target1", {3, 2}, 2, "1"},  {"target3", {0, 2}, 2, "3 after 3"},
      {"target3", {3, 2}, 2, ""},   {"", {0, 2}, 1, "5 after 5"},
      {"", {5, 2}, 1, "3 after 3"}, {"", {3, 2}, 1, "1"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.target, row.page.after);
    auto filter = of_first_user();
    filter.target = row.target;
    CHECK(ids(orders(fixture.store, filter, row.page, {.links = row.links})) == row.expected);
  }
}

TEST_CASE("a search of everybody's orders goes on where it stopped looking", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_orders);
  struct Row {
    OrderFilter filter;
    PageRequest page;
    int rows;
    std::string expected;
  };
  const auto target = [](const char* text) {
    OrderFilter filter;
    filter.target = text;
    return filter;
  };
  auto until = target("target1");
  auto from = until;
  until.until = from.from = at(30);
  OrderFilter pending;                   // 6 3 1
  auto first_pending = of_first_user();  // 3 1
  pending.status = first_pending.status = OrderStatus::pending;
  const Row rows[] = {
      {target("target1"), {0, 2}, 6, "1"},
      {target("target1"), {0, 2}, 5, " after 2"},
      {target("target1"), {2, 2}, 5, "1"},
      {target("target1"), {0, 2}, 2, " after 5"},
      {target("target1"), {5, 2}, 2, " after 3"},
      {target("target1"), {3, 2}, 2, "1"},
      {target("target6"), {0, 2}, 1, "6 after 6"},
      {target("target1"), {99, 2}, 2, " after 5"},
      {until, {0, 2}, 2, "1"},
      {until, {0, 2}, 1, " after 2"},
      {from, {0, 2}, 4, ""},
      {from, {0, 2}, 3, " after 4"},
      {from, {4, 2}, 3, ""},
      {pending, {0, 3}, 3, "6 3 1"},
      {pending, {0, 3}, 2, "6 3 after 2"},
      {pending, {2, 3}, 2, "1"},
      {pending, {0, 1}, 2, "6 after 6"},
      {first_pending, {0, 3}, 1, " after 4"},
      {first_pending, {4, 3}, 1, "3 after 2"},
      {first_pending, {2, 3}, 1, "1"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.filter.target, row.page.after, row.rows);
    CHECK(ids(orders(fixture.store, row.filter, row.page, {.rows = row.rows})) == row.expected);
  }
}

TEST_CASE("filters of orders let through what fits all of them", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_orders);
  struct Row {
    void (*set)(OrderFilter&);
    std::string expected;
  };
  const Row rows[] = {
      {[](OrderFilter& f) { f.status = OrderStatus::pending; }, "3 1"},
      {[](OrderFilter& f) { f.status = OrderStatus::success; }, ""},
      {[](OrderFilter& f) { f.status = OrderStatus::error; }, "5"},
      {[](OrderFilter& f) { f.user = UserId{}, f.status = OrderStatus::pending; }, "6 3 1"},
      {[](OrderFilter& f) { f.user = UserId{}, f.status = OrderStatus::gagal; }, "4"},
      {[](OrderFilter& f) { f.service = ServiceId{2}; }, "5"},
      {[](OrderFilter& f) { f.target = "target3"; }, "3"},
      {[](OrderFilter& f) { f.from = at(30); }, "5 3"},
      {[](OrderFilter& f) { f.from = at(31); }, "5"},
      {[](OrderFilter& f) { f.until = at(30); }, "1"},
      {[](OrderFilter& f) { f.until = at(31); }, "3 1"},
      {[](OrderFilter& f) { f.from = at(20), f.until = at(40), f.service = ServiceId{1}; }, "3"},
  };
  for (const auto& row : rows) {
    auto filter = of_first_user();
    row.set(filter);
    CHECK(ids(orders(fixture.store, filter, {})) == row.expected);
  }
}
