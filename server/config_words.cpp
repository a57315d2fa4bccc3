#include "config_words.h"

#include <algorithm>
#include <array>

namespace topupd {

namespace {

struct Row {
  std::string_view key;
  std::string_view bantuan;
};

constexpr Row kRows[] = {
    {"server.listen", "Alamat tempat server mendengarkan: HOST:PORT."},
    {"server.unix_socket", "Soket Unix tambahan untuk proxy di mesin ini."},
    {"server.public_url", "Alamat yang dilihat klien dan pelanggan; dipakai di semua tautan."},
    {"server.data", "Folder tempat semua data disimpan."},
    {"server.threads", "Jumlah thread yang menyusun jawaban."},
    {"server.insecure_listen", "Boleh mendengarkan dari luar mesin ini tanpa TLS."},
    {"edge.connections_max", "Koneksi terbuka paling banyak pada saat yang sama."},
    {"edge.request_seconds", "Waktu bagi satu permintaan untuk tiba lengkap."},
    {"edge.idle_seconds", "Waktu koneksi boleh terbuka tanpa permintaan."},
    {"api.allow_get", "GET boleh mengubah data, untuk klien lama."},
    {"limits.api_per_minute", "Permintaan per menit tiap API key, kecuali tier-nya berkata lain."},
    {"limits.login_per_minute", "Percobaan masuk per menit dari satu alamat."},
    {"limits.register_per_minute", "Pendaftaran per menit dari satu alamat."},
    {"limits.public_per_minute", "Permintaan tanpa kunci per menit dari satu alamat."},
    {"limits.connections_per_address", "Koneksi terbuka paling banyak dari satu alamat."},
    {"limits.trusted_proxies", "Alamat proxy yang X-Forwarded-For-nya dipercaya."},
    {"orders.payment_expiry_seconds", "Waktu pelanggan atau deposit untuk dibayar."},
    {"orders.dropship_fee", "Rupiah yang ditambahkan ke modal pesanan dropship."},
    {"suppliers.calls", "Panggilan ke satu provider pada saat yang sama; 0 berarti ditahan dulu."},
    {"deposit.min", "Deposit terkecil, dalam rupiah."},
    {"deposit.max",
     "Deposit terbesar, dalam rupiah; satu pembayaran QRIS paling banyak sepuluh juta."},
    {"deposit.fee",
     "Biaya minimal deposit bagi pembayar. Membebankan biaya merchant QRIS ke pembayar dilarang."},
    {"withdraw.min", "Penarikan profit terkecil, dalam rupiah."},
    {"withdraw.fee", "Biaya satu penarikan, dalam rupiah."},
    {"people.retention_days",
     "Hari sampai data orang di pesanan lama ditimpa, setelah akunnya dihapus."},
    {"backup.keep", "Jumlah cadangan harian yang disimpan; 0 berarti tidak dibuat."},
    {"backup.hour", "Jam (WIB) mulai cadangan harian dibuat."},
    {"backup.dir", "Folder cadangan, sebaiknya di disk lain."},
    {"sandbox.enabled", "Uang mainan: provider dan gateway di dalam server ini."},
    {"sandbox.public", "Rute sandbox juga dijawab untuk mesin lain."},
    {"sandbox.delay_ms", "Lamanya hasil lambat di sandbox."},
    {"metrics.token", "Rahasia agar mesin lain boleh membaca /metrics."},
    {"log.level", "Tingkat log terendah yang dicatat."},
    {"log.format", "Bentuk satu baris log."},
    {"log.file", "Berkas log; kosong berarti standard error."},
};

}  // namespace

std::string_view bantuan_of(std::string_view key) {
  const auto* row = std::ranges::find(kRows, key, &Row::key);
  return row == std::end(kRows) ? "" : row->bantuan;
}

}  // namespace topupd
