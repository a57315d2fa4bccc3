#include <algorithm>
#include <tuple>

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

topup::Service read_service(Reader& in) {
  topup::Service service;
  service.id = read_id<topup::ServiceId>(in, selecting(kSid));
  service.tipe = in.text(kTipe);
  service.kategori = in.text(kKategori);
  service.layanan = in.text(kLayanan);
  service.available = in.text(optional(kAvailability)) != "Gangguan";
  service.needs_nometer = in.flag(kNeedsNometer).value_or(false);
  const auto format = topup::TargetFormat::from(in.text(kTargetFormat));
  if (!format) in.blame(kTargetFormat);
  service.target_format = format.value_or(topup::TargetFormat{});
  return service;
}

Answer put_service(Call& call) {
  Reader in{call.params};
  const auto service = read_service(in);
  if (in.fault()) return *in.fault();
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

// The provider apart, which goes by its name.
topup::Offer read_offer(Reader& in) {
  topup::Offer offer;
  offer.id = read_id<topup::OfferId>(in, selecting(kId));
  offer.service = read_id<topup::ServiceId>(in, kService);
  offer.sku = in.text(kSku);
  offer.cost = in.money(kCost).value_or(topup::Money{});
  offer.priority = static_cast<int>(in.count(kPriority).value_or(0));
  offer.active = in.flag(kActive).value_or(true);
  return offer;
}

Answer put_offer(Call& call) {
  Reader in{call.params};
  const auto provider = in.text(kProvider);
  const auto offer = read_offer(in);
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

// A service and who supplies it, as they are or as they would be.
struct Shelf {
  topup::Service service;
  std::vector<topup::Offer> offers;
};

// Of the offer that the price comes from, as price_of() takes it.
std::optional<topup::Money> cost_of(const topup::View& view, const Shelf& shelf) {
  auto offers = shelf.offers;
  std::ranges::sort(offers, {}, [](const auto& one) { return std::pair{one.priority, one.id}; });
  for (const auto& offer : offers) {
    const auto provider = view.provider(offer.provider);
    if (offer.active && provider && provider->active) return offer.cost;
  }
  return std::nullopt;
}

std::optional<topup::Money> price_on(const topup::View& view, const Shelf& shelf,
                                     const std::string& tier) {
  const auto cost = cost_of(view, shelf);
  if (!cost) return std::nullopt;
  return topup::quote(*cost, topup::applicable_rule(view.price_rules(), shelf.service, tier)).price;
}

// The tiers whose price is another then; without a price it can't be ordered.
Answer compared(Call& call, const Shelf& now, const Shelf& then) {
  const auto tiers = names_of_tiers(call.app);
  return ok(call.app.store.read([&](const topup::View& view) {
    JsonList changes;
    std::int64_t count = 0;
    for (const auto& tier : tiers) {
      const auto price_now = price_on(view, now, tier);
      const auto price_then = price_on(view, then, tier);
      if (price_now == price_then) continue;
      JsonObject change;
      change.text("tier", tier);
      if (price_now) change.money("now", *price_now);
      if (price_then) change.money("then", *price_then);
      changes.add(change);
      ++count;
    }
    return JsonObject{}.number("count", count).raw("changes", changes.str());
  }));
}

Answer preview_service(Call& call) {
  Reader in{call.params};
  const auto service = read_service(in);
  if (in.fault()) return *in.fault();
  const auto [known, offers] = call.app.store.read([&](const topup::View& view) {
    return std::pair{view.service(service.id), view.offers(service.id)};
  });
  if (service.id && !known) return Fault{ErrorCode::not_found};
  return compared(call, {known.value_or(service), offers}, {service, offers});
}

Answer preview_offer(Call& call) {
  Reader in{call.params};
  const auto provider = in.text(kProvider);
  auto offer = read_offer(in);
  if (in.fault()) return *in.fault();
  const auto [service, offers, supplier] = call.app.store.read([&](const topup::View& view) {
    return std::tuple{view.service(offer.service), view.offers(offer.service),
                      view.provider_by_name(provider)};
  });
  if (!service) in.blame(kService);
  if (!supplier) in.blame(kProvider);
  if (in.fault()) return *in.fault();
  offer.provider = supplier->id;
  auto then = offers;
  std::erase_if(then, [&](const auto& one) { return offer.id && one.id == offer.id; });
  if (!offer.id) offer.id = {INT64_MAX};
  then.push_back(offer);
  return compared(call, {*service, offers}, {*service, then});
}

constexpr std::string_view kPreviewExample =
    R"({"status":true,"data":{"count":1,"changes":[{"tier":"gold","now":10000,"then":10300}]}})";

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
      {.path = "/api/admin/service/preview",
       .access = Access::admin,
       .summary = "Which tiers a service would cost more or less, put so; nothing is kept",
       .parameters = {selecting(kSid), kTipe, kKategori, kLayanan, optional(kAvailability),
                      kNeedsNometer, kTargetFormat},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = kPreviewExample,
       .handler = preview_service},
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
      {.path = "/api/admin/offer/preview",
       .access = Access::admin,
       .summary = "Which tiers its service would cost more or less with that offer; without a "
                  "price it can't be ordered; nothing is kept",
       .parameters = {selecting(kId), kService, kProvider, kSku, kCost, kPriority, kActive},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kPreviewExample,
       .handler = preview_offer},
  };
}

}  // namespace topupd::http
