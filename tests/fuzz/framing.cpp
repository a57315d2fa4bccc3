#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/bytes.h"
#include "fuzz/targets.h"
#include "http/edge_parser.h"

namespace topupd::fuzz {
namespace {

using http::Request;
using http::RequestParser;

// Small, so that an input of a few kilobytes comes over each of them.
http::EdgeLimits limits() {
  http::EdgeLimits limits;
  limits.head_bytes_max = 512;
  limits.body_bytes_max = 256;
  limits.headers_max = 8;
  limits.parameters_max = 8;
  return limits;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void check(const Request& request) {
  must(!request.method.empty(), "a request has a method");
  must(request.path.starts_with('/'), "a path begins with a slash");
  must(!has_control(request.path), "no control byte is in a path");
  must(request.headers.size() <= limits().headers_max, "headers are counted");
  must(request.query.size() <= limits().parameters_max, "parameters are counted");
  must(request.body.size() <= limits().body_bytes_max, "a body is bounded");
  must(request.header("transfer-encoding").empty(), "there is no second way to end a body");
  for (const auto& [name, value] : request.headers) {
    must(!name.empty() && !has_control(name), "a header has a name");
    must(value.find_first_of(std::string_view{"\r\n\0", 3}) == std::string::npos,
         "no line ends within a header");
  }
}

std::string shown(const Request& request) {
  std::string text = request.method + ' ' + request.path;
  for (const auto& [name, value] : request.query)
    text += '?' + name + '=' + value;
  for (const auto& [name, value] : request.headers)
    text += '\n' + name + ':' + value;
  return text + "\n\n" + request.body;
}

// Each request as text, and at the end what became of the rest.
std::vector<std::string> read_all(std::string_view bytes, Bytes cuts) {
  static const auto kLimits = limits();
  constexpr std::size_t kHeldMax = 16'384;
  std::vector<std::string> all;
  std::optional<RequestParser> parser{kLimits};
  while (!bytes.empty()) {
    const auto piece = cuts.empty() ? bytes : bytes.substr(0, 1 + cuts.byte());
    const auto taken = parser->read(piece);
    must(taken <= piece.size(), "no more is read than there is");
    must(parser->held_bytes() <= kHeldMax, "what is held is bounded");
    bytes.remove_prefix(taken);
    if (parser->state() == RequestParser::State::complete) {
      check(parser->request());
      all.push_back(shown(parser->request()));
      parser.emplace(kLimits);
    } else if (parser->state() == RequestParser::State::refused) {
      all.push_back(std::to_string(parser->refusal_status()));
      return all;
    } else {
      must(taken == piece.size(), "what is not complete takes all there is");
    }
  }
  if (parser->started()) all.emplace_back("waits");
  return all;
}

}  // namespace

void read_requests(std::string_view input) {
  Bytes bytes{input};
  const Bytes cuts{bytes.text()};
  const auto stream = bytes.rest();
  must(read_all(stream, cuts) == read_all(stream, Bytes{{}}),
       "requests are the same, however they are cut");
}

}  // namespace topupd::fuzz
