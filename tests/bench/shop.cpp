#include "bench/shop.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <stdexcept>

#include "api_key.h"
#include "bench/history.h"
#include "catalogue_import.h"
#include "crypto.h"
#include "data_dir.h"
#include "journal_seal.h"
#include "master_key.h"
#include "random_code.h"
#include "store/inspect_file.h"
#include "store/open.h"
#include "store/sqlite_store.h"
#include "topup/commands.h"

namespace topupd::bench {
namespace {

namespace fs = std::filesystem;
using topup::Money;
using topup::operator""_idr;

constexpr Money kPrefund = 1'000'000'000'000_idr;    // buys 20,000,000 orders
constexpr std::int64_t kSpareBalance = 500'000'000;  // for what is ordered later
constexpr std::int64_t kOrderCostMax = 60'000;       // no price of the catalogue is higher
constexpr auto kHistory = std::chrono::hours{24 * 300};

// Written last: a shop without it is not whole.  Holds what tells one schema from another, which
// the version does not while it is still being written.
constexpr const char* kMadeMark = "made";

void sync_all(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 || ::syncfs(descriptor) != 0) throw std::runtime_error{"can't sync"};
  ::close(descriptor);
}

std::string mark() { return base62(crc32(current_schema().sql)); }

bool is_made(const fs::path& dir) {
  std::string found;
  std::ifstream{dir / kMadeMark} >> found;
  return found == mark();
}

template <class T>
T must(topup::Result<T> result) {
  if (!result)
    throw std::logic_error{"the shop was refused: " + std::string{name(result.error().code)}};
  return *result;
}

topup::Timestamp clock_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string catalogue(std::int64_t services) {
  std::string csv{"sid,tipe,kategori,layanan,format_target,provider,sku,cost,priority\n"};
  for (std::int64_t sid = 1; sid <= services; ++sid) {
    auto group = std::to_string(sid % 40);
    auto id = std::to_string(sid);
    auto cost = 2'000 + sid * 53 % 48'000;
    auto head = id + ",Tipe " + std::to_string(sid % 8) + ",Kategori " + group + ",Layanan " + id +
                ",\"[0-9]{5,20}\",";
    csv += head + "sandbox1,S" + id + "," + std::to_string(cost) + ",1\n";
    csv += head + "sandbox2,S" + id + "," + std::to_string(cost + 50) + ",2\n";
  }
  return csv;
}

void fill_the_books(topup::Tx& tx, topup::UserId admin, topup::Timestamp now) {
  for (auto name : {"sandbox1", "sandbox2"}) {
    must(topup::pay_in_capital(tx, admin, kPrefund, now));
    auto provider = must(topup::ensure_provider(tx, name));
    auto prefund = must(topup::send_prefund(tx, {admin, provider.id, kPrefund, 0_idr}, now));
    must(topup::confirm_prefund(tx, admin, prefund.id, now));
  }
  topup::PriceRule rule;
  rule.markup = topup::BasisPoints{500};
  rule.step = 100_idr;
  must(topup::put_price_rule(tx, admin, rule));
}

topup::RegisterUser person(const MasterKey& master, std::int64_t number) {
  topup::RegisterUser command;
  command.username = number == 0 ? "admin" : "toko" + std::to_string(number);
  command.name = "Toko";
  command.email = command.username + "@bench.invalid";
  command.role = number == 0 ? topup::Role::admin : topup::Role::reseller;
  if (number == 0) return command;
  auto key = make_api_key();
  command.credentials.key_hash = key_hash(master, key);
  command.credentials.key_sealed = seal(master, SealPurpose::api_key, key);
  return command;
}

// A deposit that covers the reseller's past and future orders.
void deposit(topup::Tx& tx, topup::UserId user, Money amount, topup::Timestamp now) {
  topup::Policy policy;
  policy.deposit_max = amount;
  policy.charge_max = amount;
  auto gateway = must(topup::ensure_gateway(tx, "sandbox")).id;
  auto code = "DEP-" + random_code(now);
  must(topup::open_deposit(tx, policy, {user, amount, 0_idr, 0_idr, code, gateway, ""}, now));
  must(topup::settle_payment(tx, policy, {gateway, "P" + code, code, amount, 0_idr, now}, now));
}

void open_shop(SqliteStore& store, const MasterKey& master, const ShopSize& size,
               topup::Timestamp now) {
  auto past = size.orders / size.resellers * 2 + 1'000;
  auto balance = Money::from_units(past * kOrderCostMax + kSpareBalance).value();
  must(store.transact([&](topup::Tx& tx) -> topup::Status {
    auto admin = must(topup::register_user(tx, person(master, 0), now)).id;
    fill_the_books(tx, admin, now);
    for (std::int64_t number = 1; number <= size.resellers; ++number)
      deposit(tx, must(topup::register_user(tx, person(master, number), now)).id, balance, now);
    return topup::Nothing{};
  }));
  import_catalogue(store, catalogue(size.services));
}

}  // namespace

fs::path database(const fs::path& dir) { return dir / "topup.db"; }

fs::path shop_dir(const fs::path& root, const ShopSize& size) {
  return root /
         ("shop-" + std::to_string(size.orders) + "-orders-" + std::to_string(size.resellers) +
          "-resellers-" + std::to_string(size.services) + "-services");
}

Made make_shop(const fs::path& dir, const ShopSize& size) {
  if (is_made(dir)) return Made::before;
  std::cout << "making " << dir.string() << '\n';
  fs::remove_all(dir);
  fs::create_directories(dir);
  prepare_data_dir(dir);
  auto begin = clock_now() - kHistory;
  auto master = master_key_of(dir);
  {
    SqliteStore store{database(dir), sealed_with(master)};
    open_shop(store, master, size, begin);
  }
  write_history(database(dir), journal_sealer(master), size, begin + std::chrono::hours{1});
  std::ofstream{dir / kMadeMark} << mark() << '\n';
  return Made::now;
}

topup::Sealer sealer_of(const fs::path& database) {
  return journal_sealer(master_key_of(database.parent_path()));
}

void copy_shop(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::create_directories(to);
  prepare_data_dir(to);
  for (const auto* file : {"topup.db", "master.key"})
    fs::copy_file(from / file, to / file);
  // Else the kernel writes gigabytes of it to the disk while it is measured.
  sync_all(to);
}

std::vector<std::string> api_keys(const fs::path& dir) {
  auto master = master_key_of(dir);
  std::vector<std::string> keys;
  inspect_file(database(dir), [&](const topup::Archive& archive) {
    archive.each(topup::Archive::Each<topup::User>{[&](const topup::User& user) {
      if (user.role == topup::Role::reseller)
        keys.push_back(unseal(master, SealPurpose::api_key, user.credentials.key_sealed).value());
    }});
  });
  return keys;
}

}  // namespace topupd::bench
