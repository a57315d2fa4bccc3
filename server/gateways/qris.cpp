#include "gateways/qris.h"

#include <algorithm>
#include <stdexcept>

#include "gateways/emv.h"

namespace topupd::qris {
namespace {

constexpr std::int64_t kStaticAmountMax = 10'000'000;
constexpr std::int64_t kAmountMax = 9'999'999'999'999;  // 13 digits, the width of field 54

bool printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

std::string padded(std::int64_t number, std::size_t width) {
  auto digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

// "15000", "15000." and "15000.00" are the same; anything but zeros after the point is not rupiah.
std::optional<std::int64_t> whole_rupiah(std::string_view text) {
  if (text.size() > 13) return std::nullopt;
  auto point = text.find('.');
  auto digits = text.substr(0, point);
  auto cents = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (digits.empty() || digits.front() == '0') return std::nullopt;
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  if (cents.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
  return std::stoll(std::string{digits});
}

// The objects of a text whose structure and checksum are right.
std::optional<emv::Objects> intact_objects(std::string_view text) {
  if (text.substr(0, 6) != "000201") return std::nullopt;
  auto objects = emv::parse(text);
  if (!objects || !emv::repeated_id(*objects).empty()) return std::nullopt;
  const auto& last = objects->back();
  if (last.id != "63" || last.value.size() != 4) return std::nullopt;
  std::string crc{last.value};
  std::transform(crc.begin(), crc.end(), crc.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  if (crc != emv::checksum(text.substr(0, text.size() - 4))) return std::nullopt;
  return objects;
}

std::string checked(std::string_view text, std::size_t size_max) {
  if (text.empty() || text.size() > size_max || !printable(text))
    throw std::invalid_argument{"text of a QRIS code"};
  return std::string{text};
}

}  // namespace

std::optional<std::string> with_amount(const StaticCode& code, std::int64_t amount) {
  if (amount < 1 || amount > kStaticAmountMax) return std::nullopt;
  auto objects = intact_objects(code.text);
  if (!objects || !emv::find(*objects, "58")) return std::nullopt;
  std::string text;
  for (const auto& o : *objects) {
    if (o.id == "01" || o.id == "63" || (o.id >= "54" && o.id <= "57")) continue;
    if (o.id == "58") text += emv::object("54", std::to_string(amount));
    text += o.whole;
    // 01 keeps no place of its own: right after 00 is where every code has it.
    if (o.id == "00") text += "010212";
  }
  return emv::sealed(std::move(text));
}

std::optional<IssuedCode> read_issued(std::string_view text) {
  auto objects = intact_objects(text);
  if (!objects) return std::nullopt;
  IssuedCode issued;
  issued.merchant_name = emv::value_of(*objects, "59");
  if (const auto* field = emv::find(*objects, "54")) {
    issued.amount = whole_rupiah(field->value);
    if (!issued.amount) return std::nullopt;
  }
  if (auto extra = emv::parse(emv::value_of(*objects, "62")))
    issued.reference = emv::value_of(*extra, "05");
  return issued;
}

std::string make_dynamic(const NewCode& c) {
  if (c.amount < 1 || c.amount > kAmountMax) throw std::invalid_argument{"amount of a QRIS code"};
  if (c.serial < 0 || c.serial > kAmountMax) throw std::invalid_argument{"serial of a QRIS code"};
  auto account = emv::object("00", "ID.CO.SANDBOX.WWW") +
                 // 93600000 names no bank.
                 emv::object("01", "93600000" + padded(c.serial % 10'000'000'000, 10)) +
                 emv::object("02", checked(c.merchant_id, 15)) + emv::object("03", "UMI");
  auto repository = emv::object("00", "ID.CO.QRIS.WWW") +
                    emv::object("02", "ID" + padded(c.serial, 13)) + emv::object("03", "UMI");
  auto extra = emv::object("05", checked(c.reference, 25)) + emv::object("07", "A01");
  return emv::sealed("000201010212" + emv::object("26", account) + emv::object("51", repository) +
                     emv::object("52", "4814") + emv::object("53", "360") +
                     emv::object("54", std::to_string(c.amount)) + emv::object("58", "ID") +
                     emv::object("59", checked(c.merchant_name.substr(0, 25), 25)) +
                     emv::object("60", checked(c.city.substr(0, 15), 15)) +
                     emv::object("61", "10110") + emv::object("62", extra));
}

}  // namespace topupd::qris
