#include <iostream>
#include <stdexcept>
#include <string>

#include "cli/console_deed.h"
#include "cli/offline.h"
#include "cli/verbs.h"
#include "crypto.h"
#include "topup/user_commands.h"

namespace topupd::cli {
namespace {

constexpr std::size_t kPasswordMin = 6;
constexpr std::size_t kPasswordMax = 256;

struct Password {
  std::string text;
  bool is_made_up = false;
};

Password password_for(const CommandLine& line) {
  if (!line.password_stdin) return {random_token().substr(0, 20), true};
  Password password;
  std::getline(std::cin, password.text);
  if (password.text.size() < kPasswordMin || password.text.size() > kPasswordMax)
    throw std::runtime_error{"the password must have 6 to 256 bytes"};
  return password;
}

[[noreturn]] void refuse(const topup::Error& error) {
  std::string what{topup::name(error.code)};
  throw std::runtime_error{error.field.empty() ? what : what + ": " + error.field};
}

topup::User existing(const topup::View& view, const std::string& username) {
  auto user = view.user_by_username(username);
  if (!user || user->role != topup::Role::admin)
    throw std::runtime_error{"there is no admin named " + username};
  return *user;
}

void say_password(const Password& password) {
  if (password.is_made_up) std::cout << "password: " << password.text << '\n';
}

struct Note {
  topup::Tx& tx;
  const char* deed;
  topup::Timestamp now;
};

// What was done to that admin stands in the audit log, too.
topup::Result<topup::User> noted(topup::Result<topup::User> done, const Note& note) {
  if (done) record_deed(note.tx, {note.deed, topup::audit_subject(done->id)}, note.now);
  return done;
}

void create(const CommandLine& line, Offline& shop) {
  auto password = password_for(line);
  topup::RegisterUser command;
  command.username = line.username;
  command.name = line.username;
  command.email = line.username + "@admin.invalid";  // an admin is not written to
  command.role = topup::Role::admin;
  command.credentials.password = hash_password(password.text, kPasswordCost);
  const auto now = shop.now();
  auto made = shop.store.transact([&](topup::Tx& tx) {
    return noted(topup::register_user(tx, command, now), {tx, "admin/create", now});
  });
  if (!made) refuse(made.error());
  std::cout << "admin " << made->username << " was made\n";
  say_password(password);
}

void reset_password(const CommandLine& line, Offline& shop) {
  auto password = password_for(line);
  auto hash = hash_password(password.text, kPasswordCost);
  const auto now = shop.now();
  auto changed = shop.store.transact([&](topup::Tx& tx) {
    return noted(topup::replace_password(tx, existing(tx, line.username).id, hash),
                 {tx, "admin/reset-password", now});
  });
  if (!changed) refuse(changed.error());
  std::cout << "admin " << line.username << " has a new password\n";
  say_password(password);
}

void disable_otp(const CommandLine& line, Offline& shop) {
  const auto now = shop.now();
  auto changed = shop.store.transact([&](topup::Tx& tx) {
    return noted(topup::replace_second_factor(tx, existing(tx, line.username).id, ""),
                 {tx, "admin/disable-otp", now});
  });
  if (!changed) refuse(changed.error());
  std::cout << "admin " << line.username << " needs no second factor now\n";
}

}  // namespace

int admin(const CommandLine& line, const Config& config) {
  Offline shop{config};
  if (line.verb == Verb::admin_create) create(line, shop);
  if (line.verb == Verb::admin_reset_password) reset_password(line, shop);
  if (line.verb == Verb::admin_disable_otp) disable_otp(line, shop);
  return 0;
}

}  // namespace topupd::cli
