#include "http/api/credentials.h"

#include <chrono>
#include <optional>
#include <stdexcept>

#include "api_key.h"
#include "http/api/auth.h"
#include "second_factor.h"
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

struct Tried {
  bool is_right = false;
  std::chrono::seconds pause{0};  // until the next try; 0: at once
};

// Of two who send the same code only one is right.
topup::Result<Tried> try_code(topup::Tx& tx, const MasterKey& master, topup::UserId id,
                              const std::string& code, topup::Timestamp now) {
  const auto user = tx.user(id);
  auto factor = user ? opened(master, user->credentials.otp_sealed) : std::nullopt;
  if (!factor) return Tried{};
  if (const auto pause = pause_of(*factor, now); pause.count() > 0) return Tried{false, pause};
  const bool is_right = take_code(master, *factor, code, now);
  const auto kept = topup::replace_second_factor(tx, id, sealed(master, *factor));
  if (!kept) return kept.error();
  return Tried{is_right};
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
  if (auto fault = pass_second_factor(app, *user, attempt.otp)) return *std::move(fault);
  return *std::move(user);
}

topup::Timestamp phone_time(App& app) { return app.clock.now() - app.clock.ahead(); }

std::optional<Fault> pass_second_factor(App& app, const topup::User& user,
                                        const std::string& code) {
  if (user.credentials.otp_sealed.empty()) return std::nullopt;
  const Fault wrong{ErrorCode::otp_required, "otp"};
  if (code.empty()) return wrong;
  const auto now = phone_time(app);
  const auto tried = app.store.transact(
      [&](topup::Tx& tx) { return try_code(tx, app.master, user.id, code, now); });
  if (!tried) return wrong;
  if (tried->is_right) return std::nullopt;
  if (tried->pause.count() == 0) return wrong;
  return Fault{.code = ErrorCode::rate_limited,
               .retry_after = static_cast<int>(tried->pause.count())};
}

bool needs_second_factor(const App& app, const topup::User& user) {
  return user.role == topup::Role::admin && !app.config.sandbox.enabled;
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
