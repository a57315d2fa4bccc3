#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "topup/catalogue_commands.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kSid{.name = "sid",
                         .type = ParameterType::count,
                         .presence = Presence::required,
                         .min = 1,
                         .max = INT64_MAX,
                         .summary = "The service's",
                         .example = "1"};
constexpr Parameter kTipe{.name = "tipe",
                          .presence = Presence::required,
                          .min = 1,
                          .max = 100,
                          .summary = "The group in the price list",
                          .example = "Games"};
constexpr Parameter kKategori{.name = "kategori",
                              .presence = Presence::required,
                              .min = 1,
                              .max = 100,
                              .summary = "The brand",
                              .example = "Free Fire"};
constexpr Parameter kLayanan{.name = "layanan",
                             .presence = Presence::required,
                             .min = 1,
                             .max = 100,
                             .summary = "What is sold",
                             .example = "70 Diamond"};
constexpr Parameter kAvailability{.name = "status",
                                  .presence = Presence::required,
                                  .summary = "Gangguan can't be ordered",
                                  .choices = "Normal|Gangguan",
                                  .example = "Gangguan"};
constexpr Parameter kNeedsNometer{.name = "butuh_nometer",
                                  .type = ParameterType::flag,
                                  .summary = "Whether orders need a nometer, false by default",
                                  .example = "false"};
constexpr Parameter kTargetFormat{
    .name = "format_target",
    .type = ParameterType::code,
    .max = 200,
    .summary = "ECMAScript, for the whole target; none is 5 to 20 printable characters",
    .example = "[0-9]{5,20}"};

constexpr Parameter kService{.name = "service",
                             .type = ParameterType::count,
                             .presence = Presence::required,
                             .min = 1,
                             .max = INT64_MAX,
                             .summary = "The sid",
                             .example = "1"};
constexpr Parameter kSku{.name = "sku",
                         .type = ParameterType::code,
                         .presence = Presence::required,
                         .min = 1,
                         .max = 100,
                         .summary = "The supplier's code",
                         .example = "FF70"};
constexpr Parameter kCost{.name = "cost",
                          .type = ParameterType::money,
                          .presence = Presence::required,
                          .min = 1,
                          .max = topup::kCostMax.units(),
                          .summary = "What the supplier takes",
                          .example = "9500"};
constexpr Parameter kPriority{.name = "priority",
                              .type = ParameterType::count,
                              .max = 1'000'000,
                              .summary = "The lowest is tried first, 0 by default",
                              .example = "0"};
constexpr Parameter kActive{.name = "active",
                            .type = ParameterType::flag,
                            .summary = "Whether it may be tried, true by default",
                            .example = "true"};

constexpr std::string_view kServiceExample =
    R"({"status":true,"data":{"sid":"1","tipe":"Games","kategori":"Free Fire",)"
    R"("layanan":"70 Diamond","status":"Gangguan","butuh_nometer":false,)"
    R"("format_target":"[0-9]{5,20}"}})";
constexpr std::string_view kOfferExample =
    R"({"status":true,"data":{"id":"3","service":"1","provider":"sandbox-1","sku":"FF70",)"
    R"("cost":9500,"priority":0,"active":true}})";

JsonObject show_service(const topup::View& /*view*/, const topup::Service& service) {
  return admin_service_json(service);
}

Answer list_services(Call& call) {
  return show_all(call, call.app.lists.price_list().services,
                  [](const topup::View& /*view*/, const ListedService& listed) {
                    auto json = admin_service_json(listed.service);
                    if (listed.cost) json.money("cost", *listed.cost);
                    return json;
                  });
}

