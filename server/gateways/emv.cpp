#include "gateways/emv.h"

#include <algorithm>
#include <stdexcept>

namespace topupd::emv {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool two_digits(std::string_view text) {
  return text.size() == 2 && is_digit(text[0]) && is_digit(text[1]);
}

std::size_t digit(char c) { return static_cast<std::size_t>(c - '0'); }

constexpr std::size_t kHead = 4;  // id and length
constexpr std::string_view kHex = "0123456789ABCDEF";

}  // namespace

std::optional<Objects> parse(std::string_view text) {
  Objects objects;
  while (!text.empty()) {
    auto id = text.substr(0, 2);
    auto length = text.size() < 2 ? std::string_view{} : text.substr(2, 2);
    if (!two_digits(id) || !two_digits(length)) return std::nullopt;
    auto size = digit(length[0]) * 10 + digit(length[1]);
    if (size == 0 || size > text.size() - kHead) return std::nullopt;
    objects.push_back({id, text.substr(kHead, size), text.substr(0, kHead + size)});
    text.remove_prefix(kHead + size);
  }
  return objects;
}

const Object* find(const Objects& objects, std::string_view id) {
  auto found =
      std::find_if(objects.begin(), objects.end(), [&](const Object& o) { return o.id == id; });
  return found == objects.end() ? nullptr : &*found;
}

std::string_view value_of(const Objects& objects, std::string_view id) {
  const auto* found = find(objects, id);
  return found ? found->value : std::string_view{};
}

std::string_view repeated_id(const Objects& objects) {
  for (auto at = objects.begin(); at != objects.end(); ++at)
    if (std::any_of(objects.begin(), at, [&](const Object& o) { return o.id == at->id; }))
      return at->id;
  return {};
}

std::string object(std::string_view id, std::string_view value) {
  if (value.empty() || value.size() > 99) throw std::length_error{"EMV value of 0 or over 99"};
  std::string text{id};
  text += static_cast<char>('0' + value.size() / 10);
  text += static_cast<char>('0' + value.size() % 10);
  text += value;
  return text;
}

std::uint16_t crc16(std::string_view bytes) {
  unsigned crc = 0xFFFF;
  for (char c : bytes) {
    crc ^= static_cast<unsigned>(static_cast<unsigned char>(c)) << 8U;
    for (int bit = 0; bit < 8; ++bit)
      crc = ((crc & 0x8000U) ? (crc << 1U) ^ 0x1021U : crc << 1U) & 0xFFFFU;
  }
  return static_cast<std::uint16_t>(crc);
}

std::string checksum(std::string_view text_with_6304) {
  unsigned crc = crc16(text_with_6304);
  return {kHex[crc >> 12U], kHex[(crc >> 8U) & 15U], kHex[(crc >> 4U) & 15U], kHex[crc & 15U]};
}

std::string sealed(std::string text) {
  text += "6304";
  text += checksum(text);
  return text;
}

}  // namespace topupd::emv
