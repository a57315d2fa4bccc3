#include <string>
#include <vector>

#include "http/api/audit.h"
#include "http/api/auth.h"
#include "http/api/credentials.h"
#include "http/api/limit.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "qr_image.h"
#include "second_factor.h"
#include "topup/user_commands.h"
#include "totp.h"

namespace topupd::http {

namespace {

constexpr Parameter kPassword{.name = "password",
                              .type = ParameterType::secret,
                              .presence = Presence::required,
                              .min = 1,
                              .max = 1024,
                              .summary = "The account's",
                              .example = "rahasia"};
constexpr Parameter kSecret{.name = "secret",
                            .type = ParameterType::code,
                            .presence = Presence::required,
                            .min = 32,
                            .max = 32,
                            .summary = "As begin gave it",
                            .pattern = "^[A-Z2-7]{32}$",
                            .example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                            .is_private = true};
constexpr Parameter kCode{.name = "otp",
                          .type = ParameterType::code,
                          .presence = Presence::required,
                          .min = 6,
                          .max = 16,
                          .summary = "The app's present code",
                          .example = "123456",
                          .is_private = true};

// For people in the dashboard: an API key must not be able to lock its owner out.
std::optional<Fault> refused(const Call& call) {
  if (call.session.empty()) return Fault{ErrorCode::forbidden};
  return std::nullopt;
}

// Guessing here is bounded as it is at the door.
std::optional<Fault> wrong_password(Call& call, const std::string& password) {
  Pairs unsent;
  const Limit limit{"password:" + std::to_string(call.user.id.value),
                    call.app.config.limits.login_per_minute};
  if (auto fault = counted(call.app, limit, unsent)) return fault;
  const auto is_right = call.app.passwords.verify(call.user.credentials.password, password);
  if (!is_right) return Fault{ErrorCode::unavailable};
  if (!*is_right) return Fault{ErrorCode::invalid_credentials, "password"};
  return std::nullopt;
}

Answer recovery_answer(Call& call, const std::vector<std::string>& codes) {
  JsonList shown;
  for (const auto& code : codes)
    shown.add(json_quoted(code));
  auto response = ok(JsonObject{}.raw("recovery_codes", shown.str()));
  response.headers.emplace_back("Set-Cookie", new_session(call.app, call.user, call.now));
  return response;
}

topup::Result<topup::User> put_factor(topup::Tx& tx, const Call& call, const std::string& factor) {
  auto user = topup::replace_second_factor(tx, call.user.id, factor);
  if (user && user->role == topup::Role::admin) record_deed(tx, call, user->id, subject_of(*user));
  return user;
}

Answer show(Call& call) {
  if (const auto fault = refused(call)) return *fault;
  const auto& sealed_factor = call.user.credentials.otp_sealed;
  const auto factor = opened(call.app.master, sealed_factor);
  return ok(JsonObject{}
                .flag("enabled", !sealed_factor.empty())
                .flag("required", needs_second_factor(call.app, call.user))
                .number("recovery_left",
                        factor ? static_cast<std::int64_t>(factor->recovery.size()) : 0));
}

Answer begin(Call& call) {
  if (const auto fault = refused(call)) return *fault;
  if (!call.user.credentials.otp_sealed.empty()) return Fault{ErrorCode::conflict};
  const auto secret = new_totp_secret();
  const auto uri = totp_uri(secret, call.user.username);
  return ok(JsonObject{}.text("secret", secret).text("uri", uri).text("qr_svg", qr_svg(uri)));
}

Answer confirm(Call& call) {
  if (const auto fault = refused(call)) return *fault;
  Reader in{call.params};
  SecondFactor factor{.secret = in.text(kSecret)};
  const auto code = in.text(kCode);
  const auto password = in.text(kPassword);
  if (totp_code(factor.secret, 0).empty()) in.blame(kSecret);
  if (in.fault()) return *in.fault();
  if (!call.user.credentials.otp_sealed.empty()) return Fault{ErrorCode::conflict};
  if (auto fault = wrong_password(call, password)) return *std::move(fault);
  const auto step = step_of(factor.secret, code, phone_time(call.app));
  if (!step) return Fault{ErrorCode::otp_required, "otp"};
  factor.last_step = *step;
  const auto codes = new_recovery_codes();
  for (const auto& recovery : codes)
    factor.recovery.push_back(recovery_hash(call.app.master, recovery));
  const auto done = call.app.store.transact([&](topup::Tx& tx) -> topup::Result<topup::User> {
    const auto user = tx.user(call.user.id);
    if (user && !user->credentials.otp_sealed.empty()) return topup::Error{topup::Code::conflict};
    return put_factor(tx, call, sealed(call.app.master, factor));
  });
  if (!done) return fault(done.error());
  // Who else got in with the password alone is put out.
  call.app.sessions.close_all(call.user.id);
  call.app.log.info("second factor set",
                    {{"request_id", call.request.id}, {"user", call.user.username}});
  return recovery_answer(call, codes);
}

Answer disable(Call& call) {
  if (const auto fault = refused(call)) return *fault;
  Reader in{call.params};
  const auto code = in.text(kCode);
  const auto password = in.text(kPassword);
  if (in.fault()) return *in.fault();
  if (needs_second_factor(call.app, call.user)) return Fault{ErrorCode::forbidden};
  if (call.user.credentials.otp_sealed.empty()) return Fault{ErrorCode::conflict};
  if (auto fault = wrong_password(call, password)) return *std::move(fault);
  if (auto fault = pass_second_factor(call.app, call.user, code)) return *std::move(fault);
  const auto done =
      call.app.store.transact([&](topup::Tx& tx) { return put_factor(tx, call, ""); });
  if (!done) return fault(done.error());
  call.app.log.info("second factor removed",
                    {{"request_id", call.request.id}, {"user", call.user.username}});
  return ok(JsonObject{});
}

}  // namespace

std::vector<Endpoint> otp_endpoints() {
  const std::vector<ErrorCode> refusals{
      ErrorCode::invalid_parameter, ErrorCode::invalid_credentials,
      ErrorCode::otp_required,      ErrorCode::forbidden,
      ErrorCode::conflict,          ErrorCode::unavailable,
      ErrorCode::outcome_unknown};
  return {
      {.path = "/api/auth/otp",
       .access = Access::anyone,
       .summary = "Whether the account has a second factor, and must have one",
       .refusals = {ErrorCode::forbidden},
       .example = R"({"status":true,"data":{"enabled":true,"required":false,"recovery_left":10}})",
       .handler = show},
      {.path = "/api/auth/otp/begin",
       .effect = Effect::changes,
       .access = Access::anyone,
       .summary = "A secret for an authenticator app; nothing is kept until it is confirmed",
       .refusals = {ErrorCode::forbidden, ErrorCode::conflict},
       .example = R"({"status":true,"data":{"secret":"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",)"
                  R"("uri":"otpauth://totp/Topup:toko_a?secret=…","qr_svg":"<svg …"}})",
       .handler = begin},
      {.path = "/api/auth/otp/confirm",
       .effect = Effect::changes,
       .access = Access::anyone,
       .summary = "Turn the second factor on; the recovery codes are shown this once",
       .parameters = {kSecret, kCode, kPassword},
       .refusals = refusals,
       .example = R"({"status":true,"data":{"recovery_codes":["48210 97365"]}})",
       .handler = confirm},
      {.path = "/api/auth/otp/disable",
       .effect = Effect::changes,
       .access = Access::anyone,
       .summary = "Turn it off; a recovery code does, too",
       .parameters = {kCode, kPassword},
       .refusals = refusals,
       .example = R"({"status":true,"data":{}})",
       .handler = disable},
  };
}

}  // namespace topupd::http
