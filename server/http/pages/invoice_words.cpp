#include "http/pages/invoice_words.h"

namespace topupd::http {

namespace {

constexpr Wording kIsOver{
    "Tagihan ini tidak berlaku lagi, jangan dibayar. Sudah terlanjur membayar? Hubungi penjual.",
    "This bill is no longer valid, do not pay it. Paid already? Contact the seller."};

constexpr Headline kPreparing{{"Tagihan sedang disiapkan", "Preparing the bill"},
                              {"Kode QR segera muncul.", "The QR code appears in a moment."}};
constexpr Headline kPayable{{"Menunggu pembayaran", "Waiting for payment"},
                            {"Pindai kode QR dengan aplikasi bank atau dompet digital apa saja.",
                             "Scan the QR code with any Indonesian bank or e-wallet app."}};
constexpr Headline kClosing{
    {"Batas waktu sudah lewat", "The time is over"},
    {"Jangan membayar lagi. Pembayaran yang sudah dilakukan sedang diperiksa.",
     "Do not pay any more. A payment that was made is being looked for."}};
constexpr Headline kProcessing{
    {"Pesanan sedang diproses", "Your order is being processed"},
    {"Halaman ini diperbarui dengan sendirinya.", "This page updates by itself."}};
constexpr Headline kDelivered{{"Pesanan berhasil", "Order delivered"},
                              {"Terima kasih.", "Thank you."}};
constexpr Headline kCredited{{"Pembayaran diterima", "Payment received"},
                             {"Saldo sudah bertambah.", "The balance has been topped up."}};
constexpr Headline kFailed{
    {"Pesanan gagal", "Order failed"},
    {"Hubungi penjual untuk pengembalian dana.", "Contact the seller to get your money back."}};
constexpr Headline kPaidLate{
    {"Pembayaran terlambat", "Payment came too late"},
    {"Pembayaran Anda masuk setelah tagihan ini berakhir, jadi pesanan tidak diproses. Uangnya "
     "sudah diteruskan ke penjual: hubungi penjual untuk pengembalian dana. Jangan membayar lagi.",
     "Your payment arrived after this bill had ended, so the order was not processed. The money "
     "went to the seller: contact the seller to get it back. Do not pay again."}};

}  // namespace

Headline headline(const Invoice& invoice) {
  switch (invoice.state) {
    case InvoiceState::preparing: return kPreparing;
    case InvoiceState::payable: return kPayable;
    case InvoiceState::closing: return kClosing;
    case InvoiceState::processing: return kProcessing;
    case InvoiceState::succeeded: return invoice.order_status ? kDelivered : kCredited;
    case InvoiceState::failed: return kFailed;
    case InvoiceState::expired:
      return {{"Tidak dibayar dalam batas waktu", "Not paid in time"}, kIsOver};
    case InvoiceState::cancelled: return {{"Dibatalkan", "Cancelled"}, kIsOver};
    case InvoiceState::paid_late: return kPaidLate;
  }
  __builtin_unreachable();
}

Stage stage_of(InvoiceState state) {
  switch (state) {
    case InvoiceState::preparing:
    case InvoiceState::payable: return Stage::waiting;
    case InvoiceState::closing:
    case InvoiceState::processing: return Stage::working;
    case InvoiceState::succeeded: return Stage::done;
    case InvoiceState::failed:
    case InvoiceState::paid_late: return Stage::broken;
    case InvoiceState::expired:
    case InvoiceState::cancelled: return Stage::ended;
  }
  __builtin_unreachable();
}

std::string_view name(Stage stage) {
  switch (stage) {
    case Stage::waiting: return "waiting";
    case Stage::working: return "working";
    case Stage::done: return "done";
    case Stage::broken: return "broken";
    case Stage::ended: return "ended";
  }
  __builtin_unreachable();
}

}  // namespace topupd::http
