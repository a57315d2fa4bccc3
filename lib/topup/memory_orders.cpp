// Orders, their attempts, and keys that make them safe to repeat.

#include "topup/memory_tx.h"

namespace topup {

std::optional<Order> MemoryTx::order(OrderId id) const { return find(s_.orders, id); }
std::optional<Order> MemoryTx::order_by_invoice(std::string_view invoice) const {
  return find_by(s_.orders, s_.order_by_invoice, invoice);
}
std::optional<Order> MemoryTx::order_by_ref_id(UserId user, std::string_view ref_id) const {
  return find_by(s_.orders, s_.order_by_ref_id, std::pair{user, std::string{ref_id}});
}
std::optional<OrderId> MemoryTx::open_order(UserId user, ServiceId service, std::string_view target,
                                            std::string_view nometer) const {
  return find(s_.open_orders, std::tuple{user, service, std::string{target}, std::string{nometer}});
}

void MemoryTx::index(const Order& order) {
  claim(s_.order_by_invoice, order.invoice, order.id);
  if (!order.ref_id.empty())
    claim(s_.order_by_ref_id, std::pair{order.user, order.ref_id}, order.id);
  if (!is_over(order.state))
    claim(s_.open_orders, std::tuple{order.user, order.service, order.target, order.nometer},
          order.id);
}
void MemoryTx::unindex(const Order& order) {
  undo_.drop(s_.order_by_invoice, order.invoice);
  if (!order.ref_id.empty()) undo_.drop(s_.order_by_ref_id, {order.user, order.ref_id});
  if (!is_over(order.state))
    undo_.drop(s_.open_orders, {order.user, order.service, order.target, order.nometer});
}
void MemoryTx::insert(const Order& order) {
  need(s_.users, order.user);
  need(s_.services, order.service);
  atomically([&] {
    add(s_.orders, order);
    index(order);
  });
}
void MemoryTx::update(const Order& order) {
  auto old = find(s_.orders, order.id);
  if (!old) throw std::logic_error{"there is no such record"};
  auto changed = *old;
  changed.state = order.state;
  changed.ref_id = order.ref_id;
  changed.sn = order.sn;
  changed.updated_at = order.updated_at;
  atomically([&] {
    unindex(replace(s_.orders, changed));
    index(changed);
  });
}

void MemoryTx::overwrite(const Order& order) {
  auto old = find(s_.orders, order.id);
  if (!old) throw std::logic_error{"there is no such record"};
  auto changed = *old;
  changed.target = order.target;
  changed.nometer = order.nometer;
  changed.ref_id = order.ref_id;
  changed.customer_name = order.customer_name;
  changed.customer_phone = order.customer_phone;
  changed.sn = order.sn;
  changed.salt = order.salt;
  atomically([&] {
    unindex(replace(s_.orders, changed));
    index(changed);
  });
}

std::optional<Attempt> MemoryTx::attempt(AttemptId id) const { return find(s_.attempts, id); }

std::vector<Attempt> MemoryTx::attempts(OrderId id) const {
  std::vector<Attempt> found;
  auto it = s_.attempt_by_number.lower_bound({id, 0});
  for (; it != s_.attempt_by_number.end() && it->first.first == id; ++it)
    found.push_back(s_.attempts.at(it->second));
  return found;
}

std::vector<AttemptId> MemoryTx::due_attempts(ProviderId provider, Timestamp now, int limit) const {
  std::vector<AttemptId> found;
  auto due = s_.due_attempts.lower_bound({provider, Timestamp::min(), AttemptId{}});
  auto end = s_.due_attempts.upper_bound({provider, now, AttemptId{INT64_MAX}});
  for (; due != end && static_cast<int>(found.size()) < limit; ++due)
    found.push_back(due->second);
  return found;
}

std::vector<ProviderId> MemoryTx::due_providers(Timestamp now) const {
  std::vector<ProviderId> found;
  for (const auto& [id, provider] : s_.providers)
    if (!due_attempts(id, now, 1).empty()) found.push_back(id);
  return found;
}

void MemoryTx::index(const Attempt& attempt) {
  need(s_.orders, attempt.order);
  need(s_.offers, attempt.offer);
  need(s_.providers, attempt.provider);
  claim(s_.attempt_by_number, std::pair{attempt.order, attempt.number}, attempt.id);
  if (attempt.due_at)
    claim(s_.due_attempts, std::tuple{attempt.provider, *attempt.due_at, attempt.id}, attempt.id);
}
void MemoryTx::unindex(const Attempt& attempt) {
  undo_.drop(s_.attempt_by_number, {attempt.order, attempt.number});
  if (attempt.due_at) undo_.drop(s_.due_attempts, {attempt.provider, *attempt.due_at, attempt.id});
}
void MemoryTx::insert(const Attempt& attempt) {
  atomically([&] {
    add(s_.attempts, attempt);
    index(attempt);
  });
}
void MemoryTx::update(const Attempt& attempt) {
  atomically([&] {
    unindex(replace(s_.attempts, attempt));
    index(attempt);
  });
}

std::optional<IdempotencyRow> MemoryTx::idempotency(UserId user, std::string_view route,
                                                    std::string_view key) const {
  return find(s_.idempotency, std::tuple{user, std::string{route}, std::string{key}});
}

void MemoryTx::insert(const IdempotencyRow& row) {
  need(s_.users, row.user);
  MemoryState::IdempotencyKey key{row.user, row.route, row.key};
  atomically([&] {
    claim(s_.idempotency, key, row);
    claim(s_.idempotency_by_age, std::pair{row.at, key}, key);
  });
}

void MemoryTx::forget(const MemoryState::IdempotencyKey& key) {
  undo_.drop(s_.idempotency_by_age, {s_.idempotency.at(key).at, key});
  undo_.drop(s_.idempotency, key);
}

void MemoryTx::erase_idempotency(UserId user, std::string_view route, std::int64_t subject) {
  std::vector<MemoryState::IdempotencyKey> found;
  auto it = s_.idempotency.lower_bound({user, std::string{route}, std::string{}});
  for (; it != s_.idempotency.end(); ++it) {
    const auto& row = it->second;
    if (row.user != user || row.route != route) break;
    if (row.subject == subject) found.push_back(it->first);
  }
  for (const auto& key : found)
    forget(key);
}

int MemoryTx::forget_idempotency(UserId user, int limit) {
  int forgotten = 0;
  while (forgotten < limit) {
    auto it = s_.idempotency.lower_bound({user, std::string{}, std::string{}});
    if (it == s_.idempotency.end() || it->second.user != user) break;
    auto key = it->first;
    forget(key);
    ++forgotten;
  }
  return forgotten;
}

int MemoryTx::forget_idempotency(Timestamp before, int limit) {
  int forgotten = 0;
  while (forgotten < limit && !s_.idempotency_by_age.empty()) {
    auto oldest = *s_.idempotency_by_age.begin();
    if (oldest.first.first >= before) break;
    forget(oldest.second);
    ++forgotten;
  }
  return forgotten;
}

}  // namespace topup
