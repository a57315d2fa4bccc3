// Orders, their attempts, and keys that make them safe to repeat.

#include <stdexcept>

#include "store/sqlite_tx.h"

namespace topupd {

using topup::Attempt;
using topup::IdempotencyRow;
using topup::Order;

namespace {

template <class Id>
std::vector<Id> ids_in(sqlite::Query& query) {
  std::vector<Id> ids;
  while (query.next())
    ids.push_back(Id{query.integer(0)});
  return ids;
}

}  // namespace

std::optional<Order> SqliteTx::order(topup::OrderId id) const {
  static constexpr char kSql[] = "SELECT * FROM orders WHERE id = ?";
  return remembers_ ? recall(memory_.orders, kSql, id.value) : find<Order>(kSql, id);
}
std::optional<Order> SqliteTx::order_by_invoice(std::string_view invoice) const {
  return find<Order>("SELECT * FROM orders WHERE invoice = ?", invoice);
}
std::optional<Order> SqliteTx::order_by_ref_id(topup::UserId user, std::string_view ref_id) const {
  for (auto id : ref_ids_.find(user, ref_id))
    if (auto found = order(id); found && found->user == user && found->ref_id == ref_id)
      return found;
  return std::nullopt;
}

std::optional<topup::OrderId> SqliteTx::open_order(topup::UserId user, topup::ServiceId service,
                                                   std::string_view target,
                                                   std::string_view nometer) const {
  for (auto id : open_orders_.find(user, service, target, nometer)) {
    const auto found = order(id);
    if (found && found->user == user && found->service == service && found->target == target &&
        found->nometer == nometer)
      return id;
  }
  return std::nullopt;
}

void SqliteTx::note_open(const Order& order) {
  const auto known = open_order(order.user, order.service, order.target, order.nometer);
  if (known && *known != order.id) throw std::logic_error{"one order is open for a thing"};
  open_orders_.add(order);
}

void SqliteTx::insert(const Order& order) {
  write_new("INSERT INTO orders VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", order);
  take_ref_id(order);
  if (!topup::is_over(order.state)) note_open(order);
  memory_.orders.put(order.id.value, order);
}

void SqliteTx::take_ref_id(const Order& order) {
  if (order.ref_id.empty()) return ref_ids_.pass(order.id);
  if (!ref_ids_.is_absent(order.user, order.ref_id)) {
    const auto known = order_by_ref_id(order.user, order.ref_id);
    if (known && known->id != order.id) throw std::logic_error{"a ref_id belongs to one order"};
  }
  ref_ids_.add(order.user, order.ref_id, order.id);
}

void SqliteTx::exchange_ref_id(Order order, const std::string& ref_id) {
  if (order.ref_id == ref_id) return;
  if (!order.ref_id.empty()) ref_ids_.remove(order.user, order.ref_id, order.id);
  order.ref_id = ref_id;
  take_ref_id(order);
  execute("UPDATE orders SET ref_id = ?2 WHERE id = ?1", order.id, null_if_none(order.ref_id));
}

void SqliteTx::refile(const Order& before, const Order& after) {
  exchange_ref_id(before, after.ref_id);
  if (topup::is_over(before.state) == topup::is_over(after.state)) return;
  if (topup::is_over(after.state)) return open_orders_.remove(before);
  note_open(before);
}

void SqliteTx::update(const Order& order) {
  auto* known = memory_.orders.find(order.id.value);
  if (known == nullptr || known->ref_id != order.ref_id ||
      topup::is_over(known->state) != topup::is_over(order.state)) {
    const auto before = this->order(order.id);
    if (!before) need_one(0);
    refile(*before, order);
    known = memory_.orders.find(order.id.value);
  }
  need_one(execute("UPDATE orders SET state = ?2, sn = ?3, updated_at = ?4 WHERE id = ?1", order.id,
                   order.state, order.sn, order.updated_at));
  if (topup::is_over(order.state)) return memory_.orders.erase(order.id.value);
  if (known == nullptr) return;
  known->state = order.state;
  known->ref_id = order.ref_id;
  known->sn = order.sn;
  known->updated_at = order.updated_at;
}

void SqliteTx::overwrite(const Order& order) {
  const auto before = this->order(order.id);
  if (!before) need_one(0);
  memory_.orders.erase(order.id.value);
  exchange_ref_id(*before, order.ref_id);
  const bool is_open = !topup::is_over(before->state);
  if (is_open) open_orders_.remove(*before);
  need_one(
      execute("UPDATE orders SET target = ?2, nometer = ?3, customer_name = ?4, "
              "customer_phone = ?5, sn = ?6, salt = ?7 WHERE id = ?1",
              order.id, order.target, order.nometer, order.customer_name, order.customer_phone,
              order.sn, order.salt));
  if (is_open) note_open(this->order(order.id).value());
}

std::optional<Attempt> SqliteTx::attempt(topup::AttemptId id) const {
  static constexpr char kSql[] = "SELECT * FROM attempts WHERE id = ?";
  return remembers_ ? recall(memory_.attempts, kSql, id.value) : find<Attempt>(kSql, id);
}
std::vector<Attempt> SqliteTx::attempts(topup::OrderId id) const {
  return list<Attempt>("SELECT * FROM attempts WHERE order_id = ? ORDER BY number", id);
}
std::vector<topup::AttemptId> SqliteTx::due_attempts(topup::ProviderId provider,
                                                     topup::Timestamp now, int limit) const {
  auto query = db_.query(
      "SELECT id FROM attempts WHERE provider_id = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?");
  bind_all(query, provider, now, limit);
  return ids_in<topup::AttemptId>(query);
}
std::vector<topup::ProviderId> SqliteTx::due_providers(topup::Timestamp now) const {
  auto query = db_.query(
      "SELECT id FROM providers WHERE EXISTS (SELECT 1 FROM attempts "
      "WHERE provider_id = providers.id AND due_at <= ?) ORDER BY id");
  bind_all(query, now);
  return ids_in<topup::ProviderId>(query);
}

void SqliteTx::insert(const Attempt& attempt) {
  write_new("INSERT INTO attempts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", attempt);
  memory_.attempts.put(attempt.id.value, attempt);
}

void SqliteTx::update(const Attempt& attempt) {
  // Whose attempt it is, at which offer, never changes.
  write_over(
      "UPDATE attempts SET sku = ?6, state = ?7, cost = ?8, final_cost = ?9, sn = ?10, "
      "provider_reference = ?11, code = ?12, sent_at = ?13, inquired_at = ?14, not_found = ?15, "
      "due_at = ?16, created_at = ?17 WHERE id = ?1",
      attempt);
  if (topup::is_over(attempt.state)) return memory_.attempts.erase(attempt.id.value);
  memory_.attempts.put(attempt.id.value, attempt);
}

std::optional<IdempotencyRow> SqliteTx::idempotency(topup::UserId user, std::string_view route,
                                                    std::string_view key) const {
  return find<IdempotencyRow>(
      "SELECT * FROM idempotency WHERE user_id = ? AND route = ? AND key = ?", user, route, key);
}

void SqliteTx::insert(const IdempotencyRow& row) {
  write("INSERT INTO idempotency VALUES (?,?,?,?,?)", row);
}

void SqliteTx::erase_idempotency(topup::UserId user, std::string_view route, std::int64_t subject) {
  execute("DELETE FROM idempotency WHERE route = ?2 AND subject = ?3 AND +user_id = ?1", user,
          route, subject);
}

int SqliteTx::forget_idempotency(topup::UserId user, int limit) {
  auto forgotten = execute(
      "DELETE FROM idempotency WHERE (user_id, route, key) IN "
      "(SELECT user_id, route, key FROM idempotency WHERE user_id = ? "
      "ORDER BY user_id, route, key LIMIT ?)",
      user, limit);
  return static_cast<int>(forgotten);
}

int SqliteTx::forget_idempotency(topup::Timestamp before, int limit) {
  auto forgotten = execute(
      "DELETE FROM idempotency WHERE (user_id, route, key) IN "
      "(SELECT user_id, route, key FROM idempotency WHERE at < ? "
      "ORDER BY at, user_id, route, key LIMIT ?)",
      before, limit);
  return static_cast<int>(forgotten);
}

}  // namespace topupd
