#include "http/edge_target.h"

#include <algorithm>
#include <utility>

namespace topupd::http {

namespace {

// 0 to 15; -1: no hexadecimal digit.
int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

// The byte that "%xx" at `at` stands for; -1: malformed.
int escaped_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool is_control(int byte) { return byte < 0x20 || byte == 0x7f; }

std::optional<std::string> decode_path(std::string_view text) {
  std::string path;
  path.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      path += text[at];
      continue;
    }
    const int byte = escaped_byte(text, at);
    if (byte < 0 || is_control(byte)) return std::nullopt;
    path += static_cast<char>(byte);
    at += 2;
  }
  return path;
}

std::string decode_query(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int byte = text[at] == '%' ? escaped_byte(text, at) : -1;
    if (byte >= 0) {
      decoded += static_cast<char>(byte);
      at += 2;
    } else {
      decoded += text[at] == '+' ? ' ' : text[at];
    }
  }
  return decoded;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(),
                    [](char a, char b) { return a == b || (b >= 'A' && b <= 'Z' && a == b + 32); });
}

// "host" of "http://host/path", the absolute form, which proxies use and every server must take,
// and cuts it off `text`.  Empty: `text` has another form.
std::optional<std::string_view> take_authority(std::string_view& text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_ignoring_case(text, scheme)) continue;
    text.remove_prefix(scheme.size());
    const std::string_view authority = text.substr(0, text.find_first_of("/?"));
    text.remove_prefix(authority.size());
    return authority;
  }
  return std::nullopt;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter_or_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) ||
           std::string_view("-._~%!$&'()*+;=").find(c) != std::string::npos;
  });
}

bool is_ipv6(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return hex_value(c) >= 0 || c == ':' || c == '.';
  });
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  const auto is_allowed = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
  if (!std::all_of(text.begin(), text.end(), is_allowed)) return std::nullopt;
  const auto authority = take_authority(text);
  if (authority && !is_authority(*authority)) return std::nullopt;
  const auto mark = text.find('?');
  const std::string_view raw_path = text.substr(0, mark);
  auto path = decode_path(raw_path.empty() && authority ? "/" : raw_path);
  if (!path || path->empty() || path->front() != '/') return std::nullopt;
  Target target{std::move(*path), {}, std::string(authority.value_or(""))};
  if (mark != std::string_view::npos) target.query = parse_query(text.substr(mark + 1));
  return target;
}

bool is_authority(std::string_view text) {
  const auto bracket = text.find(']');
  const auto colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = text.substr(0, colon);
  if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
  const bool has_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return has_brackets ? is_ipv6(host.substr(1, host.size() - 2)) : is_name(host);
}

Pairs parse_query(std::string_view text) {
  Pairs pairs;
  while (!text.empty()) {
    const auto end = text.find('&');
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (piece.empty()) continue;
    const auto equals = piece.find('=');
    pairs.emplace_back(
        decode_query(piece.substr(0, equals)),
        equals == std::string_view::npos ? std::string() : decode_query(piece.substr(equals + 1)));
  }
  return pairs;
}

}  // namespace topupd::http
