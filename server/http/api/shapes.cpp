#include "http/api/shapes.h"

#include "http/pages/wording.h"
#include "wib.h"

namespace topupd::http {

namespace {

template <class Id>
std::string id_text(Id id) {
  return std::to_string(id.value);
}

std::string url(std::string_view public_url, std::string_view path, const topup::Charge& charge) {
  std::string text{public_url};
  text += path;
  text += charge.code;
  return text;
}

Response json_response(const JsonObject& body) { return {.body = body.str()}; }

void add_list(JsonObject& body, const ListAnswer& list) {
  body.raw("data", list.data.str());
  if (!list.next_cursor.empty()) body.text("next_cursor", list.next_cursor);
}

}  // namespace

Response ok(const JsonObject& data) {
  return json_response(JsonObject{}.flag("status", true).object("data", data));
}

Response success(const JsonObject& data) {
  return json_response(JsonObject{}.text("status", "success").object("data", data));
}

Response ok(const ListAnswer& list) {
  JsonObject body;
  body.flag("status", true);
  add_list(body, list);
  return json_response(body);
}

Response success(const ListAnswer& list) {
  JsonObject body;
  body.text("status", "success");
  add_list(body, list);
  return json_response(body);
}

Response marked(Response response, bool replayed) {
  if (replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

JsonObject service_json(const topup::Service& service, const ServicePrice& price) {
  return JsonObject{}
      .text("sid", id_text(service.id))
      .text("kategori", service.kategori)
      .text("layanan", service.layanan)
      .text("harga", std::to_string(price.price.units()))
      .text("status", price.available ? "Normal" : "Gangguan")
      .money("price_reseller", price.price_reseller)
      .flag("butuh_nometer", service.needs_nometer)
      .text("format_target", service.target_format.text())
      .flag("cek_nickname", price.tells_nickname);
}

bool is_paid_late(const topup::Charge& charge) {
  return charge.settled_at && charge.state != topup::ChargeState::settled;
}

std::string note_of(const topup::Order& order, const std::optional<topup::Charge>& charge) {
  using topup::OrderState;
  const std::string late =
      charge && is_paid_late(*charge)
          ? ", lalu customer tetap membayar: " + rupiah(charge->total(), Language::indonesian) +
                " masuk ke saldo Anda untuk dikembalikan ke customer."
          : "";
  switch (order.state) {
    case OrderState::unpaid: return "Menunggu pembayaran dari customer.";
    case OrderState::queued:
    case OrderState::sent: return "Pesanan sedang diproses.";
    case OrderState::unknown: return "Menunggu kepastian dari provider.";
    case OrderState::review: return "Pesanan sedang diperiksa admin.";
    case OrderState::succeeded: return order.sn.empty() ? "Pesanan berhasil." : "SN: " + order.sn;
    case OrderState::failed: return "Pesanan gagal, dana dikembalikan.";
    case OrderState::expired:
      return "Tidak dibayar dalam batas waktu" +
             (late.empty() ? ", dibatalkan tanpa biaya." : late);
    case OrderState::cancelled:
      return "Pesanan dibatalkan" + (late.empty() ? " tanpa biaya." : late);
    case OrderState::reversed: return "Dibatalkan oleh provider, dana dikembalikan.";
    case OrderState::late:
      return "Pesanan gagal dan dana dikembalikan, lalu provider tetap mengirim.";
    case OrderState::recovered: return order.sn.empty() ? "Pesanan berhasil." : "SN: " + order.sn;
  }
  __builtin_unreachable();
}

JsonObject order_json(const topup::Order& order, const std::optional<topup::Service>& service,
                      const std::optional<topup::Charge>& charge) {
  JsonObject json;
  json.text("id", id_text(order.id))
      .text("status", topup::name(topup::status_of(order.state)))
      .text("catatan", note_of(order, charge))
      .text("invoice", order.invoice)
      .text("ref_id", order.ref_id)
      .text("layanan", id_text(order.service))
      .text("nama_layanan", service ? service->layanan : "")
      .text("kategori", service ? service->kategori : "")
      .text("target", order.target)
      .text("nometer", order.nometer)
      .text("harga", std::to_string(order.price.units()))
      .text("sn", order.sn)
      .text("created_at", to_wib(order.created_at))
      .text("updated_at", to_wib(order.updated_at));
  if (order.mode == topup::OrderMode::dropship) {
    json.text("mode", topup::name(order.mode))
        .text("payment_status", charge ? topup::payment_status(charge->state) : "pending")
        .money("selling_price", order.selling)
        .money("reseller_cost", order.reseller_cost())
        .money("reseller_profit", order.reseller_profit())
        .text("customer_name", order.customer_name)
        .text("customer_phone", order.customer_phone);
    if (charge && charge->settled_at) json.text("paid_at", to_wib(*charge->settled_at));
  }
  return json;
}

std::string qr_url(const topup::Charge& charge, std::string_view public_url) {
  return url(public_url, "/qr/", charge) + ".png";
}

JsonObject payment_json(const topup::Charge& charge, std::string_view public_url) {
  const auto page = url(public_url, "/i/", charge);
  return JsonObject{}
      .text("qr_url", qr_url(charge, public_url))
      .money("amount", charge.total())
      .text("expired_at", to_wib(charge.expires_at))
      .text("status_url", page + "/status")
      .text("invoice_url", page);
}

JsonObject deposit_json(const topup::Charge& charge) {
  return JsonObject{}
      .text("orderId", charge.code)
      .money("amount", charge.nominal)
      .text("status", topup::payment_status(charge.state))
      .money("amountToPay", charge.total())
      .text("created_at", to_wib(charge.created_at))
      .text("expiryTime", to_wib(charge.expires_at));
}

JsonObject user_json(const topup::User& user, const topup::Wallet& wallet) {
  return JsonObject{}
      .text("user_id", user.username)
      .money("balance", wallet.balance())
      .text("role", topup::name(user.role))
      .text("name", user.name)
      .text("email", user.email)
      .money("profit_balance", wallet.profit())
      .text("tier", user.tier)
      .text("created_at", to_wib(user.created_at));
}

JsonObject withdrawal_json(const topup::Withdrawal& withdrawal) {
  return JsonObject{}
      .text("id", id_text(withdrawal.id))
      .money("amount", withdrawal.amount)
      .money("fee", withdrawal.fee)
      .text("status", topup::name(withdrawal.state))
      .text("bank", withdrawal.bank)
      .text("account_number", withdrawal.account_number)
      .text("account_name", withdrawal.account_name)
      .text("note", withdrawal.note)
      .text("created_at", to_wib(withdrawal.created_at))
      .text("updated_at", to_wib(withdrawal.updated_at));
}

}  // namespace topupd::http