Answer put_service(Call& call) {
  Reader in{call.params};
  topup::Service service;
  service.id = read_id<topup::ServiceId>(in, selecting(kSid));
  service.tipe = in.text(kTipe);
  service.kategori = in.text(kKategori);
  service.layanan = in.text(kLayanan);
  service.available = in.text(optional(kAvailability)) != "Gangguan";
  service.needs_nometer = in.flag(kNeedsNometer).value_or(false);
  const auto format = topup::TargetFormat::from(in.text(kTargetFormat));
  if (!format) in.blame(kTargetFormat);
  if (in.fault()) return *in.fault();
  service.target_format = *format;
  return act(
      call,
      [&](topup::Tx& tx) -> topup::Result<topup::Service> {
        if (const auto allowed = topup::require_admin(tx, call.user.id); !allowed)
          return allowed.error();
        if (service.id && !tx.service(service.id)) return topup::Error{topup::Code::not_found};
        return topup::put_service(tx, service);
      },
      show_service);
}

Answer set_availability(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::ServiceId>(in, kSid);
  const bool available = in.text(kAvailability) == "Normal";
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) -> topup::Result<topup::Service> {
        if (const auto allowed = topup::require_admin(tx, call.user.id); !allowed)
          return allowed.error();
        auto service = tx.service(id);
        if (!service) return topup::Error{topup::Code::not_found};
        service->available = available;
        return topup::put_service(tx, *std::move(service));
      },
      show_service);
}

Answer list_offers(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::ServiceId>(in, kSid);
  if (in.fault()) return *in.fault();
  const auto offers = call.app.store.read([&](const topup::View& view) { return view.offers(id); });
  return show_all(call, offers, offer_json);
}

Answer put_offer(Call& call) {
  Reader in{call.params};
  topup::Offer offer;
  offer.id = read_id<topup::OfferId>(in, selecting(kId));
  offer.service = read_id<topup::ServiceId>(in, kService);
  const auto provider = in.text(kProvider);
  offer.sku = in.text(kSku);
  offer.cost = in.money(kCost).value_or(topup::Money{});
  offer.priority = static_cast<int>(in.count(kPriority).value_or(0));
  offer.active = in.flag(kActive).value_or(true);
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) -> topup::Result<topup::Offer> {
        if (const auto allowed = topup::require_admin(tx, call.user.id); !allowed)
          return allowed.error();
        if (offer.id && !tx.offer(offer.id)) return topup::Error{topup::Code::not_found};
        auto put = offer;
        if (const auto known = tx.provider_by_name(provider)) put.provider = known->id;
        return topup::put_offer(tx, std::move(put));
      },
      offer_json);
}

}  // namespace

std::vector<Endpoint> admin_catalogue_endpoints() {
  static const auto kServices = list_example(kServiceExample);
  static const auto kOffers = list_example(kOfferExample);
  return {
      {.path = "/api/admin/services",
       .access = Access::admin,
       .summary = "The whole catalogue, by sid",
       .example = kServices,
       .handler = list_services},
      admin_change({.path = "/api/admin/service/put",
                    .summary = "Replace a service as a whole; without a sid make a new one",
                    .parameters = {selecting(kSid), kTipe, kKategori, kLayanan,
                                   optional(kAvailability), kNeedsNometer, kTargetFormat},
                    .refusals = {ErrorCode::not_found},
                    .example = kServiceExample,
                    .handler = put_service}),
      admin_change({.path = "/api/admin/service/availability",
                    .summary = "Switch a service on or off",
                    .parameters = {kSid, kAvailability},
                    .refusals = {ErrorCode::not_found},
                    .example = kServiceExample,
                    .handler = set_availability}),
      {.path = "/api/admin/offers",
       .access = Access::admin,
       .summary = "Who supplies a service, in the order in which they are tried",
       .parameters = {kSid},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kOffers,
       .handler = list_offers},
      admin_change(
          {.path = "/api/admin/offer/put",
           .summary = "Replace an offer as a whole; without an id make a new one",
           .parameters = {selecting(kId), kService, kProvider, kSku, kCost, kPriority, kActive},
           .refusals = {ErrorCode::not_found},
           .example = kOfferExample,
           .handler = put_offer}),
  };
}

}  // namespace topupd::http
