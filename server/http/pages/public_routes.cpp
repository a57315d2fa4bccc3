#include <functional>
#include <string>
#include <utility>
#include <variant>

#include "http/api/json.h"
#include "http/api/limit.h"
#include "http/api/shapes.h"
#include "http/pages/frame.h"
#include "http/pages/invoice_page.h"
#include "http/pages/pages.h"
#include "http/tag.h"
#include "qr_image.h"
#include "store/errors.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr std::string_view kPictureSuffix = ".png";

// How a route says that there is nothing to see.
using Refuser = Response (*)(const Fault& fault, const Request& request);

Response refuse_as_json(const Fault& fault, const Request& request) {
  return error_response(fault, request.id, request.path);
}

Response refuse_as_page(const Fault& fault, const Request& request) {
  const auto& row = row_of(fault.code);
  const bool is_missing = fault.code == ErrorCode::not_found;
  auto response = sorry(row.status, is_missing ? "Tidak ditemukan" : "Belum bisa ditampilkan",
                        is_missing ? "Tidak ada tagihan dengan kode ini. Periksa kembali alamatnya."
                                   : std::string{row.pesan});
  for (auto& header : error_response(fault, request.id, request.path).headers)
    response.headers.push_back(std::move(header));  // Retry-After
  return response;
}

using Shown = std::variant<Response, Fault>;
using Show = std::function<Shown(const Request&)>;

Shown guarded(App& app, const Show& show, const Request& request) {
  try {
    return show(request);
  } catch (const StoreError& error) {
    app.log.error("a page failed",
                  {{"request_id", request.id}, {"error", std::string_view{error.what()}}});
    return Fault{ErrorCode::unavailable};
  }
}

// A route under the limit for those who have no key.
Handler limited(App& app, Refuser refuse, Show show) {
  return [&app, refuse, show = std::move(show)](const Request& request) {
    const Limit limit{"public:" + address_bucket(request.client),
                      app.config.limits.public_per_minute};
    Pairs headers;
    const auto refused = counted(app, limit, headers);
    auto shown = refused ? Shown{*refused} : guarded(app, show, request);
    const auto* fault = std::get_if<Fault>(&shown);
    auto response =
        fault != nullptr ? refuse(*fault, request) : std::get<Response>(std::move(shown));
    for (auto& header : headers)
      response.headers.push_back(std::move(header));
    return response;
  };
}

Response unguessable(Response response) {
  response.headers.emplace_back("Cache-Control", "no-store");
  add_safety_headers(response);
  return response;
}

Response refuse_unguessable(const Fault& fault, const Request& request) {
  return unguessable(refuse_as_json(fault, request));
}

const std::string& parameter(const Request& request) {
  return request.path_parameters.front().second;
}

std::optional<Invoice> invoice_of(App& app, std::string_view code) {
  const auto now = app.clock.now();
  return app.store.read([&](const topup::View& view) { return find_invoice(view, code, now); });
}

JsonObject status_json(const Invoice& invoice, std::string_view public_url) {
  JsonObject json;
  if (!invoice.order_status) {
    json.text("orderId", invoice.code).text("status", invoice.payment->status);
  } else {
    json.text("invoice", invoice.code).text("status", topup::name(*invoice.order_status));
    json.text("kategori", invoice.category).text("nama_layanan", invoice.item);
  }
  if (!invoice.payment) return json;
  const auto& payment = *invoice.payment;
  json.text("payment_status", payment.status);
  if (invoice.order_status)
    json.money("amount", payment.total).text("sn", invoice.sn);
  else
    json.money("amount", payment.nominal).money("amountToPay", payment.total);
  json.text("expired_at", to_wib(payment.expires_at));
  if (payment.settled_at) json.text("paid_at", to_wib(*payment.settled_at));
  if (invoice.state == InvoiceState::payable)
    json.text("qr_url", std::string{public_url} + "/qr/" + invoice.code + ".png");
  return json;
}

Response status_of(const App& app, const Invoice& invoice) {
  return ok(status_json(invoice, app.public_url));
}

Shown show_invoice(App& app, const SandboxGateway* sandbox, const Request& request) {
  const auto invoice = invoice_of(app, parameter(request));
  if (!invoice) return Fault{ErrorCode::not_found};
  const bool has_button = sandbox != nullptr && may_use_sandbox(app, request);
  const bool was_just_paid = !request.query.empty() && request.query.front().first == "paid";
  const auto tag = '"' + tag_of(status_of(app, *invoice).body) + '"';
  return invoice_page({*invoice, has_button ? PayButton::sandbox : PayButton::none, was_just_paid,
                       language_of(request), tag},
                      app.clock.now());
}

// With a tag, so that asking again costs next to nothing.
Shown show_status(App& app, const Request& request) {
  const auto invoice = invoice_of(app, parameter(request));
  if (!invoice) return Fault{ErrorCode::not_found};
  return unguessable(answer_with_tag(status_of(app, *invoice), request));
}

Shown show_picture(App& app, const Request& request) {
  std::string_view file = parameter(request);
  if (!file.ends_with(kPictureSuffix)) return Fault{ErrorCode::not_found};
  file.remove_suffix(kPictureSuffix.size());
  const auto now = app.clock.now();
  const auto payment =
      app.store.read([&](const topup::View& view) { return payable(view, file, now); });
  if (!payment) return Fault{ErrorCode::not_found};
  return unguessable({.content_type = "image/png", .body = qr_png(payment->qr_text)});
}

Response show_front(const Request& /*request*/) {
  return page({.title = "Topup"}, [](Html& html) {
    html.open("main")
        .open("section", {{"class", "card"}})
        .element("h1", "Topup")
        .element("p", "Server isi ulang prabayar: game, pulsa, paket data, token PLN.")
        .element("a", "Masuk atau daftar reseller", {{"class", "action"}, {"href", "/app"}})
        .open("p")
        .text("API untuk reseller: ")
        .element("a", "petunjuk dan contoh", {{"href", "/docs"}})
        .text(" atau ")
        .element("a", "/openapi.json", {{"href", "/openapi.json"}})
        .text(".")
        .close()
        .open("p", {{"class", "soft"}, {"lang", "en"}})
        .text("A server for prepaid top-ups. ")
        .element("a", "Its API, in English", {{"href", "/docs?lang=en"}})
        .close()
        .close()
        .close();
  });
}

}  // namespace

std::vector<Route> public_routes(App& app, SandboxGateway* sandbox) {
  return {
      {"GET", "/", show_front},
      {"GET", "/i/{code}",
       limited(app, refuse_as_page,
               [&app, sandbox](const Request& request) {
                 return show_invoice(app, sandbox, request);
               })},
      {"GET", "/i/{code}/status",
       limited(app, refuse_unguessable,
               [&app](const Request& request) { return show_status(app, request); })},
      {"GET", "/qr/{file}",
       limited(app, refuse_unguessable,
               [&app](const Request& request) { return show_picture(app, request); })},
  };
}

}  // namespace topupd::http
