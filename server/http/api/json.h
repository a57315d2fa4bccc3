// JSON text in and out; json.cpp alone knows the JSON library.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "topup/money.h"

namespace topupd::http {

// "…" with what JSON wants escaped.  Bytes that are not UTF-8 become U+FFFD.
std::string json_quoted(std::string_view text);

// An object under construction: members in the order of the calls, names never escaped.
class JsonObject {
 public:
  JsonObject& text(std::string_view name, std::string_view value);
  JsonObject& number(std::string_view name, std::int64_t value);
  JsonObject& money(std::string_view name, topup::Money value);
  JsonObject& flag(std::string_view name, bool value);
  // A value that is JSON already.
  JsonObject& raw(std::string_view name, std::string_view json);
  JsonObject& object(std::string_view name, const JsonObject& value);

  std::string str() const;

 private:
  void begin(std::string_view name);

  std::string members_;
};

class JsonList {
 public:
  JsonList& add(std::string_view json);
  JsonList& add(const JsonObject& object);

  std::string str() const;

 private:
  std::string items_;
};

// A value that a client sent.
struct Value {
  enum class Kind {
    text,
    integer,  // of any size, as it was written: "-12", "99999999999999999999"
    flag,     // "true" or "false"
    list,     // of texts
    null,
    other,  // a fraction, an exponent, another list, an object, or two values for one name
  };
  Kind kind = Kind::text;
  std::string text = {};                // of text, integer and flag
  std::vector<std::string> items = {};  // of a list
};

using Values = std::map<std::string, Value, std::less<>>;

enum class JsonFlaw {
  malformed,  // or not UTF-8, or with a number that no double can hold
  not_an_object,
  name_twice,
  too_deep,  // more than 32 levels
};

// Why a text was not read.
struct BadJson {
  JsonFlaw flaw = JsonFlaw::malformed;
  // Of what is malformed: the byte, from 0, at which reading stopped, the last of the word that
  // does not fit; the size of the text if it ends too early.
  std::size_t at = 0;
};

// The members of a JSON object.  "[]" is taken as an object without members: it is what PHP makes
// of an empty array.
std::variant<Values, BadJson> parse_json_object(std::string_view text);

// The JSON Schema of what looks like the example, which is well-formed JSON.
std::string json_schema_of(std::string_view example);

}  // namespace topupd::http
