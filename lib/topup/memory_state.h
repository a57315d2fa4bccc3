// What MemoryStore keeps: a map for each kind of record, and one for each way in
// which records are found or must differ.  Internal.

#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "topup/store.h"

namespace topup {

struct MemoryState {
  template <class Record>
  using Ids = std::map<std::string, Record, std::less<>>;

  std::map<UserId, User> users;
  Ids<UserId> user_by_username;
  Ids<UserId> user_by_email;
  Ids<UserId> user_by_key;
  Ids<Tier> tiers;

  std::map<UserId, Wallet> wallets;
  std::vector<StoredEntry> entries;     // the n-th has the id n + 1
  std::vector<StoredPosting> postings;  // likewise
  std::map<std::pair<EntrySlot, std::int64_t>, EntryId> slots;
  std::vector<Step> steps;

  std::map<ServiceId, Service> services;
  std::map<OfferId, Offer> offers;
  std::map<std::tuple<ServiceId, int, OfferId>, OfferId> offer_by_priority;
  std::map<PriceRuleId, PriceRule> price_rules;
  std::map<ProviderId, Provider> providers;
  Ids<ProviderId> provider_by_name;
  std::map<GatewayId, Gateway> gateways;
  Ids<GatewayId> gateway_by_name;

  using OpenKey = std::tuple<UserId, ServiceId, std::string, std::string>;
  std::map<OrderId, Order> orders;
  Ids<OrderId> order_by_invoice;
  std::map<std::pair<UserId, std::string>, OrderId> order_by_ref_id;
  std::map<OpenKey, OrderId> open_orders;
  std::map<AttemptId, Attempt> attempts;
  std::map<std::pair<OrderId, int>, AttemptId> attempt_by_number;
  std::map<std::tuple<ProviderId, Timestamp, AttemptId>, AttemptId> due_attempts;

  std::map<ChargeId, Charge> charges;
  Ids<ChargeId> charge_by_code;
  std::map<OrderId, ChargeId> charge_by_order;
  std::map<std::pair<Timestamp, ChargeId>, ChargeId> due_charges;
  std::map<ReceiptId, Receipt> receipts;
  std::map<std::pair<GatewayId, std::string>, ReceiptId> receipt_by_payment;

  std::map<WithdrawalId, Withdrawal> withdrawals;
  std::map<TransferId, Transfer> transfers;
  std::map<AdjustmentId, Adjustment> adjustments;
  std::map<PrefundId, Prefund> prefunds;
  std::map<TreasuryMoveId, TreasuryMove> treasury_moves;
  std::map<IncidentId, Incident> incidents;
  std::map<AuditId, AuditLine> audit;
  std::map<NoticeId, Notice> notices;

  using IdempotencyKey = std::tuple<UserId, std::string, std::string>;
  std::map<IdempotencyKey, IdempotencyRow> idempotency;
  std::map<std::pair<Timestamp, IdempotencyKey>, IdempotencyKey> idempotency_by_age;

  std::map<Table, std::int64_t> last_ids;
};

}  // namespace topup
