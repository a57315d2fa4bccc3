#include "store/open_orders.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace topupd {

std::string state_condition(const std::function<bool(topup::OrderState)>& is_wanted) {
  std::string sql;
  for (int i = 0; i <= static_cast<int>(topup::OrderState::recovered); ++i) {
    const auto state = static_cast<topup::OrderState>(i);
    if (!is_wanted(state)) continue;
    sql += (sql.empty() ? "(state = '" : " OR state = '") + std::string{name(state)} + "'";
  }
  return sql + ")";
}

std::string open_condition() {
  return state_condition([](topup::OrderState state) { return !topup::is_over(state); });
}

std::vector<topup::OrderId> OpenOrders::find(topup::UserId user, topup::ServiceId service,
                                             std::string_view target,
                                             std::string_view nometer) const {
  if (!remembers_) return look_up(user, service, target, nometer);
  std::vector<topup::OrderId> found;
  const auto [first, last] = known().equal_range(number_of(user, service, target, nometer));
  for (auto at = first; at != last; ++at)
    found.push_back({at->second});
  return found;
}

std::vector<topup::OrderId> OpenOrders::look_up(topup::UserId user, topup::ServiceId service,
                                                std::string_view target,
                                                std::string_view nometer) const {
  static const auto kSql = "SELECT id FROM orders INDEXED BY orders_open WHERE " +
                           open_condition() +
                           " AND user_id = ? AND service_id = ? AND target = ? AND nometer = ?";
  auto query = db_.query(kSql);
  query.bind(1, user.value);
  query.bind(2, service.value);
  query.bind(3, target);
  query.bind(4, nometer);
  std::vector<topup::OrderId> found;
  while (query.next())
    found.push_back({query.integer(0)});
  return found;
}

void OpenOrders::add(const topup::Order& order) {
  if (!remembers_) return;
  const Change change{number_of(order.user, order.service, order.target, order.nometer),
                      order.id.value, true};
  auto& known = this->known();
  if (place_in(known, change) != known.end()) return;  // it was read with the rest
  known.emplace(change.number, change.order);
  note(change);
}

void OpenOrders::remove(const topup::Order& order) {
  if (!remembers_) return;
  const Change change{number_of(order.user, order.service, order.target, order.nometer),
                      order.id.value, false};
  erase(known(), change);
  note(change);
}

void OpenOrders::remember() {
  remembers_ = true;
  known_ = read_all();
  read_at_ = kBefore;
}

void OpenOrders::forget() const {
  const auto undone = std::exchange(undo_, {});
  if (!known_) return;
  if (read_at_ == db_.commits()) return known_.reset();  // as was undone, maybe
  if (undone.commit != db_.commits()) return;
  for (auto change = undone.changes.rbegin(); change != undone.changes.rend(); ++change) {
    if (change->was_added)
      erase(*known_, *change);
    else
      known_->emplace(change->number, change->order);
  }
}

void OpenOrders::forget_file() const {
  known_.reset();
  undo_ = {};
}

void OpenOrders::note(const Change& change) {
  if (undo_.commit != db_.commits()) undo_ = {db_.commits(), {}};
  undo_.changes.push_back(change);
}

OpenOrders::Known& OpenOrders::known() const {
  if (!known_) {
    known_ = read_all();
    read_at_ = db_.commits();
  }
  return *known_;
}

OpenOrders::Known OpenOrders::read_all() const {
  Known read;
  auto statement = db_.prepare(
      "SELECT user_id, service_id, target, nometer, id FROM orders INDEXED BY orders_open WHERE " +
      open_condition());
  for (auto query = statement.query(); query.next();)
    read.emplace(number_of({query.integer(0)}, {query.integer(1)}, query.text(2), query.text(3)),
                 query.integer(4));
  return read;
}

OpenOrders::Known::iterator OpenOrders::place_in(Known& known, const Change& change) {
  const auto [first, last] = known.equal_range(change.number);
  const auto at =
      std::find_if(first, last, [&](const auto& row) { return row.second == change.order; });
  return at == last ? known.end() : at;
}

void OpenOrders::erase(Known& known, const Change& change) {
  if (const auto at = place_in(known, change); at != known.end()) known.erase(at);
}

std::uint64_t OpenOrders::number_of(topup::UserId user, topup::ServiceId service,
                                    std::string_view target, std::string_view nometer) const {
  const std::array<std::int64_t, 3> head{user.value, service.value,
                                         static_cast<std::int64_t>(target.size())};
  std::string bytes;
  bytes.reserve(sizeof head + target.size() + nometer.size());
  bytes.resize(sizeof head);
  std::memcpy(bytes.data(), head.data(), sizeof head);
  bytes.append(target).append(nometer);
  return short_hash(bytes, key_);
}

}  // namespace topupd
