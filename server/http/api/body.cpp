#include "http/api/body.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "http/api/text.h"

namespace topupd::http {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Empty for a '%' that two hex digits do not follow.
std::optional<std::string> form_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]);
    const int low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// Two values for one name are a value of no known form: neither is taken.
void put(Values& values, std::string name, std::string text) {
  const auto [place, is_new] =
      values.try_emplace(std::move(name), Value{Value::Kind::text, std::move(text)});
  if (!is_new) place->second = {Value::Kind::other};
}

std::optional<Values> parse_form(std::string_view body) {
  Values values;
  while (!body.empty()) {
    const auto pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = form_decoded(pair.substr(0, equals));
    auto text = form_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1));
    if (!name || !text) return std::nullopt;
    put(values, std::move(*name), std::move(*text));
  }
  return values;
}

bool looks_like_json(std::string_view body) {
  const auto first = body.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (body[first] == '{' || body[first] == '[');
}

enum class BodyKind { json, form, unsupported };

// curl and PHP call every body a form unless they are told otherwise, so one that starts like
// JSON is read as that; no form field of ours starts so.
BodyKind body_kind(const Request& request) {
  const auto header = request.header("content-type");
  const auto semicolon = header.find(';');
  const auto type = to_lower_ascii(trimmed(header.substr(0, semicolon)));
  if (type == "application/json") {
    const auto rest = semicolon == std::string_view::npos
                          ? std::string{}
                          : to_lower_ascii(trimmed(header.substr(semicolon + 1)));
    const bool is_utf8 = rest.find("charset") == std::string::npos ||
                         rest.find("utf-8") != std::string::npos ||
                         rest.find("utf8") != std::string::npos;
    return is_utf8 ? BodyKind::json : BodyKind::unsupported;
  }
  if (type.empty() || type == "application/x-www-form-urlencoded")
    return looks_like_json(request.body) ? BodyKind::json : BodyKind::form;
  return BodyKind::unsupported;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Where it is broken, and never a byte of it: a body may hold a password.
Fault fault_of(const BadJson& bad, std::size_t size) {
  Fault fault{ErrorCode::invalid_parameter};
  const auto at = std::to_string(bad.at);
  switch (bad.flaw) {
    case JsonFlaw::malformed:
      if (bad.at < size) {
        fault.pesan = "Isi permintaan bukan JSON yang benar: salah di byte " + at + ", dari 0.";
        fault.message = "The body is broken JSON: wrong at byte " + at + ", counted from 0.";
      } else {
        fault.pesan = "Isi permintaan bukan JSON yang benar: terputus setelah byte ke-" + at + ".";
        fault.message = "The body is broken JSON: it ends too early, after " + at + " bytes.";
      }
      break;
    case JsonFlaw::not_an_object:
      fault.pesan = "Isi permintaan JSON harus sebuah objek.";
      fault.message = "The body is JSON, but no object.";
      break;
    case JsonFlaw::name_twice:
      fault.pesan = "Isi permintaan JSON memuat satu nama dua kali.";
      fault.message = "The body is a JSON object that has a name twice.";
      break;
    case JsonFlaw::too_deep:
      fault.pesan = "Isi permintaan JSON bersarang terlalu dalam.";
      fault.message = "The body is JSON that nests too deep.";
      break;
  }
  return fault;
}

std::variant<Values, Fault> json_values(std::string_view body) {
  auto parsed = parse_json_object(body);
  if (const auto* bad = std::get_if<BadJson>(&parsed)) return fault_of(*bad, body.size());
  return std::get<Values>(std::move(parsed));
}

std::variant<Values, Fault> form_values(std::string_view body) {
  auto values = parse_form(body);
  if (values) return *std::move(values);
  return Fault{.code = ErrorCode::invalid_parameter,
               .pesan = "Isi permintaan bukan form yang benar: % tanpa dua digit heksadesimal.",
               .message = "The body is a broken form: a % without two hexadecimal digits."};
}

}  // namespace

Values values_of(const Pairs& pairs) {
  Values values;
  for (const auto& [name, text] : pairs)
    put(values, name, text);
  return values;
}

std::variant<Values, Fault> body_values(const Request& request) {
  if (is_blank(request.body)) return Values{};
  switch (body_kind(request)) {
    case BodyKind::json: return json_values(request.body);
    case BodyKind::form: return form_values(request.body);
    case BodyKind::unsupported: break;
  }
  return Fault{ErrorCode::unsupported_media_type};
}

}  // namespace topupd::http
