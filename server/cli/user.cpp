#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "cli/console_deed.h"
#include "cli/offline.h"
#include "cli/verbs.h"
#include "topup/erasure.h"

namespace topupd::cli {
namespace {

topup::User named(topup::Store& store, const std::string& word) {
  auto user = store.read([&](const topup::View& view) -> std::optional<topup::User> {
    auto name = topup::username_from(word);
    return name ? view.user_by_username(*name) : std::nullopt;
  });
  if (!user) throw std::runtime_error{"there is no user named " + word};
  return *user;
}

[[noreturn]] void refuse(const topup::User& user, const topup::Error& error) {
  struct Row {
    std::string_view field;
    std::string_view sentence;
  };
  constexpr Row kSentences[] = {
      {"order", "an order is not over"},
      {"charge", "a charge can still be paid"},
      {"receipt", "a payment waits for an admin to decide on it"},
      {"withdrawal", "a withdrawal waits for an admin to decide on it"},
      {"adjustment", "an adjustment of the balance waits for an admin to decide on it"},
      {"balance", "there is a balance left: have it adjusted to 0"},
      {"hold", "money is held for an order"},
      {"profit", "there is profit left: have it withdrawn, or transferred and adjusted to 0"},
      {"withdraw_hold", "money is held for a withdrawal"},
      {"receivable", "the user owes money: record what he pays of it"},
      {"role", "nobody else could log in as an admin"},
  };
  std::string why{topup::name(error.code)};
  for (const auto& [field, sentence] : kSentences)
    if (field == error.field) why = sentence;
  if (error.subject != 0) why += " (id " + std::to_string(error.subject) + ")";
  throw std::runtime_error{user.username + " was not erased: " + why};
}

void confirm(const topup::User& user, std::int64_t retention_days) {
  std::cout << "This overwrites name, e-mail, phone and keys of " << user.username
            << " and closes the account\nfor ever. What orders and withdrawals that ended more "
               "than "
            << retention_days
            << " days ago say about people\nis overwritten too. Amounts and the journal stay. "
               "There is no way back.\nType the username to go on: "
            << std::flush;
  std::string typed;
  std::getline(std::cin, typed);
  if (typed != user.username) throw std::runtime_error{"nothing was changed"};
}

// The first step; a name that everything else goes by from here on.
topup::User closed(Offline& shop, const topup::User& user) {
  if (user.erased_at) return user;
  auto now = shop.now();
  auto erased = shop.store.transact([&](topup::Tx& tx) {
    auto done = topup::erase_user(tx, user.id, {topup::Actor::console, 0}, now);
    if (done) record_deed(tx, {"user/erase", topup::audit_subject(user.id)}, now);
    return done;
  });
  if (!erased) refuse(user, erased.error());
  std::cout << user.username << " was erased and is " << erased->username << " from now on\n"
            << std::flush;
  return *erased;
}

}  // namespace

int erase_user(const CommandLine& line, const Config& config) {
  Offline shop{config};
  auto days = config.people.retention_days;
  auto user = named(shop.store, line.username);
  if (!line.yes) confirm(user, days);

  auto erased = closed(shop, user);
  auto now = shop.now();
  topup::EraseRecords command{
      erased.id, now - std::chrono::hours{24 * days}, {topup::Actor::console, 0}};
  auto records = topup::erase_all_records(shop.store, command, now).value();
  std::cout << "orders overwritten: " << records.orders
            << "\nwithdrawals overwritten: " << records.withdrawals << '\n';
  if (records.kept > 0)
    std::cout << "ended less than " << days
              << " days ago, for the server to overwrite in time: " << records.kept << '\n';
  if (!shop.store.empty_log())
    throw std::runtime_error{
        "the database is being read by another program, so its log still holds what was "
        "overwritten: call this again with " +
        erased.username};
  std::cout << "copies and logs made before still hold what was overwritten\n";
  return 0;
}

}  // namespace topupd::cli
