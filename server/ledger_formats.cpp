#include "ledger_formats.h"

#include <charconv>

#include "http/api/csv.h"
#include "wib.h"

namespace topupd {
namespace {

std::string day(topup::Timestamp at) { return to_wib(at).substr(0, 10); }

std::string rupiah(std::int64_t units) { return std::to_string(units) + " IDR"; }

std::string owner_of(NamedAccount account) {
  if (!account.username.empty()) return std::string{account.username};
  return account.account.owner == 0 ? "" : std::to_string(account.account.owner);
}

// The word that both programs begin an account's name with.
std::string root(topup::AccountKind kind) {
  switch (topup::class_of(kind)) {
    case topup::AccountClass::asset: return "assets";
    case topup::AccountClass::liability: return "liabilities";
    case topup::AccountClass::income: return "income";
    case topup::AccountClass::expense: return "expenses";
    case topup::AccountClass::equity: return "equity";
  }
  return "";
}

std::string capitalised(std::string word) {
  word.front() = static_cast<char>(word.front() - 'a' + 'A');
  return word;
}

class Hledger final : public LedgerText {
 public:
  std::string head() const override {
    return "; The ledger of a topupd, debits positive, in whole rupiah.\n"
           "commodity 1000. IDR\n";
  }

  std::string opened(NamedAccount account, topup::Timestamp) const override {
    return "account " + name(account) + "\n";
  }

  std::string entry(const topup::StoredEntry& entry,
                    const std::vector<LedgerLine>& lines) const override {
    auto text = "\n" + day(entry.at) + " * (" + std::to_string(entry.id.value) + ") " +
                std::string{topup::name(entry.kind)} + "  ; ref:" + std::to_string(entry.ref) +
                ", cause:" + topup::text(entry.cause) + ", at:" + to_wib_ms(entry.at) + "\n";
    for (const auto& [account, debited] : lines)
      text += "    " + name(account) + "  " + rupiah(debited) + "\n";
    return text;
  }

  std::string balances(const std::vector<LedgerLine>& balances,
                       topup::Timestamp last) const override {
    auto text = "\n" + day(last) + " * what topupd keeps as balances\n";
    for (const auto& [account, debited] : balances)
      text += "    " + name(account) + "  0 IDR = " + rupiah(debited) + "\n";
    return text;
  }

 private:
  static std::string name(NamedAccount account) {
    auto text = root(account.account.kind) + ":" + std::string{topup::name(account.account.kind)};
    auto owner = owner_of(account);
    return owner.empty() ? text : text + ":" + owner;
  }
};

class Beancount final : public LedgerText {
 public:
  std::string head() const override {
    return "; The ledger of a topupd, debits positive, in whole rupiah.\n"
           "option \"title\" \"topupd\"\n"
           "option \"operating_currency\" \"IDR\"\n";
  }

  std::string opened(NamedAccount account, topup::Timestamp at) const override {
    auto text = "\n" + day(at) + " open " + name(account) + " IDR\n";
    if (!account.username.empty())
      text += "  username: \"" + std::string{account.username} + "\"\n";
    return text;
  }

  std::string entry(const topup::StoredEntry& entry,
                    const std::vector<LedgerLine>& lines) const override {
    auto text = "\n" + day(entry.at) + " * \"" + std::string{topup::name(entry.kind)} +
                "\"\n  entry: " + std::to_string(entry.id.value) +
                "\n  ref: " + std::to_string(entry.ref) + "\n  cause: \"" +
                topup::text(entry.cause) + "\"\n  at: \"" + to_wib_ms(entry.at) + "\"\n";
    for (const auto& [account, debited] : lines)
      text += "  " + name(account) + "  " + rupiah(debited) + "\n";
    return text;
  }

  // An assertion holds at the beginning of its day.
  std::string balances(const std::vector<LedgerLine>& balances,
                       topup::Timestamp last) const override {
    std::string text = "\n";
    for (const auto& [account, debited] : balances)
      text += day(last + std::chrono::hours{24}) + " balance " + name(account) + "  " +
              rupiah(debited) + "\n";
    return text;
  }

 private:
  // user_balance is User-balance.
  static std::string name(NamedAccount account) {
    std::string word{topup::name(account.account.kind)};
    for (char& c : word)
      if (c == '_') c = '-';
    auto text = capitalised(root(account.account.kind)) + ":" + capitalised(word);
    if (!account.username.empty()) return text + ":" + beancount_part(account.username);
    auto owner = owner_of(account);
    return owner.empty() ? text : text + ":" + owner;
  }
};

class Csv final : public LedgerText {
 public:
  std::string head() const override {
    return http::csv_line(
        {"entry", "at", "kind", "ref", "cause", "account", "owner", "username", "debited"});
  }

  std::string opened(NamedAccount, topup::Timestamp) const override { return ""; }

  std::string entry(const topup::StoredEntry& entry,
                    const std::vector<LedgerLine>& lines) const override {
    std::string text;
    for (const auto& [account, debited] : lines)
      text += http::csv_line(
          {std::to_string(entry.id.value), to_wib_ms(entry.at), topup::name(entry.kind),
           std::to_string(entry.ref), topup::text(entry.cause), topup::name(account.account.kind),
           std::to_string(account.account.owner), account.username, std::to_string(debited)});
    return text;
  }

  std::string balances(const std::vector<LedgerLine>&, topup::Timestamp) const override {
    return "";
  }
};

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

constexpr std::string_view kHex = "0123456789abcdef";

}  // namespace

std::unique_ptr<LedgerText> ledger_text(LedgerFormat format) {
  switch (format) {
    case LedgerFormat::hledger: return std::make_unique<Hledger>();
    case LedgerFormat::beancount: return std::make_unique<Beancount>();
    case LedgerFormat::csv: return std::make_unique<Csv>();
  }
  return nullptr;
}

std::string beancount_part(std::string_view username) {
  std::string part = "U";
  for (const char c : username) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain(c))
      part += c;
    else
      (part += 'X') += {kHex[byte / 16], kHex[byte % 16]};
  }
  return part;
}

std::string username_of_beancount_part(std::string_view part) {
  if (!part.starts_with('U')) return "";
  part.remove_prefix(1);
  std::string username;
  while (!part.empty()) {
    if (is_plain(part.front())) {
      username += part.front();
      part.remove_prefix(1);
      continue;
    }
    unsigned byte = 0;
    if (part.size() < 3 || part.front() != 'X') return "";
    const auto* end = part.data() + 3;
    if (std::from_chars(part.data() + 1, end, byte, 16).ptr != end) return "";
    username += static_cast<char>(byte);
    part.remove_prefix(3);
  }
  return username;
}

}  // namespace topupd
