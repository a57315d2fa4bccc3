// Ledgers for tests, made with the library's own post().

#pragma once

#include <algorithm>
#include <string>

#include "catch.h"
#include "core/dice.h"
#include "topup/ledger.h"
#include "topup/memory_store.h"

inline topup::UserId add_user(topup::Store& store, const std::string& username) {
  return *store.transact([&](topup::Tx& tx) -> topup::Result<topup::UserId> {
    topup::User user;
    user.id = topup::next_id<topup::UserId>(tx);
    user.username = username;
    user.email = username + "@example.id";
    user.tier = topup::kDefaultTier;
    tx.insert(user);
    return user.id;
  });
}

// True unless it was refused.
inline bool post_into(topup::Store& store, const topup::Entry& entry, topup::Timestamp at) {
  return store.transact([&](topup::Tx& tx) { return topup::post(tx, entry, at); }).has_value();
}

// Entries of any kind that the chart has, of fifty users with names of every allowed sort, three
// suppliers and two gateways, over some months.
inline void fill_at_random(topup::Store& store, int entries, std::uint64_t seed) {
  topup::testing::Dice dice{seed};
  const std::string letters = "abcxyz0189_.-";
  for (int user = 1; user <= 50; ++user) {
    std::string name;
    for (auto left = dice.between(1, 20); left > 0; --left)
      name += letters[static_cast<std::size_t>(dice.below(std::ssize(letters)))];
    add_user(store, name + std::to_string(user));
  }
  auto account = [&](topup::AccountKind kind) -> topup::LedgerAccount {
    if (topup::is_user_account(kind)) return {kind, dice.between(1, 50)};
    if (kind == topup::AccountKind::gateway_clearing) return {kind, dice.between(1, 2)};
    if (topup::name(kind).starts_with("provider_")) return {kind, dice.between(1, 3)};
    return {kind, 0};
  };
  auto chart = topup::chart();
  auto now = topup::Timestamp{std::chrono::hours{24 * 365 * 55}};
  for (std::int64_t posted = 0, ref = 1; posted < entries; ++ref) {
    auto row = chart[static_cast<std::size_t>(dice.below(std::ssize(chart)))];
    topup::Entry entry{row.kind, ref, {}, {topup::Actor::admin, 1}};
    for (auto left = dice.between(1, 3); left > 0; --left)
      entry.add(account(row.debit), account(row.credit),
                topup::Money::from_units(dice.between(1, 2'000'000)).value());
    now += std::chrono::seconds{dice.below(1'000)};
    if (post_into(store, entry, now)) ++posted;
  }
}
