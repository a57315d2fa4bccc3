#include "http/pages/invoice_page.h"

#include <array>

#include "http/pages/frame.h"
#include "http/pages/invoice_words.h"
#include "qr_image.h"

namespace topupd::http {

namespace {

// While the customer looks for the app to pay with, and while others are at work.
constexpr int kRefreshPayableSeconds = 10;
constexpr int kRefreshWorkingSeconds = 3;

constexpr Wording kBill{"Tagihan", "Bill"};
constexpr Wording kPayBefore{"Bayar sebelum ", "Pay before "};
constexpr Wording kLeft{"sisa ", "left: "};
constexpr Wording kSave{"Simpan gambar QR", "Save the QR image"};
constexpr Wording kHow{"Cara bayar dari HP ini", "How to pay from this phone"};
constexpr std::array<Wording, 3> kHowSteps{{
    {"Tekan “Simpan gambar QR”.", "Press “Save the QR image”."},
    {"Buka aplikasi bank atau dompet digital, pilih QRIS, lalu pilih gambar tadi dari galeri.",
     "Open your bank or e-wallet app, choose QRIS, and pick that image from the gallery."},
    {"Periksa nama dan jumlahnya, lalu bayar. Halaman ini berubah dengan sendirinya.",
     "Check the name and the amount, then pay. This page changes by itself."},
}};
constexpr std::array<Wording, 3> kSteps{
    {{"Dibayar", "Paid"}, {"Diproses", "Processed"}, {"Selesai", "Delivered"}}};

// Drawn in the colour of the text around them.
constexpr std::string_view kClock = "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z";
constexpr std::string_view kCheck = "M5 12.5l4.5 4.5L19 7.5";
constexpr std::string_view kCross = "M7 7l10 10M17 7L7 17";
constexpr std::string_view kArc = "M12 3a9 9 0 1 1-9 9";

std::string_view drawing(Stage stage) {
  switch (stage) {
    case Stage::waiting:
    case Stage::ended: return kClock;
    case Stage::working: return kArc;
    case Stage::done: return kCheck;
    case Stage::broken: return kCross;
  }
  __builtin_unreachable();
}

int refresh_seconds(const InvoiceView& view) {
  if (is_over(view.invoice.state)) return 0;
  const bool waits_for_customer =
      view.invoice.state == InvoiceState::payable && !view.was_just_paid;
  return waits_for_customer ? kRefreshPayableSeconds : kRefreshWorkingSeconds;
}

class Page {
 public:
  Page(Html& html, const InvoiceView& view, topup::Timestamp now)
      : html_{html},
        view_{view},
        invoice_{view.invoice},
        stage_{stage_of(view.invoice.state)},
        now_{now} {}

  void write() {
    add_top();
    html_.open("main", {{"data-tag", view_.status_tag},
                        {"data-over", is_over(invoice_.state) ? "yes" : "no"}});
    html_.open("section", {{"class", "card"}});
    add_headline();
    if (invoice_.payment) html_.element("p", money(invoice_.payment->total), {{"class", "amount"}});
    if (!invoice_.item.empty())
      html_.element("p", invoice_.category + " · " + invoice_.item, {{"class", "item"}});
    if (invoice_.state == InvoiceState::payable) add_ways_to_pay();
    if (has_steps()) add_steps();
    if (!invoice_.sn.empty()) add_serial_number();
    html_.close();
    add_facts();
    html_.close();
  }

 private:
  std::string_view say(const Wording& wording) const { return wording.in(view_.language); }
  std::string money(topup::Money amount) const { return rupiah(amount, view_.language); }
  bool is_deposit() const { return !invoice_.order_status; }

  // Who wants the money, and the other language.
  void add_top() {
    const bool is_english = view_.language == Language::english;
    const auto other = is_english ? Language::indonesian : Language::english;
    const auto href = "/i/" + invoice_.code + (is_english ? "" : "?lang=en");
    html_.open("header")
        .open("p", {{"class", "merchant"}})
        .open("strong")
        .element("bdi", invoice_.merchant)
        .close()
        .element("span", std::string{say(kBill)}.append(" ").append(invoice_.code))
        .close()
        .element("a", Wording{"Bahasa Indonesia", "English"}.in(other),
                 {{"href", href}, {"lang", name(other)}, {"hreflang", name(other)}})
        .close();
  }

