// Lists read record by record: slow, and right for every store.

#pragma once

#include "http/api/lists.h"
#include "topup/store.h"

class StoreLists final : public topupd::http::Lists {
 public:
  explicit StoreLists(topup::Store& store) : store_{store} {}

  topupd::PriceList price_list() override;
  std::vector<topup::Offer> offers_in_use() override;
  topupd::Page<topup::Order> orders(const topupd::OrderFilter& filter,
                                    const topupd::PageRequest& page) override;
  topupd::Page<topup::Charge> deposits(topup::UserId user,
                                       const topupd::PageRequest& page) override;
  topupd::Page<topup::Withdrawal> withdrawals(topup::UserId user,
                                              const topupd::PageRequest& page) override;
  topupd::Page<topup::User> users(const std::string& beginning,
                                  const topupd::PageRequest& page) override;
  topupd::Page<topup::Withdrawal> withdrawals(topup::WithdrawalState state,
                                              const topupd::PageRequest& page) override;
  topupd::Page<topup::Adjustment> adjustments(topup::AdjustmentState state,
                                              const topupd::PageRequest& page) override;
  topupd::Page<topup::Receipt> receipts(topup::ReceiptState state,
                                        const topupd::PageRequest& page) override;
  topupd::Page<topup::Incident> open_incidents(const topupd::PageRequest& page) override;
  topupd::Page<topup::Charge> deposits(const topupd::DepositFilter& filter,
                                       const topupd::PageRequest& page) override;
  std::vector<topup::Receipt> receipts_of(topup::ChargeId charge) override;
  std::vector<topup::Step> history(topup::ChargeId charge) override;
  std::vector<topup::StoredPosting> postings_at(
      const std::vector<topupd::EntryPlace>& places) override;
  topupd::Page<topup::AuditLine> audit_log(const topupd::AuditFilter& filter,
                                           const topupd::PageRequest& page) override;
  // Of "basic", "gold" and "silver".
  std::vector<topup::Tier> tiers() override;
  std::map<std::string, std::int64_t> resellers_by_tier() override;
  std::vector<topup::Step> history(topup::OrderId order) override;
  // What a test says; sums are the database's.
  std::optional<std::vector<topupd::ReportRow>> report(
      const topupd::ReportRequest& request) override {
    asked = request;
    return rows;
  }
  std::optional<std::vector<topupd::SystemBalance>> system_balances() override { return balances; }

  topupd::ReportRequest asked;
  std::optional<std::vector<topupd::ReportRow>> rows = std::vector<topupd::ReportRow>{};
  std::optional<std::vector<topupd::SystemBalance>> balances = std::vector<topupd::SystemBalance>{};

 private:
  topup::Store& store_;
};
