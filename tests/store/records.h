// One full record of each kind, every field other than its default.

#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "topup/store.h"

namespace sample {

using namespace topup;
using namespace topup::literals;

inline Timestamp at(int ms) { return Timestamp{std::chrono::milliseconds{ms}}; }

inline User user(int id) {
  User r;
  r.id = UserId{id};
  r.username = "user" + std::to_string(id);
  r.name = "Nama Ünïcode";
  r.email = r.username + "@example.com";
  r.phone = "0812";
  r.role = Role::admin;
  r.tier = "gold";
  r.suspended = true;
  r.allowed_addresses = {"10.0.0.0/8", "::1"};
  r.credentials = {"password", "key" + std::to_string(id), "sealed", "otp"};
  r.created_at = at(1'700'000'000);
  r.erased_at = at(1'800'000'000);
  return r;
}

inline Service service(int id) {
  Service r;
  r.id = ServiceId{id};
  r.tipe = "Games";
  r.kategori = "Free Fire";
  r.layanan = "70 Diamond";
  r.available = false;
  r.needs_nometer = true;
  r.target_format = *TargetFormat::from("[0-9]{5,20}");
  return r;
}

inline Provider provider(int id) {
  return {ProviderId{id}, "provider" + std::to_string(id), false};
}
inline Gateway gateway(int id) { return {GatewayId{id}, "gateway" + std::to_string(id), false}; }

inline Offer offer(int id, int service = 1) {
  Offer r;
  r.id = OfferId{id};
  r.service = ServiceId{service};
  r.provider = ProviderId{1};
  r.sku = "FF70";
  r.cost = 9'000_idr;
  r.priority = 10 - id;
  r.active = false;
  return r;
}

inline PriceRule price_rule(int id) {
  PriceRule r;
  r.id = PriceRuleId{id};
  r.tier = "gold";
  r.scope = RuleScope::kategori;
  r.subject = "Free Fire";
  r.markup = {250};
  r.flat = 100_idr;
  r.cap = 5'000_idr;
  r.step = 50_idr;
  r.min_margin = 10_idr;
  return r;
}

inline Order order(int id) {
  Order r;
  r.id = OrderId{id};
  r.invoice = "INV-" + std::to_string(id);
  r.user = UserId{1};
  r.previous = OrderId{id - 1};
  r.mode = OrderMode::dropship;
  r.service = ServiceId{1};
  r.target = "target" + std::to_string(id);
  r.nometer = "123";
  r.ref_id = "ref" + std::to_string(id);
  r.state = OrderState::queued;
  r.price = 10'000_idr;
  r.fee = 100_idr;
  r.selling = 12'000_idr;
  r.max_cost = 9'900_idr;
  r.price_trace = "cost 9000 + 2.5%";
  r.customer_name = "Budi";
  r.customer_phone = "0813";
  r.sn = "SN1";
  r.salt = -7;
  r.created_at = at(100);
  r.updated_at = at(200);
  return r;
}

inline Attempt attempt(int id, int order = 1) {
  Attempt r;
  r.id = AttemptId{id};
  r.order = OrderId{order};
  r.number = id;
  r.offer = OfferId{1};
  r.provider = ProviderId{1};
  r.sku = "FF70";
  r.state = AttemptState::pending;
  r.cost = 9'000_idr;
  r.final_cost = 8'900_idr;
  r.sn = "SN1";
  r.provider_reference = "P-1";
  r.code = "00";
  r.sent_at = at(110);
  r.inquired_at = at(120);
  r.not_found = 2;
  r.due_at = at(130);
  r.created_at = at(105);
  return r;
}

inline Charge charge(int id) {
  Charge r;
  r.id = ChargeId{id};
  r.code = "DEP-" + std::to_string(id);
  r.purpose = ChargePurpose::deposit;
  r.user = UserId{1};
  r.gateway = GatewayId{1};
  r.state = ChargeState::settled;
  r.nominal = 50'000_idr;
  r.fee = 350_idr;
  r.asked_fee = 300_idr;
  r.unique_code = 17_idr;
  r.qr_text = "000201";
  r.gateway_reference = "G-1";
  r.expires_at = at(900);
  r.created_at = at(100);
  r.settled_at = at(300);
  r.due_at = at(950);
  return r;
}

inline Receipt receipt(int id) {
  Receipt r;
  r.id = ReceiptId{id};
  r.gateway = GatewayId{1};
  r.payment_id = "pay" + std::to_string(id);
  r.charge = ChargeId{1};
  r.user = UserId{1};
  r.state = ReceiptState::waiting;
  r.amount = 50'367_idr;
  r.fee = 350_idr;
  r.paid_at = at(290);
  r.created_at = at(300);
  return r;
}

inline Withdrawal withdrawal(int id) {
  return {WithdrawalId{id}, UserId{1}, WithdrawalState::paid, 20'000_idr, 2'500_idr, "BCA",
          "0123456789",     "Budi",    "transferred",         at(400),    at(500),   9};
}

inline Adjustment adjustment(int id) {
  return {AdjustmentId{id}, UserId{1},  AdjustmentState::approved,
          -(500_idr),       "a reason", UserId{1},
          UserId{2},        at(400),    at(500)};
}

inline Wallet wallet(int user) {
  Wallet r;
  r.user = UserId{user};
  int n = 1;
  for (auto& book : r.books) {
    book = {*Money::from_units(n * 1'000), n, PostingId{n * 10}};
    ++n;
  }
  r.last_order = OrderId{9};
  return r;
}

// As the newest of its user's.
inline void insert_newest(Tx& tx, Order order) {
  auto wallet = tx.wallet(order.user);
  order.previous = std::exchange(wallet.last_order, order.id);
  tx.insert(order);
  tx.put(wallet);
}

inline StoredEntry entry(int id) {
  return {EntryId{id}, EntryKind::order_held, 70 + id, at(100 + id), Cause{Actor::reseller, 1}};
}

// A user's account on one side, a system account on the other.
inline StoredPosting posting(int id, int entry = 1) {
  StoredPosting r;
  r.id = PostingId{id};
  r.entry = EntryId{entry};
  r.posting = {{AccountKind::user_balance, 1}, {AccountKind::sales_balance, 0}, 10'000_idr};
  r.debit = {90'000_idr, 2, PostingId{id - 1}};
  return r;
}

inline Incident incident(int id) {
  return {IncidentId{id}, IncidentKind::payment_waiting, 7, at(500),
          at(600),        Cause{Actor::admin, 2}};
}

inline AuditLine audit_line(int id) {
  return {AuditId{id}, Cause{Actor::admin, 2}, "user/tier", "user:1", "tier=gold", "192.0.2.7",
          at(700)};
}

inline Notice notice(int id) { return {NoticeId{id}, "Libur Lebaran", at(1), at(9)}; }

inline Step step(int order) {
  return {Subject::order, order, "send", "queued", "sent", Cause{Actor::timer, 0}, at(110)};
}

// Everything that other records refer to, with the id 1; a second user besides.
inline void insert_basics(Tx& tx) {
  tx.insert(user(1));
  tx.insert(user(2));
  tx.insert(service(1));
  tx.insert(provider(1));
  tx.insert(gateway(1));
  tx.insert(offer(1));
}

}  // namespace sample
