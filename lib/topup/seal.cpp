#include "topup/seal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

namespace topup {
namespace {

// Fields one after the other, each with its length, so that no two lists give the same bytes.
class Bytes {
 public:
  explicit Bytes(std::string_view kind) { add(kind); }

  template <class... Fields>
  Bytes& operator()(const Fields&... fields) {
    (add(fields), ...);
    return *this;
  }
  std::string text() const { return std::string{view()}; }
  std::string_view view() const { return {many_.empty() ? few_.data() : many_.data(), size_}; }

 private:
  // Room for so many bytes more, which count as added.
  char* grow(std::size_t count) {
    const auto at = size_;
    size_ += count;
    if (many_.empty() && size_ <= few_.size()) return few_.data() + at;
    if (many_.empty()) many_.assign(few_.data(), at);
    if (size_ > many_.size()) many_.resize(2 * size_);
    return many_.data() + at;
  }
  void add(std::int64_t value) {
    char* out = grow(sizeof value);
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(out, &value, sizeof value);
    } else {
      auto bits = static_cast<std::uint64_t>(value);
      for (char& byte : std::span{out, sizeof value}) {
        byte = static_cast<char>(bits & 0xffU);
        bits >>= 8U;
      }
    }
  }
  void add(int value) { add(std::int64_t{value}); }
  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    std::copy(text.begin(), text.end(), grow(text.size()));
  }
  void add(const std::string& text) { add(std::string_view{text}); }
  void add(Money value) { add(value.units()); }
  void add(Timestamp value) { add(std::int64_t{value.time_since_epoch().count()}); }
  void add(const std::optional<Timestamp>& value) {
    add(value ? 1 : 0);
    add(value.value_or(Timestamp{}));
  }
  void add(EntryId value) { add(value.value); }
  void add(PostingId value) { add(value.value); }
  template <Table kTable>
  void add(Id<kTable> value) {
    add(value.value);
  }
  void add(const Cause& cause) { operator()(name(cause.actor), cause.id); }
  void add(LedgerAccount account) { operator()(name(account.kind), account.owner); }
  void add(const Mark& mark) { operator()(mark.after, mark.version, mark.previous); }
  void add(const Digest& digest) { std::copy(digest.begin(), digest.end(), grow(digest.size())); }
  template <class Enum>
  requires std::is_enum_v<Enum>
  void add(Enum value) { add(name(value)); }

  std::array<char, 512> few_{};  // enough for most records
  std::string many_;             // holds everything once that was too little
  std::size_t size_ = 0;         // of what was added
};

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::optional<std::int64_t> number_before(std::string_view& text, char end) {
  std::int64_t number = 0;
  const auto* last = text.data() + text.size();
  auto [at, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc{} || number < 0 || at == last || *at != end) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(at + 1 - text.data()));
  return number;
}

}  // namespace

std::string canonical(const Order& r) {
  return Bytes{"order"}(r.id, r.invoice, r.user, r.previous, r.mode, r.service, r.target, r.nometer,
                        r.ref_id, r.state, r.price, r.fee, r.selling, r.max_cost, r.price_trace,
                        r.customer_name, r.customer_phone, r.sn, r.salt, r.created_at, r.updated_at)
      .text();
}

std::string canonical(const Attempt& r) {
  return Bytes{"attempt"}(r.id, r.order, r.number, r.offer, r.provider, r.sku, r.state, r.cost,
                          r.final_cost, r.provider_reference, r.code, r.sent_at, r.inquired_at,
                          r.not_found, r.created_at)
      .text();
}

std::string canonical(const Charge& r) {
  return Bytes{"charge"}(r.id, r.code, r.purpose, r.user, r.order, r.gateway, r.state, r.nominal,
                         r.fee, r.asked_fee, r.unique_code, r.expires_at, r.created_at,
                         r.settled_at)
      .text();
}

std::string canonical(const Receipt& r) {
  return Bytes{"receipt"}(r.id, r.gateway, r.payment_id, r.charge, r.user, r.state, r.amount, r.fee,
                          r.paid_at, r.created_at)
      .text();
}

std::string canonical(const Withdrawal& r) {
  return Bytes{"withdrawal"}(r.id, r.user, r.state, r.amount, r.fee, r.bank, r.account_number,
                             r.account_name, r.note, r.salt, r.created_at, r.updated_at)
      .text();
}

std::string canonical(const Adjustment& r) {
  return Bytes{"adjustment"}(r.id, r.user, r.state, r.amount, r.reason, r.proposed_by, r.decided_by,
                             r.created_at, r.updated_at)
      .text();
}

std::string canonical(const Prefund& r) {
  return Bytes{"prefund"}(r.id, r.provider, r.state, r.amount, r.bank_fee, r.created_at).text();
}

std::int64_t made_of(const Hash& hash, std::string_view canonical) {
  if (canonical.empty()) return 0;
  auto digest = hash(canonical);
  std::uint64_t bits = 0;
  for (unsigned byte = 0; byte < sizeof bits; ++byte)
    bits |= std::uint64_t{digest.at(byte)} << 8 * byte;
  return static_cast<std::int64_t>(bits);
}

Digest seal_of(const Hash& hash, const Digest& previous, const StoredEntry& entry,
               const StoredPosting& posting) {
  Bytes bytes{"posting"};
  bytes(previous, entry.id, entry.kind, entry.ref, entry.at, entry.cause);
  bytes(posting.id, posting.entry, posting.posting.debit, posting.posting.credit,
        posting.posting.amount, posting.debit, posting.credit);
  return hash(bytes.view());
}

Digest seal_of(const Hash& hash, const Digest& previous, const Step& step) {
  Bytes bytes{"step"};
  bytes(previous, step.subject, step.id, step.event, step.from, step.to, step.cause, step.at,
        step.made);
  return hash(bytes.view());
}

Digest joined(const Digest& posting, const Digest& step) {
  Digest both{};
  std::transform(
      posting.begin(), posting.end(), step.begin(), both.begin(),
      [](unsigned char a, unsigned char b) { return static_cast<unsigned char>(a ^ b); });
  return both;
}

NotedHead noted(const JournalHead& head) {
  return {head.posting.value, head.step, joined(head.posting_seal, head.step_seal)};
}

std::string text(const NotedHead& head) {
  auto line = std::to_string(head.postings) + "-" + std::to_string(head.steps) + "-";
  for (auto byte : head.seal) {
    line += kHexDigits[byte >> 4U];
    line += kHexDigits[byte & 0xfU];
  }
  return line;
}

std::optional<NotedHead> noted_head_from(std::string_view written) {
  auto text = written;
  auto postings = number_before(text, '-');
  if (!postings) return std::nullopt;
  auto steps = number_before(text, '-');
  NotedHead head;
  if (!steps || text.size() != 2 * head.seal.size()) return std::nullopt;
  head.postings = *postings;
  head.steps = *steps;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto digit = kHexDigits.find(text[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    auto& byte = head.seal.at(i / 2);
    byte = static_cast<unsigned char>(std::size_t{byte} << 4U | digit);
  }
  if (topup::text(head) != written) return std::nullopt;  // 07 is written 7
  return head;
}

}  // namespace topup
