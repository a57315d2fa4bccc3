#include "http/pages/invoice_page.h"

#include "http/pages/frame.h"
#include "http/pages/indonesian.h"
#include "qr_image.h"

namespace topupd::http {

namespace {

// While the customer looks for the app to pay with, and while others are at work.
constexpr int kRefreshPayableSeconds = 10;
constexpr int kRefreshWorkingSeconds = 3;

constexpr std::string_view kIsOver =
    "Tagihan ini tidak berlaku lagi, jangan dibayar. Sudah terlanjur membayar? Hubungi penjual.";

struct Headline {
  std::string_view title;
  std::string_view sentence;
};

Headline headline(const Invoice& invoice) {
  const bool is_deposit = !invoice.order_status;
  switch (invoice.state) {
    case InvoiceState::preparing: return {"Tagihan sedang disiapkan", "Kode QR segera muncul."};
    case InvoiceState::payable:
      return {"Menunggu pembayaran",
              "Pindai kode QR dengan aplikasi bank atau dompet digital apa saja."};
    case InvoiceState::closing:
      return {"Batas waktu sudah lewat",
              "Jangan membayar lagi. Pembayaran yang sudah dilakukan sedang diperiksa."};
    case InvoiceState::processing:
      return {"Pesanan sedang diproses", "Halaman ini diperbarui dengan sendirinya."};
    case InvoiceState::succeeded:
      if (is_deposit) return {"Pembayaran diterima", "Saldo sudah bertambah."};
      return {"Pesanan berhasil", "Terima kasih."};
    case InvoiceState::failed: return {"Pesanan gagal", "Hubungi penjual untuk pengembalian dana."};
    case InvoiceState::expired: return {"Tidak dibayar dalam batas waktu", kIsOver};
    case InvoiceState::cancelled: return {"Dibatalkan", kIsOver};
    case InvoiceState::paid_late:
      return {"Pembayaran terlambat",
              "Pembayaran Anda masuk setelah tagihan ini berakhir, jadi pesanan tidak diproses. "
              "Uangnya sudah diteruskan ke penjual: hubungi penjual untuk pengembalian dana. "
              "Jangan membayar lagi."};
  }
  __builtin_unreachable();
}

std::string_view style_of(InvoiceState state) {
  switch (state) {
    case InvoiceState::succeeded: return "succeeded";
    case InvoiceState::failed:
    case InvoiceState::expired:
    case InvoiceState::cancelled:
    case InvoiceState::paid_late: return "failed";
    case InvoiceState::preparing:
    case InvoiceState::payable:
    case InvoiceState::closing:
    case InvoiceState::processing: return "pending";
  }
  __builtin_unreachable();
}

int refresh_seconds(const InvoiceView& view) {
  if (is_over(view.invoice.state)) return 0;
  const bool waits_for_customer =
      view.invoice.state == InvoiceState::payable && !view.was_just_paid;
  return waits_for_customer ? kRefreshPayableSeconds : kRefreshWorkingSeconds;
}

// A row of the list at the end; nothing where there is nothing to say.
void add_fact(Html& html, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  html.element("dt", name).open("dd").element("bdi", value).close();
}

void add_ways_to_pay(Html& html, const InvoiceView& view, topup::Timestamp now) {
  const auto& invoice = view.invoice;
  const auto& payment = *invoice.payment;
  html.open("div", {{"class", "qr"}}).markup(qr_svg(payment.qr_text)).close();
  html.element("p", "Bayar sebelum " + wib_moment(payment.expires_at) + " (sisa " +
                        span_words(payment.expires_at - now) + ").");
  html.element("a", "Simpan QR",
               {{"class", "action"},
                {"href", "/qr/" + invoice.code + ".png"},
                {"download", invoice.code + ".png"}});
  if (view.button == PayButton::none) return;
  html.open("form",
            {{"method", "post"}, {"action", "/sandbox/gateway/" + invoice.code + "/settle"}})
      .element("button", "Bayar (sandbox)", {{"type", "submit"}})
      .close();
}

void add_facts(Html& html, const Invoice& invoice) {
  const bool is_deposit = !invoice.order_status;
  html.open("dl");
  add_fact(html, is_deposit ? "Akun" : "Penjual", invoice.merchant);
  if (is_deposit) {
    add_fact(html, "Untuk", "Isi saldo " + rupiah(invoice.payment->nominal));
  } else {
    add_fact(html, "Layanan", invoice.category);
    add_fact(html, "Produk", invoice.item);
    add_fact(html, "Tujuan", invoice.target);
    add_fact(html, "Nomor meter", invoice.nometer);
    add_fact(html, "Pembeli", invoice.customer);
    add_fact(html, "SN", invoice.sn);
  }
  if (invoice.payment && invoice.payment->settled_at)
    add_fact(html, "Dibayar", wib_moment(*invoice.payment->settled_at));
  add_fact(html, "Kode", invoice.code);
  html.close();
}

}  // namespace

Response invoice_page(const InvoiceView& view, topup::Timestamp now) {
  const auto& invoice = view.invoice;
  const auto head = headline(invoice);
  const Frame frame{.title = std::string{head.title}, .refresh_seconds = refresh_seconds(view)};
  return page(frame, [&](Html& html) {
    html.element("h1", head.title, {{"class", style_of(invoice.state)}})
        .element("p", head.sentence);
    if (invoice.payment) html.element("p", rupiah(invoice.payment->total), {{"class", "amount"}});
    if (invoice.state == InvoiceState::payable) add_ways_to_pay(html, view, now);
    add_facts(html, invoice);
  });
}

}  // namespace topupd::http
