#include <utility>

#include "http/api/audit.h"
#include "http/api/auth.h"
#include "http/api/credentials.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kUsername{.name = "username",
                              .type = ParameterType::code,
                              .presence = Presence::required,
                              .min = 3,
                              .max = 32,
                              .summary = "3-32 of a-z 0-9 _ . -; upper case is folded",
                              .pattern = "^[A-Za-z0-9_.-]{3,32}$",
                              .example = "toko_a",
                              .is_private = true};
constexpr Parameter kName{.name = "name",
                          .presence = Presence::required,
                          .min = 1,
                          .max = 100,
                          .summary = "The name of the shop or its owner",
                          .example = "Toko A",
                          .is_private = true};
constexpr Parameter kEmail{.name = "email",
                           .presence = Presence::required,
                           .min = 3,
                           .max = 254,
                           .summary = "One account an address",
                           .example = "a@x.com",
                           .is_private = true};
constexpr Parameter kPassword{.name = "password",
                              .type = ParameterType::secret,
                              .presence = Presence::required,
                              .min = 6,
                              .max = 256,
                              .summary = "6-256 bytes",
                              .example = "rahasia"};
constexpr Parameter kUserId{.name = "user_id",
                            .presence = Presence::required,
                            .min = 1,
                            .max = 254,
                            .summary = "A username or an e-mail address",
                            .example = "toko_a",
                            .is_private = true};
// Shorter or longer than a password can be is a wrong one, not a malformed one.
constexpr Parameter kGivenPassword{.name = "password",
                                   .type = ParameterType::secret,
                                   .presence = Presence::required,
                                   .min = 1,
                                   .max = 1024,
                                   .example = "rahasia"};
constexpr Parameter kToken{.name = "token",
                           .type = ParameterType::secret,
                           .presence = Presence::required,
                           .min = 1,
                           .max = 128,
                           .summary = "What the server prints at its start while it has no admin",
                           .example = "4bq0cJ-0y5dXo2cHnW3Yp0o8Sxk1uFJm9sT7eZrQwLA"};
constexpr Parameter kOtp{.name = "otp",
                         .type = ParameterType::code,
                         .max = 16,
                         .summary = "The present one-time code, where the account has one",
                         .example = "123456",
                         .is_private = true};

bool is_taken(const topup::View& view, const topup::RegisterUser& command) {
  return view.user_by_username(command.username) || view.user_by_email(command.email);
}

// Who is to be registered, without the password.
topup::RegisterUser person(Reader& in) {
  topup::RegisterUser command;
  const auto username = topup::username_from(in.text(kUsername));
  if (!username) in.blame(kUsername);
  command.name = in.text(kName);
  const auto email = topup::email_from(in.text(kEmail));
  if (!email) in.blame(kEmail);
  if (in.fault()) return command;
  command.username = *username;
  command.email = *email;
  return command;
}

// Everything but the password's hash, which is dear, is checked before it is made.
Answer register_reseller(Call& call) {
  Reader in{call.params};
  auto command = person(in);
  const auto password = in.text(kPassword);
  if (in.fault()) return *in.fault();

  auto& app = call.app;
  const auto key = new_key(app.master);
  command.credentials.key_hash = key.hash;
  command.credentials.key_sealed = key.sealed;
  const bool taken = app.store.read([&](const topup::View& v) { return is_taken(v, command); });
  if (!taken) {
    auto hash = app.passwords.hash(password);
    if (!hash) return Fault{ErrorCode::unavailable};
    command.credentials.password = *std::move(hash);
  }
  const auto user = app.store.transact(
      [&](topup::Tx& tx) { return topup::register_user(tx, command, call.now); });
  if (!user) return fault(user.error());
  return ok(JsonObject{}.text("user_id", user->username).text("api_key", key.key));
}

// Of two who come with the token at once, the store takes one.
topup::Result<topup::User> make_first_admin(topup::Tx& tx, const Call& call,
                                            const topup::RegisterUser& command) {
  if (!tx.admins().empty()) return topup::Error{topup::Code::conflict};
  auto made = topup::register_user(tx, command, call.now);
  if (made) record_deed(tx, call, made->id, subject_of(*made));
  return made;
}

Answer set_up(Call& call) {
  auto& app = call.app;
  Reader in{call.params};
  const auto token = in.text(kToken);
  auto command = person(in);
  const auto password = in.text(kPassword);
  if (in.fault()) return *in.fault();
  if (!app.first_admin.accepts(token)) return Fault{ErrorCode::invalid_credentials};
  auto hash = app.passwords.hash(password);
  if (!hash) return Fault{ErrorCode::unavailable};
  command.role = topup::Role::admin;
  command.credentials.password = *std::move(hash);
  const auto user =
      app.store.transact([&](topup::Tx& tx) { return make_first_admin(tx, call, command); });
  if (!user) return fault(user.error());
  app.first_admin.has_come();
  app.log.info("the first admin was made", {{"user", user->username}});
  return ok(JsonObject{}.text("user_id", user->username));
}

