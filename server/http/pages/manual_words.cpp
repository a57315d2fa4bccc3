#include "http/pages/manual_words.h"

#include <algorithm>
#include <array>

namespace topupd::http {

namespace {

// clang-format off
constexpr auto kSummaries = std::to_array<Wording>({
  // Routes.
  {"Mendaftarkan reseller baru", "Register a reseller"},
  {"Mengambil API key dan saldo", "Get the API key and the balance"},
  {"Akun dan saldonya", "The account and its balances"},
  {"Mengganti API key; yang lama langsung tidak berlaku", "Replace the API key; the old one stops working at once"},
  {"Mutasi satu saldo, terbaru dulu; CSV dengan Accept: text/csv", "Every movement of one account, newest first; CSV with Accept: text/csv"},
  {"Alamat IP yang boleh dipakai; kosong berarti dari mana saja", "The addresses that requests may come from; none is from anywhere"},
  {"Mengatur alamat IP; dari alamat lain kunci dan dasbor tidak berfungsi", "Set them; from any other address the key and the dashboard stop working"},
  {"Layanan yang bisa dipesan dengan harga Anda, per tipe", "What can be ordered, with the caller's prices, by tipe"},
  {"Pemilik akun tujuan, untuk layanan dengan cek_nickname; gratis, dan pesanan bisa dibuat tanpa ini",
   "Whose account a target is, where the service has cek_nickname; costs nothing, and an order may be made without it"},
  {"Memesan dari saldo, atau sebagai pesanan dropship yang dibayar pelanggan", "Order from the balance, or as a dropship order that the customer pays"},
  {"Satu pesanan, dengan id, ref_id, atau invoice", "One order, by id, ref_id or invoice"},
  {"Perjalanan satu pesanan, terlama dulu, dengan id, ref_id, atau invoice", "What happened to one order, oldest first, by id, ref_id or invoice"},
  {"Daftar pesanan seperti order/status, terbaru dulu; penyaring yang jarang cocok bisa memberi halaman pendek atau kosong dengan "
   "next_cursor: lanjutkan selama masih ada",
   "The orders as order/status shows them, newest first; a filter that few pass may give a short page, or an empty one, with a "
   "next_cursor: go on while there is one"},
  {"Membatalkan pesanan dropship yang belum dibayar, dengan id, ref_id, atau invoice", "Cancel an unpaid dropship order, by id, ref_id or invoice"},
  {"Mengisi saldo lewat QRIS", "Top up the balance by QRIS"},
  {"Satu deposit", "One deposit"},
  {"Daftar deposit, terbaru dulu", "The deposits, newest first"},
  {"Meminta profit ditransfer ke bank atau dompet digital", "Ask for profit to be transferred to a bank or an e-wallet"},
  {"Daftar penarikan, terbaru dulu", "The withdrawals, newest first"},
  {"Memindahkan profit ke saldo, seketika dan tidak bisa dibatalkan", "Move profit to the balance, at once and for good"},
  {"Pesanan, penjualan, dan profit per hari (WIB), terlama dulu; profit dari pesanan dropship, dihitung pada hari pesanan dibuat", "Orders, sales and profit a day in WIB, oldest first; profit is of dropship orders, a day is that of the order"},
  {"Ketentuan yang berlaku untuk semua: batas dan biaya", "What the operator has set for everybody: limits and fees"},
  // Parameters.
  {"3-32 karakter dari a-z 0-9 _ . -; huruf besar dikecilkan", "3-32 of a-z 0-9 _ . -; upper case is folded"},
  {"Nama toko atau pemiliknya", "The name of the shop or its owner"},
  {"Satu akun per alamat", "One account an address"},
  {"6-256 byte", "6-256 bytes"},
  {"Username atau alamat email", "A username or an e-mail address"},
  {"Kode sekali pakai saat ini, bila akun memakainya", "The present one-time code, where the account has one"},
  {"Saldo yang mana, bawaan balance", "Which account, balance by default"},
  {"Berapa banyak, bawaan 50", "How many, 50 by default"},
  {"next_cursor dari jawaban sebelumnya", "next_cursor of the answer before"},
  {"Alamat dan jaringan (CIDR); daftar kosong mengizinkan semua alamat", "Addresses and networks (CIDR); an empty list lets every address in"},
  {"Hanya tipe ini", "Only this tipe"},
  {"Hanya kategori ini", "Only this kategori"},
  {"Kata dari tipe, kategori, atau layanan, huruf besar kecil sama saja", "Words of the tipe, kategori or layanan, in any case"},
  {"sid layanan", "The sid of the service"},
  {"Nomor atau ID tujuan, sesuai format_target layanan", "Who is served, in the form of the service's format_target"},
  {"Nomor meter, untuk layanan dengan butuh_nometer", "The meter's number, where the service has butuh_nometer"},
  {"ID pesanan dari sistem Anda, unik selamanya", "Your own id of the order, unique for ever"},
  {"Yang dibayar pelanggan lewat QRIS; bila dikirim, pesanan menjadi dropship", "What your customer pays by QRIS; its presence makes this a dropship order"},
  {"Hanya dropship", "Dropship only"},
  {"Hanya dropship: 0-9 + - dan spasi", "Dropship only: 0-9 + - and blanks"},
  {"id pesanan; atau ref_id, atau invoice", "The order's id; or ref_id, or invoice"},
  {"Invoice pesanan", "The invoice of the order"},
  {"Hanya pesanan berstatus ini", "Only orders of this status"},
  {"Hanya pesanan sid ini", "Only orders of this sid"},
  {"Hanya pesanan ke tujuan ini", "Only orders for this target"},
  {"Tanggal WIB atau RFC 3339", "A day in WIB or RFC 3339"},
  {"Sama, termasuk hari itu", "The same, included"},
  {"Yang masuk ke saldo, dalam batas operator", "What the balance gets, within the operator's range"},
  {"Tambahan di atasnya, 0 sampai amount", "On top of it, 0 to amount"},
  {"Seperti dijawab deposit", "As deposit answered it"},
  {"Langsung keluar dari saldo profit", "Leaves the profit balance at once"},
  {"Bank atau dompet digital", "A bank or an e-wallet"},
  {"Nomor rekening atau nomor HP", "The number of the account or of the phone"},
  {"Nama pemilik rekening", "Whose account it is"},
  {"Berapa hari, termasuk hari ini (WIB); bawaan 30", "How many, today in WIB included; 30 by default"},
});

constexpr auto kBegin = std::to_array<Wording>({
  {"1. Daftar di dasbor (`/app`) atau lewat `POST /api/auth/register`. Jawabannya memuat API key.",
   "1. Sign up in the dashboard (`/app`) or by `POST /api/auth/register`. The answer holds the API key."},
  {"2. Ambil daftar layanan dengan `GET /api/services`; `sid` adalah kode layanan.",
   "2. Get the services by `GET /api/services`; `sid` is a service's code."},
  {"3. Pesan dengan `POST /api/order/create`, lalu tanyakan `GET /api/order/status` sampai status bukan `Pending`.",
   "3. Order by `POST /api/order/create`, then ask `GET /api/order/status` until the status is not `Pending`."},
});
constexpr auto kKey = std::to_array<Wording>({
  {"Kirim kunci di header `X-API-Key`, atau `Authorization: Bearer`, atau parameter `apikey`. Simpan di server Anda: siapa pun yang memegangnya bisa memakai saldo Anda.",
   "Send the key in the header `X-API-Key`, or `Authorization: Bearer`, or the parameter `apikey`. Keep it on your server: whoever has it can spend your balance."},
  {"Kunci bisa diganti kapan saja di dasbor, dan dibatasi ke alamat IP server Anda.",
   "The key can be replaced at any time in the dashboard, and limited to your server's addresses."},
});
constexpr auto kRules = std::to_array<Wording>({
  {"Parameter boleh dikirim sebagai JSON, formulir, atau query; isi body menang. Angka boleh berupa angka atau teks berisi angka.",
   "Parameters may come as JSON, as a form or in the query; the body wins. A number may be a number or a string of digits."},
  {"Uang dalam rupiah bulat. Waktu dalam RFC 3339 dengan `+07:00` (WIB). Daftar terbaru dulu; kirim `next_cursor` sebagai `cursor` untuk lanjut.",
   "Money is whole rupiah. Times are RFC 3339 with `+07:00` (WIB). Lists are newest first; send `next_cursor` as `cursor` to go on."},
  {"Tiap jawaban memuat `X-Request-Id`: sertakan saat bertanya ke operator. Sisa jatah ada di header `RateLimit`; bila habis jawabannya 429 dengan `Retry-After`.",
   "Every answer has `X-Request-Id`: mention it when you ask the operator. What is left of your limit is in the header `RateLimit`; when it is used up the answer is 429 with `Retry-After`."},
});
constexpr auto kRepeat = std::to_array<Wording>({
  {"Koneksi putus sebelum ada jawaban? Kirim ulang permintaan yang sama dengan `ref_id` (pesanan) atau header `Idempotency-Key` yang sama: pesanan tidak akan dobel. Jawabannya adalah keadaan terkini.",
   "Connection lost before the answer? Send the same request again with the same `ref_id` (orders) or header `Idempotency-Key`: nothing happens twice. The answer is the present state."},
  {"Hanya yang berhasil yang diingat: setelah ditolak atau 503 Anda boleh mencoba lagi dengan kunci yang sama.",
   "Only success is remembered: after a refusal or a 503 you may try again with the same key."},
});
constexpr auto kStates = std::to_array<Wording>({
  {"`Pending`: sedang diproses, atau menunggu pembayaran pelanggan. Tanyakan lagi beberapa detik kemudian.",
   "`Pending`: on its way, or waiting for the customer's payment. Ask again in a few seconds."},
  {"`Success`: terkirim, `sn` terisi.", "`Success`: delivered, `sn` is set."},
  {"`Error`: pemasok gagal; uang sudah kembali ke saldo.",
   "`Error`: the supplier failed; the money is back on the balance."},
  {"`Gagal`: tidak pernah dikirim ke pemasok, karena tidak dibayar dalam batas waktu atau dibatalkan.",
   "`Gagal`: never sent to a supplier, because it was not paid in time or was cancelled."},
});

constexpr auto kChapters = std::to_array<ManualChapter>({
  {"begin", {"Mulai", "Getting started"}, kBegin},
  {"key", {"API key", "API key"}, kKey},
  {"rules", {"Aturan umum", "Conventions"}, kRules},
  {"repeat", {"Mengulang dengan aman", "Repeating safely"}, kRepeat},
  {"states", {"Status pesanan", "Order status"}, kStates},
});

constexpr auto kGroups = std::to_array<ManualGroup>({
  {"services", {"Layanan dan harga", "Services and prices"}},
  {"order", {"Pesanan", "Orders"}},
  {"payment", {"Deposit", "Deposits"}},
  {"profit", {"Profit", "Profit"}},
  {"user", {"Akun", "Account"}},
  {"auth", {"Daftar dan masuk", "Sign-up and log-in"}},
  {"shop", {"Ketentuan toko", "The shop's terms"}},
});

constexpr auto kSamples = std::to_array<ManualSample>({
  {"/api/order/create", {"Dari saldo", "From the balance"}, "layanan|target|ref_id"},
  {"/api/order/create", {"Dropship: pelanggan membayar lewat QRIS", "Dropship: the customer pays by QRIS"},
   "layanan|target|ref_id|selling_price|customer_name|customer_phone"},
  {"/api/services", {"", ""}, "tipe"},
  {"/api/order/history", {"", ""}, "status|limit"},
  {"/api/user/allow-list", {"", ""}, "addresses"},
});

struct Note {
  std::string_view path;
  Wording text;
};

constexpr auto kNotes = std::to_array<Note>({
  {"/api/order/create",
   {"Tanpa `selling_price` harga langsung diambil dari saldo. Dengan `selling_price` jawabannya memuat `payment` (`qr_url`, `invoice_url`): kirim `invoice_url` ke pelanggan; setelah dibayar pesanan diproses, dan selisihnya menjadi profit Anda saat berhasil.",
    "Without `selling_price` the price is taken from the balance at once. With it the answer holds `payment` (`qr_url`, `invoice_url`): send `invoice_url` to your customer; once it is paid the order is processed, and the difference is your profit when it succeeds."}},
  {"/api/services",
   {"`harga` adalah harga Anda, `price_reseller` modal untuk dropship. `status` `Gangguan` tidak bisa dipesan. `format_target` adalah regular expression untuk seluruh target. `cek_nickname`: nama pemilik akun bisa dicek.",
    "`harga` is your price, `price_reseller` what a dropship order costs you. `status` `Gangguan` can't be ordered. `format_target` is a regular expression for the whole target. `cek_nickname`: whose account it is can be asked."}},
  {"/api/services/nickname",
   {"`not_found`: akun itu tidak ada. `unavailable`: pemasok tidak menjawab dalam 5 detik; pesanan tetap bisa dibuat. Di sandbox, target berakhiran `2` tidak ada, `4` dan `5` tidak dijawab.",
    "`not_found`: there is no such account. `unavailable`: no supplier answered within 5 seconds; the order can be made all the same. In the sandbox, targets that end in `2` do not exist, `4` and `5` get no answer."}},
  {"/api/payment/deposit",
   {"Tampilkan `qrCodeUrl`; yang dibayar tepat `amountToPay`. Saldo bertambah begitu pembayaran diterima.",
    "Show `qrCodeUrl`; exactly `amountToPay` is paid. The balance grows as soon as the payment arrives."}},
  {"/api/profit/withdraw",
   {"Jumlah ditahan sampai operator mentransfer atau menolaknya; bila ditolak uang kembali ke profit.",
    "The amount is held until the operator transfers it or rejects it; if rejected it returns to the profit."}},
});

constexpr auto kSandboxRows = std::to_array<SandboxRow>({
  {"0", {"langsung berhasil", "success at once"}},
  {"1", {"pending, lalu berhasil", "pending, then success"}},
  {"2", {"langsung gagal, uang kembali", "failure at once, the money is back"}},
  {"3", {"pending, lalu gagal", "pending, then failure"}},
  {"4", {"tanpa jawaban padahal terkirim: berhasil setelah diperiksa", "no answer though it was delivered: success after an inquiry"}},
  {"5", {"tanpa jawaban dan tidak sampai: gagal setelah diperiksa", "no answer and never seen: failure after inquiries"}},
  {"6", {"berhasil, dengan pemberitahuan berulang", "success, and the same notice again and again"}},
  {"7", {"pemberitahuan datang sebelum jawaban", "the notice comes before the answer"}},
  {"8", {"gagal di pemasok pertama, berhasil di pemasok kedua", "the first supplier fails, the second succeeds"}},
});
// clang-format on

}  // namespace

std::string_view in_indonesian(std::string_view summary) {
  const auto found = std::ranges::find(kSummaries, summary, &Wording::english);
  return found == kSummaries.end() ? std::string_view{} : found->indonesian;
}

std::span<const ManualChapter> manual_chapters() { return kChapters; }
std::span<const ManualGroup> manual_groups() { return kGroups; }
std::span<const ManualSample> manual_samples() { return kSamples; }
std::span<const SandboxRow> sandbox_rows() { return kSandboxRows; }

Wording manual_note(std::string_view path) {
  const auto found = std::ranges::find(kNotes, path, &Note::path);
  return found == kNotes.end() ? Wording{} : found->text;
}

}  // namespace topupd::http
