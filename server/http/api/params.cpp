#include "http/api/params.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "http/api/body.h"
#include "http/api/text.h"
#include "wib.h"

namespace topupd::http {

namespace {

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
  if (parameter.type == ParameterType::table)
    return is_within(text.size(), parameter) ? std::optional{text} : std::nullopt;
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
    case ParameterType::table:
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
  auto body = body_values(request);
  if (auto* fault = std::get_if<Fault>(&body)) return std::move(*fault);
  Params params;
  params.path_ = values_of(request.path_parameters);
  params.body_ = std::get<Values>(std::move(body));
  params.query_ = values_of(request.query);
  return params;
}

const Value* Params::find(std::string_view name) const {
  for (const auto* values : {&path_, &body_, &query_}) {
    const auto found = values->find(name);
    if (found != values->end()) return &found->second;
  }
  return nullptr;
}

std::optional<Fault> Params::mixed(std::span<const Parameter> parameters) const {
  const auto is_in_body = [&](const Parameter& p) { return body_.contains(p.name); };
  if (std::ranges::none_of(parameters, is_in_body)) return std::nullopt;
  for (const auto& parameter : parameters) {
    const bool is_elsewhere = parameter.presence == Presence::selects && !is_in_body(parameter) &&
                              query_.contains(parameter.name);
    if (!is_elsewhere) continue;
    const std::string name{parameter.name};
    return Fault{.code = ErrorCode::invalid_parameter,
                 .field = name,
                 .pesan = "Parameter ini ada di query sedangkan yang lain di body; kirim di body.",
                 .message =
                     "This parameter stands in the query and others stand in the body; "
                     "send it in the body."};
  }
  return std::nullopt;
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
