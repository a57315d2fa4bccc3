#include "store/ref_ids.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <set>
#include <utility>

#include "store/short_hash.h"

namespace topupd {
namespace {

constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();

// SipHash with a key that anybody may know: who makes two alike gains nothing, since the orders
// themselves are compared.  47 bits, as they take the fewest bytes.  Kept in files: never changed.
std::int64_t number_of(std::int64_t user, std::string_view ref_id) {
  constexpr unsigned kUnused = 17;
  auto text = std::to_string(user);
  text += ' ';
  text += ref_id;
  return static_cast<std::int64_t>(short_hash(text, {}) >> kUnused);
}

// Of rows in any order: two lists are the same if their sums are, save by a chance of 2^-64.
class Sum {
 public:
  void add(std::int64_t number, std::int64_t order) {
    std::array<std::int64_t, 2> row{number, order};
    std::array<char, sizeof row> bytes{};
    std::memcpy(bytes.data(), row.data(), bytes.size());
    sum_ += short_hash({bytes.data(), bytes.size()}, {1});
    ++rows_;
  }
  std::int64_t rows() const { return rows_; }
  friend bool operator==(const Sum&, const Sum&) = default;

 private:
  std::uint64_t sum_ = 0;
  std::int64_t rows_ = 0;
};

std::int64_t mark_of(sqlite::Connection& db) {
  auto query = db.query("SELECT max(order_id) FROM ref_ids_mark");
  query.next();
  return query.integer(0);
}

}  // namespace

std::vector<topup::OrderId> RefIds::find(topup::UserId user, std::string_view ref_id) const {
  const auto number = number_of(user.value, ref_id);
  memory_.absent = std::nullopt;
  std::vector<topup::OrderId> found;
  if (may_have(number)) {
    auto query = db_.query(
        "SELECT order_id FROM ref_ids WHERE heat = 1 AND number = ?1 UNION ALL "
        "SELECT order_id FROM ref_ids WHERE heat = 0 AND number = ?1");
    query.bind(1, number);
    while (query.next())
      found.push_back({query.integer(0)});
    for (auto order : (remembers_ ? newest().rows : seen()).orders_of(number))
      found.push_back({order});
  }
  if (remembers_ && found.empty()) memory_.absent = number;
  return found;
}

const NewestRows& RefIds::seen() const {
  const auto mark = mark_of(db_);
  // Far more than the writer has not moved yet: most of them were.
  const bool is_much = static_cast<std::int64_t>(seen_.rows.size()) > 2 * parts_.behind_most;
  if (seen_.last < mark || is_much) seen_ = {mark, {}};
  auto query = db_.query("SELECT user_id, ref_id, id FROM orders WHERE id > ? ORDER BY id");
  query.bind(1, seen_.last);
  while (query.next()) {
    const auto order = query.integer(2);
    if (!query.is_null(1)) seen_.rows.add({number_of(query.integer(0), query.text(1)), order});
    seen_.last = order;
  }
  return seen_.rows;
}

bool RefIds::is_absent(topup::UserId user, std::string_view ref_id) const {
  return memory_.absent == number_of(user.value, ref_id);
}

void RefIds::remember() {
  remembers_ = true;
  memory_.newest = read_newest();
  filter_ = read_all();
  count();
}

void RefIds::forget() const {
  auto newest = std::move(memory_.newest);
  const auto undone = std::exchange(undo(), {db_.commits(), {}, false});
  memory_ = {};
  if (!newest || undone.is_more) return;
  for (const auto& row : undone.added)
    newest->rows.erase(row);
  memory_.newest = std::move(newest);
}

void RefIds::forget_file() const {
  memory_ = {};
  undo_ = {};
  filter_.reset();
}

RefIds::Undo& RefIds::undo() const {
  if (undo_.commit != db_.commits()) undo_ = {db_.commits(), {}, false};
  return undo_;
}

bool RefIds::may_have(std::int64_t number) const {
  if (!remembers_) return true;
  if (!filter_) filter_ = read_all();
  return filter_->may_have(number);
}

NumberFilter RefIds::read_all() const {
  auto last = db_.query("SELECT max(id) FROM orders");
  last.next();
  NumberFilter filter{last.integer(0)};
  auto query = db_.query("SELECT number FROM ref_ids");
  while (query.next())
    filter.add(query.integer(0));
  for (const auto& row : NewestRows{newest().rows}.take_all())
    filter.add(row.first);
  return filter;
}

RefIds::Newest& RefIds::newest() const {
  if (!memory_.newest) memory_.newest = read_newest();
  return *memory_.newest;
}

RefIds::Newest RefIds::read_newest() const {
  Newest read;
  read.mark = mark_of(db_);
  auto query =
      db_.query("SELECT user_id, ref_id, id FROM orders WHERE id > ? AND ref_id IS NOT NULL");
  query.bind(1, read.mark);
  while (query.next()) {
    const Row row{number_of(query.integer(0), query.text(1)), query.integer(2)};
    if (!has_row(row)) read.rows.add(row);
  }
  return read;
}

bool RefIds::has_row(const Row& row) const {
  auto query = db_.query(
      "SELECT 1 FROM ref_ids WHERE heat = 1 AND number = ?1 AND order_id = ?2 UNION ALL "
      "SELECT 1 FROM ref_ids WHERE heat = 0 AND number = ?1 AND order_id = ?2");
  query.bind(1, row.first);
  query.bind(2, row.second);
  return query.next();
}

void RefIds::add(topup::UserId user, std::string_view ref_id, topup::OrderId order) {
  const Row row{number_of(user.value, ref_id), order.value};
  if (filter_) filter_->add(row.first);
  memory_.absent = std::nullopt;
  if (!remembers_ || order.value <= newest().mark) return insert(row);
  auto& rows = newest().rows;
  rows.add(row);
  undo().added.push_back(row);
  if (rows.size() >= static_cast<std::size_t>(parts_.newest_most + parts_.moved_at_once)) {
    move(rows.take_neighbours(parts_.moved_at_once), order.value);
    cool();
  }
  pass(order);
}

void RefIds::pass(topup::OrderId order) {
  if (remembers_ && order.value - newest().mark >= parts_.behind_most)
    move(newest().rows.take_all(), order.value);
}

void RefIds::move(const std::vector<Row>& rows, std::int64_t last_order) {
  undo().is_more = true;
  for (const auto& row : rows)
    insert(row);
  auto& mark = newest().mark;
  mark = std::min(last_order, newest().rows.oldest_or(last_order + 1) - 1);
  auto query = db_.query("UPDATE ref_ids_mark SET order_id = ?");
  query.bind(1, mark);
  query.next();
}

void RefIds::insert(const Row& row) {
  auto query = db_.query("INSERT INTO ref_ids VALUES (1, ?, ?)");
  query.bind(1, row.first);
  query.bind(2, row.second);
  query.next();
  if (memory_.warm) ++*memory_.warm;
}

void RefIds::remove(topup::UserId user, std::string_view ref_id, topup::OrderId order) {
  const Row row{number_of(user.value, ref_id), order.value};
  if (remembers_ && newest().rows.erase(row)) {
    undo().is_more = true;
    return;
  }
  for (std::int64_t heat = 1; heat >= 0; --heat) {
    const auto before = db_.changes();
    auto query = db_.query("DELETE FROM ref_ids WHERE heat = ? AND number = ? AND order_id = ?");
    query.bind(1, heat);
    query.bind(2, row.first);
    query.bind(3, row.second);
    query.next();
    if (db_.changes() == before) continue;
    if (heat == 1 && memory_.warm) --*memory_.warm;
    return;
  }
}

void RefIds::count() {
  auto query = db_.query("SELECT count(*) FROM ref_ids WHERE heat = 1");
  query.next();
  memory_.warm = query.integer(0);
}

void RefIds::cool() {
  if (!memory_.warm) count();
  // Twice as many as come: a file whose warm part is too large gets over it.
  for (int times = 0; times < 2 && *memory_.warm > parts_.warm_most; ++times)
    cool_some();
}

void RefIds::cool_some() {
  auto last = kLast;
  {
    auto query = db_.query(
        "SELECT number FROM ref_ids WHERE heat = 1 AND number > ?1 ORDER BY number "
        "LIMIT 1 OFFSET ?2");
    query.bind(1, memory_.cooled);
    query.bind(2, parts_.moved_at_once - 1);
    if (query.next()) last = query.integer(0);
  }
  {
    auto query = db_.query(
        "INSERT INTO ref_ids SELECT 0, number, order_id FROM ref_ids "
        "WHERE heat = 1 AND number > ?1 AND number <= ?2");
    query.bind(1, memory_.cooled);
    query.bind(2, last);
    query.next();
  }
  const auto before = db_.changes();
  auto query = db_.query("DELETE FROM ref_ids WHERE heat = 1 AND number > ?1 AND number <= ?2");
  query.bind(1, memory_.cooled);
  query.bind(2, last);
  query.next();
  const auto moved = db_.changes() - before;
  *memory_.warm -= moved;
  if (moved == 0 && memory_.cooled < 0) return count();  // it holds none: somebody else took them
  memory_.cooled = last == kLast ? -1 : last;
}

void fill_ref_ids(sqlite::Connection& db) {
  std::vector<std::pair<std::int64_t, std::int64_t>> rows;
  auto orders = db.prepare("SELECT user_id, ref_id, id FROM orders WHERE ref_id IS NOT NULL");
  for (auto query = orders.query(); query.next();)
    rows.emplace_back(number_of(query.integer(0), query.text(1)), query.integer(2));
  std::sort(rows.begin(), rows.end());
  auto insert = db.prepare("INSERT INTO ref_ids VALUES (0, ?, ?)");
  for (const auto& [number, order] : rows) {
    auto query = insert.query();
    query.bind(1, number);
    query.bind(2, order);
    query.next();
  }
}

std::string fault_of_ref_ids(sqlite::Connection& db) {
  const auto mark = db.integer("SELECT ifnull(max(order_id), 0) FROM ref_ids_mark");
  Sum wanted;
  std::set<std::pair<std::int64_t, std::int64_t>> newest;  // that may be in the table
  auto orders = db.prepare("SELECT user_id, ref_id, id FROM orders WHERE ref_id IS NOT NULL");
  for (auto query = orders.query(); query.next();) {
    const auto number = number_of(query.integer(0), query.text(1));
    const auto order = query.integer(2);
    if (order > mark)
      newest.emplace(number, order);
    else
      wanted.add(number, order);
  }
  Sum kept;
  auto rows = db.prepare("SELECT number, order_id FROM ref_ids");
  for (auto query = rows.query(); query.next();) {
    const auto number = query.integer(0);
    const auto order = query.integer(1);
    if (newest.erase({number, order}) == 0) kept.add(number, order);
  }
  if (kept == wanted) return "";
  return "ref_ids has " + std::to_string(kept.rows()) + " rows that are not those of the " +
         std::to_string(wanted.rows()) + " orders with a ref_id up to order " +
         std::to_string(mark);
}

}  // namespace topupd
