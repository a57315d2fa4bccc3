#include "http/api/credentials.h"

#include <optional>
#include <stdexcept>

#include "api_key.h"
#include "http/api/auth.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

std::optional<topup::User> find_user(topup::Store& store, const std::string& user_id) {
  return store.read([&](const topup::View& view) -> std::optional<topup::User> {
    if (const auto email = topup::email_from(user_id)) return view.user_by_email(*email);
    if (const auto name = topup::username_from(user_id)) return view.user_by_username(*name);
    return std::nullopt;
  });
}

bool is_otp_right(const App& app, const topup::User& user, const std::string& otp) {
  if (user.credentials.otp_sealed.empty()) return true;
  const auto secret = unseal(app.master, SealPurpose::totp_secret, user.credentials.otp_sealed);
  return secret && !otp.empty() && app.is_present_otp(*secret, otp);
}

}  // namespace

NewKey new_key(const MasterKey& master) {
  auto key = make_api_key();
  auto hash = key_hash(master, key);
  auto sealed = seal(master, SealPurpose::api_key, key);
  return {std::move(key), std::move(hash), std::move(sealed)};
}

std::variant<topup::User, Fault> log_in(App& app, const LogIn& attempt) {
  auto user = find_user(app.store, attempt.user_id);
  const bool has_password = user && !user->credentials.password.empty();
  const auto is_right = has_password
                            ? app.passwords.verify(user->credentials.password, attempt.password)
                            : app.passwords.verify_nobody(attempt.password);
  if (!is_right) return Fault{ErrorCode::unavailable};
  if (!*is_right || !user) return Fault{ErrorCode::invalid_credentials};
  if (user->suspended) return Fault{ErrorCode::account_suspended};
  if (!is_allowed_from(*user, attempt.address)) return Fault{ErrorCode::ip_not_allowed};
  if (!is_otp_right(app, *user, attempt.otp)) return Fault{ErrorCode::otp_required, "otp"};
  return *std::move(user);
}

std::string live_key(App& app, const topup::User& user) {
  const auto sealed = user.credentials.key_sealed;
  if (auto key = unseal(app.master, SealPurpose::api_key, sealed)) return *std::move(key);
  const auto made = new_key(app.master);
  const auto replaced = app.store.transact(
      [&](topup::Tx& tx) { return topup::replace_key(tx, user.id, made.hash, made.sealed); });
  if (!replaced) throw std::logic_error{"a user who just logged in is gone"};
  return made.key;
}

}  // namespace topupd::http
