// Lists that handlers show; the types are those of the store's queries.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/order_list.h"
#include "store/queries.h"
#include "store/report.h"
#include "store/shop_lists.h"
#include "store/system_balances.h"
#include "store/trace.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/withdrawal.h"

namespace topupd::http {

// Thread-safe.
class Lists {
 public:
  virtual ~Lists() = default;

  virtual PriceList price_list() = 0;
  virtual std::vector<topup::Offer> offers_in_use() = 0;  // see store/shop_lists.h
  // Newest first.
  virtual Page<topup::Order> orders(const OrderFilter& filter, const PageRequest& page) = 0;
  virtual Page<topup::Charge> deposits(topup::UserId user, const PageRequest& page) = 0;
  virtual Page<topup::Withdrawal> withdrawals(topup::UserId user, const PageRequest& page) = 0;

  // For operators, newest first; see store/queries.h.
  virtual Page<topup::User> users(const std::string& beginning, const PageRequest& page) = 0;
  virtual Page<topup::Withdrawal> withdrawals(topup::WithdrawalState state,
                                              const PageRequest& page) = 0;
  virtual Page<topup::Adjustment> adjustments(topup::AdjustmentState state,
                                              const PageRequest& page) = 0;
  virtual Page<topup::Receipt> receipts(topup::ReceiptState state, const PageRequest& page) = 0;
  virtual Page<topup::Incident> open_incidents(const PageRequest& page) = 0;
  virtual Page<topup::Charge> deposits(const DepositFilter& filter, const PageRequest& page) = 0;
  virtual Page<topup::AuditLine> audit_log(const AuditFilter& filter, const PageRequest& page) = 0;
  // See store/trace.h.
  virtual std::vector<topup::Receipt> receipts_of(topup::ChargeId charge) = 0;
  virtual std::vector<topup::Step> history(topup::ChargeId charge) = 0;
  virtual std::vector<topup::StoredPosting> postings_at(const std::vector<EntryPlace>& places) = 0;
  virtual std::vector<topup::Tier> tiers() = 0;  // by name; those that were put
  virtual std::map<std::string, std::int64_t> resellers_by_tier() = 0;  // see store/shop_lists.h
  virtual std::vector<topup::Step> history(topup::OrderId order) = 0;
  // See store/report.h and store/system_balances.h; empty: that is too much at once.
  virtual std::optional<std::vector<ReportRow>> report(const ReportRequest& request) = 0;
  virtual std::optional<std::vector<SystemBalance>> system_balances() = 0;
};

class SqliteLists final : public Lists {
 public:
  // store must outlive it.
  explicit SqliteLists(const SqliteStore& store) : store_{store}, balances_{store} {}

  PriceList price_list() override { return topupd::price_list(store_); }
  std::vector<topup::Offer> offers_in_use() override { return topupd::offers_in_use(store_); }
  Page<topup::Order> orders(const OrderFilter& filter, const PageRequest& page) override {
    return topupd::orders(store_, filter, page);
  }
  Page<topup::Charge> deposits(topup::UserId user, const PageRequest& page) override {
    return topupd::deposits(store_, user, page);
  }
  Page<topup::Withdrawal> withdrawals(topup::UserId user, const PageRequest& page) override {
    return topupd::withdrawals(store_, user, page);
  }
  Page<topup::User> users(const std::string& beginning, const PageRequest& page) override {
    return topupd::users(store_, beginning, page);
  }
  Page<topup::Withdrawal> withdrawals(topup::WithdrawalState state,
                                      const PageRequest& page) override {
    return topupd::withdrawals(store_, state, page);
  }
  Page<topup::Adjustment> adjustments(topup::AdjustmentState state,
                                      const PageRequest& page) override {
    return topupd::adjustments(store_, state, page);
  }
  Page<topup::Receipt> receipts(topup::ReceiptState state, const PageRequest& page) override {
    return topupd::receipts(store_, state, page);
  }
  Page<topup::Incident> open_incidents(const PageRequest& page) override {
    return topupd::open_incidents(store_, page);
  }
  Page<topup::Charge> deposits(const DepositFilter& filter, const PageRequest& page) override {
    return topupd::deposits(store_, filter, page);
  }
  std::vector<topup::Receipt> receipts_of(topup::ChargeId charge) override {
    return topupd::receipts_of(store_, charge);
  }
  std::vector<topup::Step> history(topup::ChargeId charge) override {
    return topupd::history(store_, charge);
  }
  std::vector<topup::StoredPosting> postings_at(const std::vector<EntryPlace>& places) override {
    return topupd::postings_at(store_, places);
  }
  Page<topup::AuditLine> audit_log(const AuditFilter& filter, const PageRequest& page) override {
    return topupd::audit_log(store_, filter, page);
  }
  std::vector<topup::Tier> tiers() override { return topupd::tiers(store_); }
  std::map<std::string, std::int64_t> resellers_by_tier() override {
    return topupd::resellers_by_tier(store_);
  }
  std::vector<topup::Step> history(topup::OrderId order) override {
    return topupd::history(store_, order);
  }
  std::optional<std::vector<ReportRow>> report(const ReportRequest& request) override {
    return topupd::report(store_, request);
  }
  std::optional<std::vector<SystemBalance>> system_balances() override { return balances_.now(); }

 private:
  const SqliteStore& store_;
  SystemBalances balances_;
};

}  // namespace topupd::http
