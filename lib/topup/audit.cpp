#include "topup/audit.h"

#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<Table, kTableCount> kNouns{{
    {Table::users, "user"},
    {Table::services, "service"},
    {Table::offers, "offer"},
    {Table::price_rules, "price_rule"},
    {Table::providers, "provider"},
    {Table::gateways, "gateway"},
    {Table::orders, "order"},
    {Table::attempts, "attempt"},
    {Table::charges, "charge"},
    {Table::receipts, "receipt"},
    {Table::withdrawals, "withdrawal"},
    {Table::transfers, "transfer"},
    {Table::adjustments, "adjustment"},
    {Table::prefunds, "prefund"},
    {Table::treasury_moves, "treasury_move"},
    {Table::incidents, "incident"},
    {Table::notices, "notice"},
    {Table::audit, "audit_line"},
}};
static_assert(kNouns.in_order());

}  // namespace

std::string_view noun(Table table) { return kNouns.word(table); }

}  // namespace topup
