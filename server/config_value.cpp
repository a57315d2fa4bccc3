// What the types of keys mean: their words, ranges and texts.

#include <algorithm>
#include <charconv>
#include <optional>
#include <type_traits>

#include "config_keys.h"

namespace topupd {

namespace {

// One way to read, write and describe each type that a key can have.
template <class T>
struct Type;

[[noreturn]] void refuse(const ConfigKey& key, const std::string& where) {
  std::string text = where + " must be " + std::string{type_word(key)};
  if (const auto range = range_text(key); !range.empty()) text += ", " + range;
  throw ConfigError{text + "."};
}

std::optional<std::int64_t> number_in(const ConfigKey& key, const std::string& text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  if (number < key.least || number > key.most) return std::nullopt;
  return number;
}

std::string in_range(const ConfigKey& key) {
  return std::to_string(key.least) + " to " + std::to_string(key.most);
}

template <>
struct Type<bool> {
  static constexpr std::string_view kWord = "true or false";
  static std::string range(const ConfigKey&) { return {}; }
  static std::string text(bool value) { return value ? "true" : "false"; }
  static std::optional<bool> read(const ConfigKey&, const std::string& text) {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return std::nullopt;
  }
};

template <>
struct Type<std::int64_t> {
  static constexpr std::string_view kWord = "a whole number";
  static std::string range(const ConfigKey& key) { return in_range(key); }
  static std::string text(std::int64_t value) { return std::to_string(value); }
  static std::optional<std::int64_t> read(const ConfigKey& key, const std::string& text) {
    return number_in(key, text);
  }
};

template <class Rep, class Period>
struct Type<std::chrono::duration<Rep, Period>> {
  using Duration = std::chrono::duration<Rep, Period>;

  static constexpr std::string_view kWord = std::is_same_v<Duration, std::chrono::seconds>
                                                ? "a whole number of seconds"
                                                : "a whole number of milliseconds";
  static std::string range(const ConfigKey& key) { return in_range(key); }
  static std::string text(Duration value) { return std::to_string(value.count()); }
  static std::optional<Duration> read(const ConfigKey& key, const std::string& text) {
    const auto number = number_in(key, text);
    if (!number) return std::nullopt;
    return Duration{*number};
  }
};

template <>
struct Type<std::string> {
  static constexpr std::string_view kWord = "text";
  static std::string range(const ConfigKey&) { return {}; }
  static std::string text(const std::string& value) { return value; }
  static std::optional<std::string> read(const ConfigKey&, const std::string& text) { return text; }
};

template <>
struct Type<std::vector<std::string>> {
  using List = std::vector<std::string>;

  static constexpr std::string_view kWord = "a list of texts";
  static std::string range(const ConfigKey&) { return {}; }
  static std::string text(const List& value) {
    std::string text;
    for (const auto& item : value) {
      if (!text.empty()) text += ',';
      text += item;
    }
    return text;
  }
  // Parted by commas; blanks around an item are dropped.
  static std::optional<List> read(const ConfigKey&, const std::string& text) {
    List items;
    for (std::size_t begin = 0; begin < text.size();) {
      const auto end = std::min(text.find(',', begin), text.size());
      const auto first = text.find_first_not_of(' ', begin);
      const auto last = end == 0 ? end : text.find_last_not_of(' ', end - 1);
      if (first == std::string::npos || first >= end) return std::nullopt;
      items.push_back(text.substr(first, last + 1 - first));
      begin = end + 1;
    }
    return items;
  }
};

template <>
struct Type<LogLevel> {
  static constexpr std::string_view kWord = "one word";
  static std::string range(const ConfigKey&) { return "trace, debug, info, warn or error"; }
  static std::string text(LogLevel value) { return std::string{name(value)}; }
  static std::optional<LogLevel> read(const ConfigKey&, const std::string& text) {
    return log_level(text);
  }
};

template <>
struct Type<LogFormat> {
  static constexpr std::string_view kWord = "one word";
  static std::string range(const ConfigKey&) { return "text or json"; }
  static std::string text(LogFormat value) { return std::string{name(value)}; }
  static std::optional<LogFormat> read(const ConfigKey&, const std::string& text) {
    return log_format(text);
  }
};

// The Type of what a member function gives.
template <class T>
Type<T> type_of(T& (*)(Config&)) {
  return {};
}

}  // namespace

std::string_view type_word(const ConfigKey& key) {
  return std::visit([](auto member) { return decltype(type_of(member))::kWord; }, key.member);
}

std::string range_text(const ConfigKey& key) {
  return std::visit([&](auto member) { return decltype(type_of(member))::range(key); }, key.member);
}

std::string value_text(const ConfigKey& key, const Config& config) {
  Config copy = config;  // a member function asks for one that may change
  return std::visit([&](auto member) { return decltype(type_of(member))::text(member(copy)); },
                    key.member);
}

void set_from_text(const ConfigKey& key, Config& config, const std::string& text,
                   const std::string& where) {
  std::visit(
      [&](auto member) {
        const auto value = decltype(type_of(member))::read(key, text);
        if (!value) refuse(key, where);
        member(config) = *value;
      },
      key.member);
}

}  // namespace topupd
