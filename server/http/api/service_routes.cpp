#include <map>
#include <utility>

#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "http/api/text.h"
#include "topup/pricing.h"

namespace topupd::http {

namespace {

constexpr Parameter kTipe{
    .name = "tipe", .max = 100, .summary = "Only this tipe", .example = "Games"};
constexpr Parameter kKategori{
    .name = "kategori", .max = 100, .summary = "Only this kategori", .example = "Free Fire"};
constexpr Parameter kQ{.name = "q",
                       .max = 100,
                       .summary = "Words of the tipe, kategori or layanan, in any case",
                       .example = "diamond"};

constexpr std::string_view kCacheControl = "private, no-cache";  // kept, and asked for each time

struct Filter {
  std::string tipe;
  std::string kategori;
  std::string q;  // in lower case

  bool passes_all() const { return tipe.empty() && kategori.empty() && q.empty(); }
};

bool passes(const topup::Service& service, const Filter& filter) {
  if (filter.passes_all()) return true;
  const auto is_same = [](const std::string& wanted, const std::string& value) {
    return wanted.empty() || to_lower_ascii(wanted) == to_lower_ascii(value);
  };
  if (!is_same(filter.tipe, service.tipe)) return false;
  if (!is_same(filter.kategori, service.kategori)) return false;
  const auto words = to_lower_ascii(service.tipe + " " + service.kategori + " " + service.layanan);
  return words.find(filter.q) != std::string::npos;
}

struct Buyer {
  std::string tier;
  topup::Money dropship_fee;
};

// What nobody supplies now has no price: it is shown with 0 and can't be ordered.
ServicePrice price_for(const ListedService& listed, const PriceList& list, const Buyer& buyer) {
  if (!listed.cost) return {};
  const auto* rule = topup::applicable_rule(list.rules, listed.service, buyer.tier);
  const auto price = topup::quote(*listed.cost, rule).price;
  return {price, price + buyer.dropship_fee, listed.service.available, listed.tells_nickname};
}

std::string services_json(const PriceList& list, const Filter& filter, const Buyer& buyer) {
  std::map<std::string, JsonList> by_tipe;
  for (const auto& listed : list.services)
    if (passes(listed.service, filter))
      by_tipe[listed.service.tipe].add(
          service_json(listed.service, price_for(listed, list, buyer)));

  std::string data;
  for (const auto& [tipe, services] : by_tipe)
    data += (data.empty() ? "" : ",") + json_quoted(tipe) + ":" + services.str();
  return JsonObject{}.flag("status", true).raw("data", "{" + data + "}").str();
}

Answer list_services(Call& call) {
  Reader in{call.params};
  const Filter filter{in.text(kTipe), in.text(kKategori), to_lower_ascii(in.text(kQ))};
  if (in.fault()) return *in.fault();

  auto& board = call.app.board;
  const Buyer buyer{call.user.tier, call.app.policy.dropship_fee};
  if (!filter.passes_all()) return Response{.body = services_json(*board.list(), filter, buyer)};
  const auto document = board.document(
      buyer.tier, [&](const PriceList& list) { return services_json(list, filter, buyer); });
  return answer_with(*document, call.request, kCacheControl);
}

}  // namespace

std::vector<Endpoint> service_endpoints() {
  return {
      {.path = "/api/services",
       .summary = "What can be ordered, with the caller's prices, by tipe",
       .parameters = {kTipe, kKategori, kQ},
       .refusals = {ErrorCode::invalid_parameter},
       .example = R"({"status":true,"data":{"Games":[{"sid":"1","kategori":"Free Fire",)"
                  R"("layanan":"70 Diamond","harga":"10000","status":"Normal",)"
                  R"("price_reseller":10000,"butuh_nometer":false,)"
                  R"("format_target":"[0-9]{5,20}","cek_nickname":true}]}})",
       .handler = list_services},
  };
}

}  // namespace topupd::http
