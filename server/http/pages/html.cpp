#include "http/pages/html.h"

#include <stdexcept>

#include "http/api/text.h"

namespace topupd::http {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// The first byte and the continuation bytes behind it: one character, if it is well formed.
std::string_view first_of(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && continues(text[size]))
    ++size;
  return text.substr(0, size);
}

std::string harmless(std::string_view text) {
  if (auto clean = clean_text(text)) return *std::move(clean);
  std::string out;
  while (!text.empty()) {
    const auto part = first_of(text);
    out += clean_text(part).value_or(std::string{kReplacement});
    text.remove_prefix(part.size());
  }
  return out;
}

}  // namespace

std::string escaped_html(std::string_view text) {
  std::string out;
  for (const char c : harmless(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

Html& Html::open(std::string_view tag, Attributes attributes) {
  single(tag, attributes);
  open_.emplace_back(tag);
  return *this;
}

Html& Html::close() {
  if (open_.empty()) throw std::logic_error{"no element is open"};
  out_.append("</").append(open_.back()).append(">");
  open_.pop_back();
  return *this;
}

Html& Html::element(std::string_view tag, std::string_view text, Attributes attributes) {
  return open(tag, attributes).text(text).close();
}

Html& Html::single(std::string_view tag, Attributes attributes) {
  out_.append("<").append(tag);
  for (const auto& [name, value] : attributes)
    out_.append(" ").append(name).append("=\"").append(escaped_html(value)).append("\"");
  out_ += '>';
  return *this;
}

Html& Html::text(std::string_view text) {
  out_ += escaped_html(text);
  return *this;
}

Html& Html::markup(std::string_view markup) {
  out_ += markup;
  return *this;
}

std::string Html::document() const {
  if (!open_.empty()) throw std::logic_error{"still open: " + open_.back()};
  return "<!doctype html>\n" + out_ + "\n";
}

}  // namespace topupd::http
