#include "http/api/json.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <vector>

#include <nlohmann/json.hpp>

namespace topupd::http {

namespace {

constexpr std::size_t kDepthMax = 32;
constexpr std::size_t kUsualBytes = 480;  // of an object's members

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

bool is_integer(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Keeps the members of the outermost object and only checks what is inside them.
class Reading final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Values take() { return std::move(values_); }
  const BadJson& bad() const { return bad_; }

  bool null() override { return keep({Value::Kind::null}); }
  bool boolean(bool value) override { return keep({Value::Kind::flag, value ? "true" : "false"}); }
  bool number_integer(std::int64_t value) override {
    return keep({Value::Kind::integer, std::to_string(value)});
  }
  bool number_unsigned(std::uint64_t value) override {
    return keep({Value::Kind::integer, std::to_string(value)});
  }
  // Integers beyond 64 bits come here too.
  bool number_float(double /*value*/, const std::string& written) override {
    return keep(is_integer(written) ? Value{Value::Kind::integer, written}
                                    : Value{Value::Kind::other});
  }
  bool string(std::string& value) override { return keep({Value::Kind::text, std::move(value)}); }
  // No text form of JSON has such a value.
  bool binary(nlohmann::json::binary_t& /*value*/) override { return false; }

  bool start_object(std::size_t /*count*/) override {
    if (is_outer_list_) return refuse(JsonFlaw::not_an_object);
    if (levels_.size() == kDepthMax) return refuse(JsonFlaw::too_deep);
    if (!levels_.empty()) keep({Value::Kind::other});
    levels_.emplace_back();
    return true;
  }
  bool key(std::string& name) override {
    if (levels_.size() == 1) name_ = name;
    return levels_.back().insert(std::move(name)).second || refuse(JsonFlaw::name_twice);
  }
  bool end_object() override { return leave(); }

  bool start_array(std::size_t /*count*/) override {
    if (is_outer_list_) return refuse(JsonFlaw::not_an_object);
    if (levels_.size() == kDepthMax) return refuse(JsonFlaw::too_deep);
    if (levels_.empty()) is_outer_list_ = true;
    const bool is_member = levels_.size() == 1;
    keep({is_member ? Value::Kind::list : Value::Kind::other});
    if (is_member) is_in_list_ = true;
    levels_.emplace_back();
    return true;
  }
  bool end_array() override {
    leave();
    if (levels_.size() == 1) is_in_list_ = false;
    return true;
  }

  // position counts the bytes that were read, the end of the text as one.
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::json::exception& /*error*/) override {
    bad_.at = position == 0 ? 0 : position - 1;
    return refuse(JsonFlaw::malformed);
  }

 private:
  bool refuse(JsonFlaw flaw) {
    bad_.flaw = flaw;
    return false;
  }
  // A value outside any object, and one in an outermost list, is refused.
  bool keep(Value value) {
    if (levels_.empty() || is_outer_list_) return refuse(JsonFlaw::not_an_object);
    if (levels_.size() == 1) {
      values_.insert_or_assign(name_, std::move(value));
    } else if (levels_.size() == 2 && is_in_list_) {
      add_item(std::move(value));
    }
    return true;
  }
  // One item that is no text makes the list a value of no known form.
  void add_item(Value item) {
    auto& list = values_[name_];
    if (list.kind == Value::Kind::list && item.kind == Value::Kind::text) {
      list.items.push_back(std::move(item.text));
    } else {
      list = {Value::Kind::other};
    }
  }
  bool leave() {
    levels_.pop_back();
    return true;
  }

  Values values_;
  BadJson bad_;
  std::string name_;                           // of the outermost object's present member
  std::vector<std::set<std::string>> levels_;  // the names so far of each object we are in
  bool is_outer_list_ = false;
  bool is_in_list_ = false;  // which is a member of the outermost object
};

using Schema = nlohmann::ordered_json;

Schema schema_of(const Schema& example) {
  switch (example.type()) {
    case Schema::value_t::object: {
      auto properties = Schema::object();
      for (const auto& [name, member] : example.items())
        properties[name] = schema_of(member);
      return {{"type", "object"}, {"properties", std::move(properties)}};
    }
    case Schema::value_t::array: {
      Schema schema{{"type", "array"}};
      if (!example.empty()) schema["items"] = schema_of(example.front());
      return schema;
    }
    case Schema::value_t::string: return {{"type", "string"}};
    case Schema::value_t::boolean: return {{"type", "boolean"}};
    case Schema::value_t::number_integer:
    case Schema::value_t::number_unsigned: return {{"type", "integer"}};
    case Schema::value_t::number_float: return {{"type", "number"}};
    case Schema::value_t::null:
    case Schema::value_t::binary:
    case Schema::value_t::discarded: break;
  }
  return Schema::object();
}

void add_quoted(std::string& json, std::string_view text) {
  if (is_plain(text)) {
    json += '"';
    json += text;
    json += '"';
    return;
  }
  json += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string enclosed(char begin, const std::string& text, char end) {
  std::string json;
  json.reserve(text.size() + 2);
  json += begin;
  json += text;
  json += end;
  return json;
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string json;
  add_quoted(json, text);
  return json;
}

void JsonObject::begin(std::string_view name) {
  if (members_.empty())
    members_.reserve(kUsualBytes);
  else
    members_ += ',';
  members_ += '"';
  members_ += name;
  members_ += "\":";
}

JsonObject& JsonObject::text(std::string_view name, std::string_view value) {
  begin(name);
  add_quoted(members_, value);
  return *this;
}

JsonObject& JsonObject::number(std::string_view name, std::int64_t value) {
  return raw(name, std::to_string(value));
}

JsonObject& JsonObject::money(std::string_view name, topup::Money value) {
  return number(name, value.units());
}

JsonObject& JsonObject::flag(std::string_view name, bool value) {
  return raw(name, value ? "true" : "false");
}

JsonObject& JsonObject::raw(std::string_view name, std::string_view json) {
  begin(name);
  members_ += json;
  return *this;
}

JsonObject& JsonObject::object(std::string_view name, const JsonObject& value) {
  begin(name);
  members_ += '{';
  members_ += value.members_;
  members_ += '}';
  return *this;
}

JsonList& JsonList::add(std::string_view json) {
  if (!items_.empty()) items_ += ',';
  items_ += json;
  return *this;
}

std::string JsonObject::str() const { return enclosed('{', members_, '}'); }

std::string JsonList::str() const { return enclosed('[', items_, ']'); }

JsonList& JsonList::add(const JsonObject& object) { return add(object.str()); }

std::variant<Values, BadJson> parse_json_object(std::string_view text) {
  Reading reading;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &reading)) return reading.bad();
  return reading.take();
}

std::string json_schema_of(std::string_view example) {
  return schema_of(Schema::parse(example)).dump();
}

}  // namespace topupd::http
