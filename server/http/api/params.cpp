#include "http/api/params.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "http/api/text.h"
#include "wib.h"

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

Values values_of(const Pairs& pairs) {
  Values values;
  for (const auto& [name, text] : pairs)
    put(values, name, text);
  return values;
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

bool takes(ParameterType type, Value::Kind kind) {
  switch (kind) {
    case Value::Kind::text: return true;
    case Value::Kind::integer:
      return type == ParameterType::code || type == ParameterType::money ||
             type == ParameterType::count || type == ParameterType::flag;
    case Value::Kind::flag: return type == ParameterType::flag;
    case Value::Kind::list: return type == ParameterType::list;
    case Value::Kind::null:
    case Value::Kind::other: return false;
  }
  return false;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    parts.emplace_back(part);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return parts;
}

bool is_within(std::size_t length, const Parameter& parameter) {
  const auto signed_length = static_cast<std::int64_t>(length);
  return signed_length >= parameter.min && signed_length <= parameter.max;
}

bool is_choice(std::string_view text, std::string_view choices) {
  if (choices.empty()) return true;
  while (true) {
    const auto bar = choices.find('|');
    if (text == choices.substr(0, bar)) return true;
    if (bar == std::string_view::npos) return false;
    choices.remove_prefix(bar + 1);
  }
}

// Empty if the text does not have the parameter's form.
std::optional<std::string> accepted(const std::string& text, const Parameter& parameter) {
  auto clean = clean_text(text);
  if (!clean) return std::nullopt;
  switch (parameter.type) {
    case ParameterType::secret:
      if (!is_within(text.size(), parameter)) return std::nullopt;
      return text;
    case ParameterType::code:
      if (!is_printable_ascii(text)) return std::nullopt;
      break;
    case ParameterType::text:
    case ParameterType::money:
    case ParameterType::count:
    case ParameterType::flag:
    case ParameterType::list:
    case ParameterType::from:
    case ParameterType::to: break;
  }
  if (!is_within(length_of(*clean), parameter)) return std::nullopt;
  if (!is_choice(*clean, parameter.choices)) return std::nullopt;
  return clean;
}

}  // namespace

std::variant<Params, Fault> Params::of(const Request& request) {
  Params params;
  params.sources_.push_back(values_of(request.path_parameters));
  if (!is_blank(request.body)) {
    const auto kind = body_kind(request);
    if (kind == BodyKind::unsupported) return Fault{ErrorCode::unsupported_media_type};
    auto values =
        kind == BodyKind::json ? parse_json_object(request.body) : parse_form(request.body);
    if (!values) return Fault{ErrorCode::invalid_parameter};
    params.sources_.push_back(std::move(*values));
  }
  params.sources_.push_back(values_of(request.query));
  return params;
}

const Value* Params::find(std::string_view name) const {
  for (const auto& values : sources_) {
    const auto found = values.find(name);
    if (found != values.end()) return &found->second;
  }
  return nullptr;
}

void Reader::blame(const Parameter& parameter) {
  if (!fault_) fault_ = Fault{ErrorCode::invalid_parameter, std::string{parameter.name}};
}

const Value* Reader::value(const Parameter& parameter) {
  if (fault_) return nullptr;
  const auto* value = params_.find(parameter.name);
  const bool is_absent = value == nullptr || value->kind == Value::Kind::null ||
                         (value->kind == Value::Kind::text && value->text.empty() &&
                          parameter.type != ParameterType::list);
  if (is_absent) {
    if (parameter.presence == Presence::required) blame(parameter);
    return nullptr;
  }
  if (takes(parameter.type, value->kind)) return value;
  blame(parameter);
  return nullptr;
}

std::string Reader::text(const Parameter& parameter) {
  const auto* sent = value(parameter);
  if (sent == nullptr) return {};
  auto text = accepted(sent->text, parameter);
  if (!text) blame(parameter);
  return std::move(text).value_or("");
}

std::optional<std::int64_t> Reader::integer(const Parameter& parameter) {
  const auto* sent = value(parameter);
  if (sent == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const bool is_signed = parameter.min < 0 && sent->text.starts_with('-');
  const auto* end = sent->text.data() + sent->text.size();
  const bool is_number = is_digits(std::string_view{sent->text}.substr(is_signed ? 1 : 0)) &&
                         std::from_chars(sent->text.data(), end, number).ec == std::errc{} &&
                         number >= parameter.min && number <= parameter.max;
  if (is_number) return number;
  blame(parameter);
  return std::nullopt;
}

std::optional<std::int64_t> Reader::count(const Parameter& parameter) { return integer(parameter); }

std::optional<topup::Money> Reader::money(const Parameter& parameter) {
  const auto units = integer(parameter);
  if (!units) return std::nullopt;
  auto money = topup::Money::from_units(*units);
  if (!money) blame(parameter);
  return money;
}

std::optional<bool> Reader::flag(const Parameter& parameter) {
  const auto* sent = value(parameter);
  if (sent == nullptr) return std::nullopt;
  if (sent->text == "true" || sent->text == "1") return true;
  if (sent->text == "false" || sent->text == "0") return false;
  blame(parameter);
  return std::nullopt;
}

std::vector<std::string> Reader::list(const Parameter& parameter) {
  const auto* sent = value(parameter);
  if (sent == nullptr) return {};
  std::vector<std::string> items;
  for (const auto& item :
       sent->kind == Value::Kind::list ? sent->items : split_at_commas(sent->text))
    if (const auto text = trimmed(item); !text.empty()) items.emplace_back(text);
  if (is_within(items.size(), parameter)) return items;
  blame(parameter);
  return {};
}

std::optional<topup::Timestamp> Reader::moment(const Parameter& parameter) {
  const auto* sent = value(parameter);
  if (sent == nullptr) return std::nullopt;
  auto at = parameter.type == ParameterType::to ? parse_to(sent->text) : parse_from(sent->text);
  if (!at) blame(parameter);
  return at;
}

}  // namespace topupd::http