std::variant<topup::User, Fault> checked(Call& call) {
  Reader in{call.params};
  const LogIn attempt{in.text(kUserId), in.text(kGivenPassword), in.text(kOtp),
                      call.request.client};
  if (in.fault()) return *in.fault();
  return log_in(call.app, attempt);
}

Answer log_in_by_key(Call& call) {
  const auto result = checked(call);
  if (const auto* fault = std::get_if<Fault>(&result)) return *fault;
  const auto& user = std::get<topup::User>(result);
  if (user.role == topup::Role::admin) return Fault{ErrorCode::forbidden};
  const auto key = live_key(call.app, user);
  const auto wallet =
      call.app.store.read([&](const topup::View& view) { return view.wallet(user.id); });
  return ok(JsonObject{}.text("api_key", key).money("balance", wallet.balance()));
}

// Which admin came from where is the first thing that is asked afterwards.
void record_log_in(Call& call, const topup::User& admin) {
  static_cast<void>(call.app.store.transact([&](topup::Tx& tx) -> topup::Status {
    record_deed(tx, call, admin.id, subject_of(admin));
    return topup::Nothing{};
  }));
}

Answer open_session(Call& call) {
  if (is_cross_site(call.request, call.app.public_url)) return Fault{ErrorCode::forbidden};
  const auto result = checked(call);
  if (const auto* fault = std::get_if<Fault>(&result)) return *fault;
  const auto& user = std::get<topup::User>(result);
  if (user.role == topup::Role::admin) record_log_in(call, user);
  auto response =
      ok(JsonObject{}.text("user_id", user.username).text("role", topup::name(user.role)));
  response.headers.emplace_back("Set-Cookie", new_session(call.app, user, call.now));
  return response;
}

Answer log_out(Call& call) {
  if (!call.session.empty()) call.app.sessions.close(call.session);
  auto response = ok(JsonObject{});
  response.headers.emplace_back("Set-Cookie", no_session_cookie(call.app.public_url));
  return response;
}

}  // namespace

std::vector<Endpoint> auth_endpoints() {
  const std::vector<ErrorCode> log_in_refusals{
      ErrorCode::invalid_parameter, ErrorCode::invalid_credentials, ErrorCode::otp_required,
      ErrorCode::account_suspended, ErrorCode::ip_not_allowed,      ErrorCode::forbidden,
      ErrorCode::unavailable};
  return {
      {.path = "/api/auth/register",
       .effect = Effect::changes,
       .access = Access::open,
       .limit = LimitClass::registration,
       .summary = "Register a reseller",
       .parameters = {kUsername, kName, kEmail, kPassword},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::username_taken, ErrorCode::email_taken,
                    ErrorCode::unavailable},
       .example = R"({"status":true,"data":{"user_id":"toko_a","api_key":"tk_xxxx"}})",
       .handler = register_reseller},
      {.path = "/api/auth/setup",
       .effect = Effect::changes,
       .access = Access::open,
       .limit = LimitClass::login,
       .summary = "Make the first admin of a shop that has none",
       .parameters = {kToken, kUsername, kName, kEmail, kPassword},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::invalid_credentials,
                    ErrorCode::username_taken, ErrorCode::email_taken, ErrorCode::conflict,
                    ErrorCode::unavailable},
       .example = R"({"status":true,"data":{"user_id":"boss"}})",
       .handler = set_up},
      {.path = "/api/auth/login",
       .effect = Effect::changes,
       .access = Access::open,
       .limit = LimitClass::login,
       .summary = "Get the API key and the balance",
       .parameters = {kUserId, kGivenPassword, kOtp},
       .refusals = log_in_refusals,
       .example = R"({"status":true,"data":{"api_key":"tk_xxxx","balance":0}})",
       .handler = log_in_by_key},
      {.path = "/api/auth/session",
       .effect = Effect::changes,
       .access = Access::open,
       .limit = LimitClass::login,
       .summary = "Log in to the dashboard: sets the session cookie",
       .parameters = {kUserId, kGivenPassword, kOtp},
       .refusals = log_in_refusals,
       .example = R"({"status":true,"data":{"user_id":"toko_a","role":"reseller"}})",
       .handler = open_session},
      {.path = "/api/auth/logout",
       .effect = Effect::changes,
       .access = Access::anyone,
       .summary = "End the dashboard's session",
       .example = R"({"status":true,"data":{}})",
       .handler = log_out},
  };
}

}  // namespace topupd::http
