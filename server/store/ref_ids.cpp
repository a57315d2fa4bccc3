#include "store/ref_ids.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace topupd {
namespace {

constexpr std::int64_t kHottest = 3;
constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();

// SipHash with a key that anybody may know: who makes two alike gains nothing, since the orders
// themselves are compared.  47 bits, as they take the fewest bytes.  Kept in files: never changed.
std::int64_t number_of(std::int64_t user, std::string_view ref_id) {
  static constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> kKey{};
  constexpr unsigned kUnused = 17;
  const auto text = std::to_string(user) + ' ' + std::string{ref_id};
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes either way
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  crypto_shorthash(hash.data(), bytes, text.size(), kKey.data());
  std::uint64_t bits = 0;
  for (auto byte : hash)
    bits = bits << 8U | byte;
  return static_cast<std::int64_t>(bits >> kUnused);
}

// Of rows in any order: two lists are the same if their sums are, save by a chance of 2^-64.
class Sum {
 public:
  void add(std::int64_t number, std::int64_t order) {
    std::array<std::int64_t, 2> row{number, order};
    std::array<unsigned char, sizeof row> bytes{};
    std::memcpy(bytes.data(), row.data(), bytes.size());
    static constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> kKey{1};
    std::uint64_t hash = 0;
    std::array<unsigned char, sizeof hash> out{};
    crypto_shorthash(out.data(), bytes.data(), bytes.size(), kKey.data());
    std::memcpy(&hash, out.data(), out.size());
    sum_ += hash;
    ++rows_;
  }
  std::int64_t rows() const { return rows_; }
  friend bool operator==(const Sum&, const Sum&) = default;

 private:
  std::uint64_t sum_ = 0;
  std::int64_t rows_ = 0;
};

}  // namespace

std::vector<topup::OrderId> RefIds::find(topup::UserId user, std::string_view ref_id) const {
  const auto number = number_of(user.value, ref_id);
  if (!may_have(number)) {
    memory_.absent = number;
    return {};
  }
  auto query = db_.query(
      "SELECT order_id FROM ref_ids WHERE heat = 3 AND number = ?1 UNION ALL "
      "SELECT order_id FROM ref_ids WHERE heat = 2 AND number = ?1 UNION ALL "
      "SELECT order_id FROM ref_ids WHERE heat = 1 AND number = ?1 UNION ALL "
      "SELECT order_id FROM ref_ids WHERE heat = 0 AND number = ?1");
  query.bind(1, number);
  std::vector<topup::OrderId> found;
  while (query.next())
    found.push_back({query.integer(0)});
  memory_.absent = found.empty() ? std::optional{number} : std::nullopt;
  return found;
}

void RefIds::remember() {
  remembers_ = true;
  filter_ = read_all();
}

void RefIds::forget_file() const {
  forget();
  filter_.reset();
}

bool RefIds::may_have(std::int64_t number) const {
  if (!remembers_) return true;
  if (!filter_) filter_ = read_all();
  return filter_->may_have(number);
}

NumberFilter RefIds::read_all() const {
  auto newest = db_.query("SELECT max(id) FROM orders");
  newest.next();
  NumberFilter filter{newest.integer(0)};
  auto query = db_.query("SELECT number FROM ref_ids");
  while (query.next())
    filter.add(query.integer(0));
  return filter;
}

bool RefIds::is_absent(topup::UserId user, std::string_view ref_id) const {
  return memory_.absent == number_of(user.value, ref_id);
}

void RefIds::add(topup::UserId user, std::string_view ref_id, topup::OrderId order) {
  if (!memory_.held) count();
  const auto number = number_of(user.value, ref_id);
  if (filter_) filter_->add(number);
  auto query = db_.query("INSERT INTO ref_ids VALUES (3, ?, ?)");
  query.bind(1, number);
  query.bind(2, order.value);
  query.next();
  memory_.absent = std::nullopt;
  auto& hottest = ++memory_.held->at(kHottest);
  if (hottest >= parts_.held_most.at(kHottest) + parts_.moved_at_once) cool();
}

void RefIds::remove(topup::UserId user, std::string_view ref_id, topup::OrderId order) {
  for (auto heat = kHottest; heat >= 0; --heat) {
    const auto before = db_.changes();
    auto query = db_.query("DELETE FROM ref_ids WHERE heat = ? AND number = ? AND order_id = ?");
    query.bind(1, heat);
    query.bind(2, number_of(user.value, ref_id));
    query.bind(3, order.value);
    query.next();
    if (db_.changes() == before) continue;
    if (memory_.held) --memory_.held->at(static_cast<std::size_t>(heat));
    return;
  }
}

void RefIds::count() {
  memory_.held.emplace().fill(0);
  for (auto heat = kHottest; heat > 0; --heat) {
    auto query = db_.query("SELECT count(*) FROM ref_ids WHERE heat = ?");
    query.bind(1, heat);
    query.next();
    memory_.held->at(static_cast<std::size_t>(heat)) = query.integer(0);
  }
}

void RefIds::cool() {
  for (auto heat = kHottest; heat > 0; --heat) {
    const auto part = static_cast<std::size_t>(heat);
    while (memory_.held->at(part) > parts_.held_most.at(part))
      cool_some(heat);
  }
}

// The next ones by number, and after the highest from the lowest on: when all were moved once, the
// part holds as many again, evenly.
void RefIds::cool_some(std::int64_t heat) {
  const auto part = static_cast<std::size_t>(heat);
  auto& cooled = memory_.cooled.at(part);
  auto last = kLast;
  {
    auto query = db_.query(
        "SELECT number FROM ref_ids WHERE heat = ?1 AND number > ?2 ORDER BY number "
        "LIMIT 1 OFFSET ?3");
    query.bind(1, heat);
    query.bind(2, cooled);
    query.bind(3, parts_.moved_at_once - 1);
    if (query.next()) last = query.integer(0);
  }
  {
    auto query = db_.query(
        "INSERT INTO ref_ids SELECT ?1, number, order_id FROM ref_ids "
        "WHERE heat = ?2 AND number > ?3 AND number <= ?4");
    query.bind(1, heat - 1);
    query.bind(2, heat);
    query.bind(3, cooled);
    query.bind(4, last);
    query.next();
  }
  const auto before = db_.changes();
  auto query = db_.query("DELETE FROM ref_ids WHERE heat = ?1 AND number > ?2 AND number <= ?3");
  query.bind(1, heat);
  query.bind(2, cooled);
  query.bind(3, last);
  query.next();
  const auto moved = db_.changes() - before;
  memory_.held->at(part) -= moved;
  memory_.held->at(part - 1) += moved;
  if (moved == 0 && cooled < 0) return count();  // it holds none: somebody else took them
  cooled = last == kLast ? -1 : last;
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
  Sum wanted;
  auto orders = db.prepare("SELECT user_id, ref_id, id FROM orders WHERE ref_id IS NOT NULL");
  for (auto query = orders.query(); query.next();)
    wanted.add(number_of(query.integer(0), query.text(1)), query.integer(2));
  Sum kept;
  auto rows = db.prepare("SELECT number, order_id FROM ref_ids");
  for (auto query = rows.query(); query.next();)
    kept.add(query.integer(0), query.integer(1));
  if (kept == wanted) return "";
  return "ref_ids has " + std::to_string(kept.rows()) + " rows that are not those of the " +
         std::to_string(wanted.rows()) + " orders with a ref_id";
}

}  // namespace topupd
