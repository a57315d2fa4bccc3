// The things of the shop as an operator sees them, as JSON.

#pragma once

#include "http/api/json.h"
#include "topup/store.h"

namespace topupd::http {

JsonObject admin_user_json(const topup::User& user, const topup::Wallet& wallet);
JsonObject tier_json(const topup::Tier& tier);

JsonObject price_rule_json(const topup::PriceRule& rule);
JsonObject admin_service_json(const topup::Service& service);
JsonObject offer_json(const topup::View& view, const topup::Offer& offer);

// The order as its reseller sees it, and what he does not see.
JsonObject admin_order_json(const topup::View& view, const topup::Order& order);
JsonObject attempt_json(const topup::View& view, const topup::Attempt& attempt);
JsonObject step_json(const topup::Step& step);
JsonObject charge_json(const topup::View& view, const topup::Charge& charge);

JsonObject admin_withdrawal_json(const topup::View& view, const topup::Withdrawal& withdrawal);
JsonObject adjustment_json(const topup::View& view, const topup::Adjustment& adjustment);
JsonObject receipt_json(const topup::View& view, const topup::Receipt& receipt);
JsonObject incident_json(const topup::View& view, const topup::Incident& incident);
JsonObject prefund_json(const topup::View& view, const topup::Prefund& prefund);
JsonObject treasury_move_json(const topup::View& view, const topup::TreasuryMove& move);

// Whose account it is; "" where there is only one.
std::string owner_of(const topup::View& view, topup::LedgerAccount account);
JsonObject posting_json(const topup::View& view, const topup::StoredPosting& stored);

// A charge with whom it asks, for what, and since when.
JsonObject full_charge_json(const topup::View& view, const topup::Charge& charge);

// "1.2.3.4" and "10.0.0.0/8" of a user, as a list of texts.
JsonList addresses_json(const topup::User& user);

}  // namespace topupd::http
