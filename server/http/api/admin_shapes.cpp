#include "http/api/admin_shapes.h"

#include "http/api/admin.h"
#include "http/api/finding.h"
#include "topup/attempt_reference.h"
#include "wib.h"

namespace topupd::http {

namespace {

using K = topup::AccountKind;

template <class Id>
std::string id_text(Id id) {
  return std::to_string(id.value);
}

std::string time_text(const std::optional<topup::Timestamp>& at) { return at ? to_wib(*at) : ""; }

std::string provider_name(const topup::View& view, topup::ProviderId id) {
  const auto provider = view.provider(id);
  return provider ? provider->name : "";
}

std::string gateway_name(const topup::View& view, topup::GatewayId id) {
  const auto gateway = id ? view.gateway(id) : std::nullopt;
  return gateway ? gateway->name : "";
}

bool is_about_receipt(topup::IncidentKind kind) {
  switch (kind) {
    case topup::IncidentKind::payment_waiting:
    case topup::IncidentKind::payment_mismatch:
    case topup::IncidentKind::payment_taken_back: return true;
    case topup::IncidentKind::late_success:
    case topup::IncidentKind::failure_after_success:
    case topup::IncidentKind::order_in_review: return false;
  }
  return false;
}

JsonObject side_json(const topup::View& view, topup::LedgerAccount account) {
  return JsonObject{}.text("account", name(account.kind)).text("owner", owner_of(view, account));
}

}  // namespace

JsonList addresses_json(const topup::User& user) {
  JsonList list;
  for (const auto& address : user.allowed_addresses)
    list.add(json_quoted(address));
  return list;
}

JsonObject admin_user_json(const topup::User& user, const topup::Wallet& wallet) {
  auto json = user_json(user, wallet);
  json.text("phone", user.phone)
      .flag("suspended", user.suspended)
      .flag("otp", !user.credentials.otp_sealed.empty())
      .raw("addresses", addresses_json(user).str())
      .money("hold", wallet[K::user_hold].balance)
      .money("withdraw_hold", wallet[K::user_withdraw_hold].balance)
      .money("receivable", wallet[K::user_receivable].balance);
  return json;
}

JsonObject tier_json(const topup::Tier& tier) {
  return JsonObject{}.text("name", tier.name).number("api_per_minute", tier.api_per_minute);
}

JsonObject price_rule_json(const topup::PriceRule& rule) {
  JsonObject json;
  json.text("id", id_text(rule.id))
      .text("tier", rule.tier)
      .text("scope", topup::name(rule.scope))
      .text("subject", rule.subject)
      .number("markup", rule.markup.value)
      .money("flat", rule.flat);
  if (rule.cap) json.money("cap", *rule.cap);
  json.money("step", rule.step).money("min_margin", rule.min_margin);
  return json;
}

JsonObject admin_service_json(const topup::Service& service) {
  return JsonObject{}
      .text("sid", id_text(service.id))
      .text("tipe", service.tipe)
      .text("kategori", service.kategori)
      .text("layanan", service.layanan)
      .text("status", service.available ? "Normal" : "Gangguan")
      .flag("butuh_nometer", service.needs_nometer)
      .text("format_target", service.target_format.text());
}

JsonObject offer_json(const topup::View& view, const topup::Offer& offer) {
  return JsonObject{}
      .text("id", id_text(offer.id))
      .text("service", id_text(offer.service))
      .text("provider", provider_name(view, offer.provider))
      .text("sku", offer.sku)
      .money("cost", offer.cost)
      .number("priority", offer.priority)
      .flag("active", offer.active);
}

JsonObject admin_order_json(const topup::View& view, const topup::Order& order) {
  auto json = full_order_json(view, order);
  json.text("user_id", username_of(view, order.user))
      .text("state", topup::name(order.state))
      .money("fee", order.fee)
      .money("max_cost", order.max_cost)
      .text("price_trace", order.price_trace);
  return json;
}

JsonObject attempt_json(const topup::View& view, const topup::Attempt& attempt) {
  return JsonObject{}
      .text("id", id_text(attempt.id))
      .number("number", attempt.number)
      .text("reference", topup::reference_of(view, attempt))
      .text("provider", provider_name(view, attempt.provider))
      .text("sku", attempt.sku)
      .text("state", topup::name(attempt.state))
      .money("cost", attempt.cost)
      .money("final_cost", attempt.final_cost)
      .text("sn", attempt.sn)
      .text("provider_reference", attempt.provider_reference)
      .text("code", attempt.code)
      .text("sent_at", time_text(attempt.sent_at))
      .text("due_at", time_text(attempt.due_at))
      .text("created_at", to_wib(attempt.created_at));
}

JsonObject step_json(const topup::Step& step) {
  return JsonObject{}
      .text("time", to_wib_ms(step.at))
      .text("subject", topup::name(step.subject))
      .text("id", std::to_string(step.id))
      .text("event", step.event)
      .text("from", step.from)
      .text("to", step.to)
      .text("cause", topup::text(step.cause));
}

JsonObject charge_json(const topup::View& view, const topup::Charge& charge) {
  JsonObject json;
  json.text("id", id_text(charge.id))
      .text("code", charge.code)
      .text("gateway", gateway_name(view, charge.gateway))
      .text("gateway_reference", charge.gateway_reference)
      .text("state", topup::name(charge.state))
      .money("total", charge.total())
      .text("expires_at", to_wib(charge.expires_at))
      .text("settled_at", time_text(charge.settled_at));
  if (is_paid_late(charge))
    json.text("note", "Paid after the order had ended: " + std::to_string(charge.total().units()) +
                          " went to the balance of " + username_of(view, charge.user) +
                          ", who owes it to the customer; the order never started.");
  return json;
}

JsonObject admin_withdrawal_json(const topup::View& view, const topup::Withdrawal& withdrawal) {
  return withdrawal_json(withdrawal).text("user_id", username_of(view, withdrawal.user));
}

JsonObject adjustment_json(const topup::View& view, const topup::Adjustment& adjustment) {
  return JsonObject{}
      .text("id", id_text(adjustment.id))
      .text("user_id", username_of(view, adjustment.user))
      .money("amount", adjustment.amount)
      .text("reason", adjustment.reason)
      .text("status", topup::name(adjustment.state))
      .text("proposed_by", username_of(view, adjustment.proposed_by))
      .text("decided_by", username_of(view, adjustment.decided_by))
      .text("created_at", to_wib(adjustment.created_at))
      .text("updated_at", to_wib(adjustment.updated_at));
}

JsonObject receipt_json(const topup::View& view, const topup::Receipt& receipt) {
  const auto charge = receipt.charge ? view.charge(receipt.charge) : std::nullopt;
  return JsonObject{}
      .text("id", id_text(receipt.id))
      .text("user_id", username_of(view, receipt.user))
      .text("gateway", gateway_name(view, receipt.gateway))
      .text("payment_id", receipt.payment_id)
      .text("code", charge ? charge->code : "")
      .text("status", topup::name(receipt.state))
      .money("amount", receipt.amount)
      .money("fee", receipt.fee)
      .text("paid_at", to_wib(receipt.paid_at))
      .text("created_at", to_wib(receipt.created_at));
}

JsonObject incident_json(const topup::View& view, const topup::Incident& incident) {
  const bool about_receipt = is_about_receipt(incident.kind);
  const auto attempt =
      about_receipt ? std::nullopt : view.attempt(topup::AttemptId{incident.subject});
  return JsonObject{}
      .text("id", id_text(incident.id))
      .text("kind", topup::name(incident.kind))
      .text("receipt", about_receipt ? std::to_string(incident.subject) : "")
      .text("attempt", about_receipt ? "" : std::to_string(incident.subject))
      .text("order", attempt ? id_text(attempt->order) : "")
      .text("opened_at", to_wib(incident.opened_at));
}

JsonObject prefund_json(const topup::View& view, const topup::Prefund& prefund) {
  return JsonObject{}
      .text("id", id_text(prefund.id))
      .text("provider", provider_name(view, prefund.provider))
      .text("status", topup::name(prefund.state))
      .money("amount", prefund.amount)
      .money("bank_fee", prefund.bank_fee)
      .text("created_at", to_wib(prefund.created_at));
}

JsonObject treasury_move_json(const topup::View& view, const topup::TreasuryMove& move) {
  return JsonObject{}
      .text("id", id_text(move.id))
      .text("kind", topup::name(move.kind))
      .text("gateway", gateway_name(view, move.gateway))
      .money("amount", move.amount)
      .text("created_at", to_wib(move.created_at));
}

std::string owner_of(const topup::View& view, topup::LedgerAccount account) {
  if (account.owner == 0) return "";
  if (is_user_account(account.kind)) return username_of(view, topup::UserId{account.owner});
  if (account.kind == topup::AccountKind::gateway_clearing) {
    const auto gateway = view.gateway(topup::GatewayId{account.owner});
    return gateway ? gateway->name : "";
  }
  const auto provider = view.provider(topup::ProviderId{account.owner});
  return provider ? provider->name : "";
}

JsonObject posting_json(const topup::View& view, const topup::StoredPosting& stored) {
  const auto entry = view.entry(stored.entry).value_or(topup::StoredEntry{});
  return JsonObject{}
      .number("id", stored.id.value)
      .number("entry", stored.entry.value)
      .text("kind", name(entry.kind))
      .number("ref", entry.ref)
      .text("cause", topup::text(entry.cause))
      .text("time", to_wib(entry.at))
      .object("debit", side_json(view, stored.posting.debit))
      .object("credit", side_json(view, stored.posting.credit))
      .money("amount", stored.posting.amount);
}

JsonObject full_charge_json(const topup::View& view, const topup::Charge& charge) {
  return charge_json(view, charge)
      .text("user_id", username_of(view, charge.user))
      .text("purpose", topup::name(charge.purpose))
      .money("nominal", charge.nominal)
      .money("fee", charge.fee)
      .text("created_at", to_wib(charge.created_at));
}

}  // namespace topupd::http
