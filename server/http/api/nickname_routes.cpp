// Whose account a number is, before something is sent to it.

#include "http/api/order_parameters.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "http/api/text.h"
#include "topup/store.h"

namespace topupd::http {

namespace {

struct Found {
  std::optional<topup::Service> service;
  std::vector<topup::Offer> offers;  // in use
};

Found find(const App& app, topup::ServiceId id) {
  return app.store.read([&](const topup::View& view) {
    Found found{view.service(id), view.offers(id)};
    std::erase_if(found.offers, [&](const topup::Offer& offer) {
      const auto provider = view.provider(offer.provider);
      return !offer.active || !provider || !provider->active;
    });
    return found;
  });
}

Fault none_tells() {
  return {.code = ErrorCode::service_unavailable,
          .field = std::string{kLayanan.name},
          .pesan = "Nama akun layanan ini tidak bisa dicek.",
          .message = "No supplier tells whose account it is for this service."};
}

Fault nobody() {
  return {.code = ErrorCode::not_found,
          .field = std::string{kTarget.name},
          .pesan = "Akun tidak ditemukan.",
          .message = "There is no such account."};
}

Answer show_nickname(Call& call) {
  Reader in{call.params};
  const topup::ServiceId id{in.count(kLayanan).value_or(0)};
  const auto target = in.text(kTarget);
  const auto nometer = in.text(kNometer);
  if (in.fault()) return *in.fault();
  const auto found = find(call.app, id);
  if (!found.service) return Fault{ErrorCode::not_found, std::string{kLayanan.name}};
  if (!found.service->target_format.matches(target))
    return Fault{ErrorCode::invalid_target, std::string{kTarget.name}};
  const bool asks_meter = found.service->needs_nometer;
  if (asks_meter && nometer.empty()) in.blame(kNometer);
  if (in.fault()) return *in.fault();

  const auto told = call.app.nicknames.ask(found.offers, asks_meter ? nometer : target);
  if (!told) return none_tells();
  if (told->kind == Nickname::Kind::not_found) return nobody();
  // What a supplier says is a stranger's text.
  const auto name = clean_text(told->name);
  if (told->kind == Nickname::Kind::unknown || !name || name->empty())
    return Fault{ErrorCode::unavailable};
  return ok(JsonObject{}
                .text("layanan", std::to_string(id.value))
                .text("target", target)
                .text("nickname", *name));
}

}  // namespace

std::vector<Endpoint> nickname_endpoints() {
  return {
      {.path = "/api/services/nickname",
       .summary = "Whose account a target is, where the service has cek_nickname; costs nothing, "
                  "and an order may be made without it",
       .parameters = {kLayanan, kTarget, kNometer},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found, ErrorCode::invalid_target,
                    ErrorCode::service_unavailable, ErrorCode::unavailable},
       .example = R"({"status":true,"data":{"layanan":"1","target":"123456789",)"
                  R"("nickname":"GarudaSakti88"}})",
       .handler = show_nickname},
  };
}

}  // namespace topupd::http