  void add_headline() {
    const auto head = headline(invoice_);
    html_.open("div", {{"class", "head"}});
    html_.open("svg", {{"class", "mark"}, {"viewBox", "0 0 24 24"}, {"aria-hidden", "true"}})
        .element("path", "", {{"d", drawing(stage_)}})
        .close();
    html_.element("h1", say(head.title));
    if (invoice_.state == InvoiceState::payable) {
      const auto left = invoice_.payment->expires_at - now_;
      const auto seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
      html_.element("span", "",
                    {{"class", "left"}, {"role", "timer"}, {"data-left", std::to_string(seconds)}});
    }
    html_.close().element("p", say(head.sentence), {{"class", "soft"}});
  }

  void add_ways_to_pay() {
    const auto& payment = *invoice_.payment;
    html_.open("div", {{"class", "qr"}}).markup(qr_svg(payment.qr_text)).close();
    html_.element("p",
                  std::string{say(kPayBefore)} + wib_moment(payment.expires_at, view_.language) +
                      " (" + std::string{say(kLeft)} +
                      span_words(payment.expires_at - now_, view_.language) + ").",
                  {{"class", "until"}});
    html_.element("a", say(kSave),
                  {{"class", "action"},
                   {"href", "/qr/" + invoice_.code + ".png"},
                   {"download", "qris-" + invoice_.code + ".png"}});
    if (view_.button == PayButton::sandbox) {
      const std::string in_english = view_.language == Language::english ? "?lang=en" : "";
      const auto action = "/sandbox/gateway/" + invoice_.code + "/settle" + in_english;
      html_.open("form", {{"method", "post"}, {"action", action}})
          .element("button", say({"Bayar (sandbox)", "Pay (sandbox)"}), {{"type", "submit"}})
          .close();
    }
    html_.open("details").element("summary", say(kHow)).open("ol");
    for (const auto& step : kHowSteps)
      html_.element("li", say(step));
    html_.close().close();
  }

  bool has_steps() const {
    return !is_deposit() && (stage_ == Stage::working || stage_ == Stage::done) &&
           invoice_.state != InvoiceState::closing;
  }

  void add_steps() {
    const std::size_t done = stage_ == Stage::done ? kSteps.size() : 1;
    html_.open("ol", {{"class", "steps"}});
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
      const auto* state = i < done ? "past" : i == done ? "now" : "next";
      html_.element("li", say(kSteps.at(i)), {{"class", state}});
    }
    html_.close();
  }

  void add_serial_number() {
    html_.open("div", {{"class", "sn"}})
        .element("span", "SN")
        .open("code")
        .element("bdi", invoice_.sn, {{"id", "sn"}})
        .close()
        .element("button", say({"Salin", "Copy"}),
                 {{"type", "button"},
                  {"data-copy", "sn"},
                  {"data-copied", say({"Tersalin", "Copied"})},
                  {"hidden", ""}})
        .close();
  }

  // A row of the list at the end; nothing where there is nothing to say.
  void add_fact(const Wording& fact, std::string_view value) {
    if (value.empty()) return;
    html_.open("div").element("dt", say(fact)).open("dd").element("bdi", value);
    html_.close().close();
  }

  void add_facts() {
    html_.open("dl", {{"class", "card"}});
    if (is_deposit()) {
      add_fact({"Akun", "Account"}, invoice_.merchant);
      add_fact({"Untuk", "For"}, std::string{say({"Isi saldo ", "Balance top-up of "})} +
                                     money(invoice_.payment->nominal));
    } else {
      add_fact({"Penjual", "Seller"}, invoice_.merchant);
      add_fact({"Produk", "Product"}, invoice_.item);
      add_fact({"Layanan", "Service"}, invoice_.category);
      add_fact({"Tujuan", "Number or ID"}, invoice_.target);
      add_fact({"Nomor meter", "Meter number"}, invoice_.nometer);
      add_fact({"Pembeli", "Customer"}, invoice_.customer);
    }
    if (invoice_.payment && invoice_.payment->settled_at)
      add_fact({"Dibayar", "Paid"}, wib_moment(*invoice_.payment->settled_at, view_.language));
    add_fact({"Kode", "Code"}, invoice_.code);
    html_.close();
  }

  Html& html_;
  const InvoiceView& view_;
  const Invoice& invoice_;
  const Stage stage_;
  const topup::Timestamp now_;
};

}  // namespace

Response invoice_page(const InvoiceView& view, topup::Timestamp now) {
  const Frame frame{.title = std::string{headline(view.invoice).title.in(view.language)},
                    .refresh_seconds = refresh_seconds(view),
                    .language = view.language,
                    .script = "page.js"};
  return page(frame, [&](Html& html) {
    html.open("div", {{"class", name(stage_of(view.invoice.state))}, {"id", "page"}});
    Page{html, view, now}.write();
    html.close();
    html.element("p", "", {{"class", "unseen"}, {"role", "status"}, {"id", "said"}});
  });
}

}  // namespace topupd::http
