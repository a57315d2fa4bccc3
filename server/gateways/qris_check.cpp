// read_static(): the rules for a code that an operator pastes.

#include <algorithm>
#include <array>

#include "gateways/emv.h"
#include "gateways/qris.h"

namespace topupd::qris {
namespace {

constexpr std::size_t kTextMax = 512;
constexpr std::size_t kAmountRoom = 12;     // "5408" and eight digits
constexpr std::size_t kInitiationRoom = 6;  // "010212", where 01 is missing

constexpr std::array<std::string_view, 11> kBlanks = {
    " ",           "\t",           "\n",           "\r",           "\f",
    "\v",          "\xEF\xBB\xBF", "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D",
    "\xE2\x81\xA0"};
constexpr std::array<std::string_view, 5> kTransferPurposes = {"BOOK", "DMCT", "XBCT", "CDPT",
                                                               "CWDL"};
constexpr std::array<std::string_view, 7> kSizeClasses = {"UMI", "UKE", "UME", "UBE",
                                                          "URE", "PSO", "BLU"};

using Found = std::optional<Refusal>;

template <std::size_t N>
bool one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Blanks, byte order marks and zero-width characters, as copying from a chat leaves them.
std::string_view trimmed(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (auto blank : kBlanks) {
      if (text.size() < blank.size()) continue;
      if (text.substr(0, blank.size()) == blank) {
        text.remove_prefix(blank.size());
        again = true;
      } else if (text.substr(text.size() - blank.size()) == blank) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

bool is_account(std::string_view id) { return id >= "26" && id <= "45"; }
bool is_account_or_repository(std::string_view id) { return id >= "26" && id <= "51"; }

Found check_text(std::string_view text) {
  if (text.empty()) return Refusal{Problem::empty};
  if (text.size() > kTextMax) return Refusal{Problem::too_long};
  if (std::any_of(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7E; }))
    return Refusal{Problem::not_printable};
  if (text.substr(0, 6) != "000201") return Refusal{Problem::not_qris};
  return std::nullopt;
}

Found check_duplicates(const emv::Objects& objects) {
  if (auto id = emv::repeated_id(objects); !id.empty())
    return Refusal{Problem::duplicate_field, std::string{id}};
  for (const auto& o : objects) {
    if (!is_account_or_repository(o.id) && o.id != "62") continue;
    auto inner = emv::parse(o.value);
    if (!inner) continue;
    if (auto id = emv::repeated_id(*inner); !id.empty())
      return Refusal{Problem::duplicate_field, std::string{o.id} + "/" + std::string{id}};
  }
  return std::nullopt;
}

Found check_crc(const emv::Objects& objects, std::string_view text) {
  const auto* crc = emv::find(objects, "63");
  if (!crc) return Refusal{Problem::crc_missing};
  if (crc != &objects.back()) return Refusal{Problem::crc_not_last};
  if (crc->value.size() != 4) return Refusal{Problem::crc_mismatch};
  auto right = emv::checksum(text.substr(0, text.size() - 4));
  bool same = std::equal(right.begin(), right.end(), crc->value.begin(), [](char a, char b) {
    return a == (b >= 'a' && b <= 'f' ? static_cast<char>(b - 32) : b);
  });
  if (!same) return Refusal{Problem::crc_mismatch};
  return std::nullopt;
}

bool is_transfer(const emv::Objects& objects) {
  auto extra = emv::parse(emv::value_of(objects, "62"));
  return emv::find(objects, "40") && extra &&
         one_of(emv::value_of(*extra, "08"), kTransferPurposes);
}

Found check_purpose(const emv::Objects& objects) {
  const auto* initiation = emv::find(objects, "01");
  if (initiation && initiation->value != "11" && initiation->value != "12")
    return Refusal{Problem::wrong_initiation, "01"};
  // Before "dynamic", because asking for the static form of a transfer code would mislead.
  if (is_transfer(objects)) return Refusal{Problem::transfer_code};
  if (initiation && initiation->value == "12") return Refusal{Problem::already_dynamic, "01"};
  if (emv::find(objects, "54")) return Refusal{Problem::amount_fixed, "54"};
  for (std::string_view id : {"55", "56", "57"})
    if (emv::find(objects, id)) return Refusal{Problem::tip_or_fee, std::string{id}};
  return std::nullopt;
}

Found check_required(const emv::Objects& objects) {
  for (std::string_view id : {"52", "53", "58", "59", "60"})
    if (!emv::find(objects, id)) return Refusal{Problem::field_missing, std::string{id}};
  auto category = emv::value_of(objects, "52");
  if (category.size() != 4 || !all_digits(category)) return Refusal{Problem::field_missing, "52"};
  if (emv::value_of(objects, "53") != "360") return Refusal{Problem::wrong_currency, "53"};
  if (emv::value_of(objects, "58") != "ID") return Refusal{Problem::wrong_country, "58"};
  return std::nullopt;
}

Found check_accounts(const emv::Objects& objects) {
  bool any = false;
  for (const auto& o : objects) {
    if (!is_account_or_repository(o.id)) continue;
    any = true;
    auto refused = [&](std::string_view inside) {
      return Refusal{Problem::bad_merchant_account, std::string{o.id} + std::string{inside}};
    };
    auto inner = emv::parse(o.value);
    if (!inner) return refused("");
    if (!is_account(o.id)) continue;
    if (!emv::find(*inner, "00")) return refused("/00");
    auto pan = emv::value_of(*inner, "01");
    if (!all_digits(pan) || pan.size() > 19) return refused("/01");
    if (!emv::find(*inner, "02")) return refused("/02");
  }
  if (!any) return Refusal{Problem::no_merchant_account};
  return std::nullopt;
}

Found check_room(const emv::Objects& objects, std::string_view text) {
  auto room = kAmountRoom + (emv::find(objects, "01") ? 0 : kInitiationRoom);
  if (text.size() + room > kTextMax) return Refusal{Problem::too_long};
  return std::nullopt;
}

Found check(const emv::Objects& objects, std::string_view text) {
  if (auto found = check_duplicates(objects)) return found;
  if (auto found = check_crc(objects, text)) return found;
  if (auto found = check_purpose(objects)) return found;
  if (auto found = check_required(objects)) return found;
  if (auto found = check_accounts(objects)) return found;
  return check_room(objects, text);
}

class Notes {
 public:
  void add_if(bool condition, Warning warning) {
    bool known = std::find(list_.begin(), list_.end(), warning) != list_.end();
    if (condition && !known) list_.push_back(warning);
  }
  std::vector<Warning> take() { return std::move(list_); }

 private:
  std::vector<Warning> list_;
};

bool usual_nmid(std::string_view nmid) {
  return nmid.size() == 15 && nmid.substr(0, 2) == "ID" && all_digits(nmid.substr(2));
}

bool known_size(std::string_view size) { return size.empty() || one_of(size, kSizeClasses); }

std::vector<Warning> warnings(const emv::Objects& objects) {
  Notes notes;
  auto crc = emv::value_of(objects, "63");
  notes.add_if(crc.find_first_of("abcdef") != std::string_view::npos, Warning::lower_case_crc);
  notes.add_if(!emv::find(objects, "51"), Warning::no_repository);
  notes.add_if(!emv::find(objects, "61"), Warning::no_postal_code);
  notes.add_if(emv::value_of(objects, "59").size() > 25, Warning::long_name);
  notes.add_if(emv::value_of(objects, "60").size() > 15, Warning::long_city);
  for (const auto& o : objects) {
    auto inner = emv::parse(o.value);
    notes.add_if((o.id == "62" || o.id >= "64") && !inner, Warning::opaque_template);
    if (!inner || !is_account_or_repository(o.id)) continue;
    if (is_account(o.id) || o.id == "51")
      notes.add_if(!known_size(emv::value_of(*inner, "03")), Warning::unknown_size_class);
    if (is_account(o.id))
      notes.add_if(emv::value_of(*inner, "01").substr(0, 4) != "9360", Warning::unusual_pan);
    if (o.id == "51") notes.add_if(!usual_nmid(emv::value_of(*inner, "02")), Warning::unusual_nmid);
  }
  return notes.take();
}

Merchant merchant(const emv::Objects& objects) {
  Merchant m;
  m.name = emv::value_of(objects, "59");
  m.city = emv::value_of(objects, "60");
  for (const auto& o : objects) {
    if (!is_account(o.id) && o.id != "51") continue;
    auto inner = emv::parse(o.value).value_or(emv::Objects{});
    if (o.id == "51") m.nmid = emv::value_of(inner, "02");
    if (o.id != "51") m.acquirers.emplace_back(emv::value_of(inner, "00"));
    if (m.size_class.empty()) m.size_class = emv::value_of(inner, "03");
  }
  return m;
}

}  // namespace

std::variant<StaticCode, Refusal> read_static(std::string_view pasted) {
  auto text = trimmed(pasted);
  if (auto found = check_text(text)) return *found;
  auto objects = emv::parse(text);
  if (!objects) return Refusal{Problem::malformed};
  if (auto found = check(*objects, text)) return *found;
  return StaticCode{std::string{text}, merchant(*objects), warnings(*objects)};
}

}  // namespace topupd::qris
