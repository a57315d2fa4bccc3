// HTML under construction.  What goes in as text or as an attribute's value can never become
// markup, whoever wrote it.

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topupd::http {

class Html {
 public:
  // Names are literals of ours and written as they are; values are escaped.
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // <tag …>; everything that follows is inside it until close().
  Html& open(std::string_view tag, Attributes attributes = {});
  // Ends the innermost open element.  Throws std::logic_error if there is none.
  Html& close();

  // <tag …>text</tag>
  Html& element(std::string_view tag, std::string_view text, Attributes attributes = {});
  // <meta …>, <link …>: elements that have no end.
  Html& single(std::string_view tag, Attributes attributes);

  Html& text(std::string_view text);
  // Markup that was made by our own code, such as a drawing.
  Html& markup(std::string_view markup);

  // The whole document.  Throws std::logic_error if an element is still open.
  std::string document() const;

 private:
  std::string out_;
  std::vector<std::string> open_;  // innermost last
};

// The five characters that HTML gives a meaning are escaped.  What could make a reader see another
// text than is there (control characters, bidirectional controls, bytes that are not UTF-8, code
// points without a character) becomes U+FFFD.
std::string escaped_html(std::string_view text);

}  // namespace topupd::http
