// The columns of each table in the order of schema.sql: one list for each record,
// used to write it and to read it.

#pragma once

#include <concepts>
#include <type_traits>

#include "topup/store.h"

namespace topupd {

// A record, to be read into or, if const, to be written.
template <class Record, class Plain>
concept Of = std::same_as<std::remove_const_t<Record>, Plain>;

// Kept as null when it is none: an id of 0, an empty text.
template <class Field>
struct NullIfNone {
  Field& field;
};
template <class Field>
NullIfNone<Field> null_if_none(Field& field) {
  return {field};
}

template <class Visit, Of<topup::User> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.username, r.name, r.email, r.phone, r.role, r.tier, r.suspended,
        r.allowed_addresses, r.credentials.password, r.credentials.key_hash,
        r.credentials.key_sealed, r.credentials.otp_sealed, r.created_at, r.erased_at);
}

template <class Visit, Of<topup::Tier> Record>
void columns(Visit& visit, Record& r) {
  visit(r.name, r.api_per_minute);
}

template <class Visit, Of<topup::StoredPosting> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.entry, r.posting.debit, r.posting.credit, r.posting.amount, r.debit, r.credit,
        r.seal);
}

template <class Visit, Of<topup::Wallet> Record>
void columns(Visit& visit, Record& r) {
  visit(r.user);
  for (auto& book : r.books)
    visit(book.balance, book.version, book.last);
  visit(r.last_order);
}

template <class Visit, Of<topup::Service> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.tipe, r.kategori, r.layanan, r.available, r.needs_nometer, r.target_format);
}

template <class Visit, Of<topup::Provider> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.name, r.active);
}

template <class Visit, Of<topup::Offer> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.service, r.provider, r.sku, r.cost, r.priority, r.active);
}

template <class Visit, Of<topup::PriceRule> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.tier, r.scope, r.subject, r.markup, r.flat, r.cap, r.step, r.min_margin);
}

template <class Visit, Of<topup::Order> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.invoice, r.user, r.previous, r.mode, r.service, r.target, r.nometer,
        null_if_none(r.ref_id), r.state, r.price, r.fee, r.selling, r.max_cost, r.price_trace,
        r.customer_name, r.customer_phone, r.sn, r.salt, r.created_at, r.updated_at);
}

template <class Visit, Of<topup::Attempt> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.order, r.number, r.offer, r.provider, r.sku, r.state, r.cost, r.final_cost, r.sn,
        r.provider_reference, r.code, r.sent_at, r.inquired_at, r.not_found, r.due_at,
        r.created_at);
}

template <class Visit, Of<topup::Gateway> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.name, r.active);
}

template <class Visit, Of<topup::Charge> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.code, r.purpose, r.user, null_if_none(r.order), r.gateway, r.state, r.nominal,
        r.fee, r.asked_fee, r.unique_code, r.qr_text, r.gateway_reference, r.expires_at,
        r.created_at, r.settled_at, r.due_at);
}

template <class Visit, Of<topup::Receipt> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.gateway, r.payment_id, null_if_none(r.charge), null_if_none(r.user), r.state,
        r.amount, r.fee, r.paid_at, r.created_at);
}

template <class Visit, Of<topup::Withdrawal> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.user, r.state, r.amount, r.fee, r.bank, r.account_number, r.account_name, r.note,
        r.salt, r.created_at, r.updated_at);
}

template <class Visit, Of<topup::Transfer> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.user, r.amount, r.created_at);
}

template <class Visit, Of<topup::Adjustment> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.user, r.state, r.amount, r.reason, r.proposed_by, null_if_none(r.decided_by),
        r.created_at, r.updated_at);
}

template <class Visit, Of<topup::Prefund> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.provider, r.state, r.amount, r.bank_fee, r.created_at);
}

template <class Visit, Of<topup::TreasuryMove> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.kind, null_if_none(r.gateway), null_if_none(r.user), r.amount, r.created_at);
}

template <class Visit, Of<topup::Incident> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.kind, r.subject, r.opened_at, r.closed_at, r.closed_by);
}

template <class Visit, Of<topup::AuditLine> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.by, r.deed, r.subject, r.detail, r.address, r.at);
}

template <class Visit, Of<topup::Notice> Record>
void columns(Visit& visit, Record& r) {
  visit(r.id, r.text, r.from, r.until);
}

// Without the id, which the database gives.
template <class Visit, Of<topup::Step> Record>
void columns(Visit& visit, Record& r) {
  visit(r.subject, r.id, r.event, r.from, r.to, r.cause, r.at, r.made, r.seal);
}

template <class Visit, Of<topup::IdempotencyRow> Record>
void columns(Visit& visit, Record& r) {
  visit(r.user, r.route, r.key, r.subject, r.at);
}

}  // namespace topupd
