#include "http/edge_parser.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "http/edge_target.h"

namespace topupd::http {

namespace {

constexpr std::size_t kUsualHeaders = 12;
constexpr std::string_view kMalformedLine = "The request line is malformed.";

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_control(char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// Whether a list such as "Keep-Alive, Upgrade" has the lower-case `word`.
bool lists(std::string_view value, std::string_view word) {
  while (!value.empty()) {
    const auto comma = value.find(',');
    if (lower_case(trimmed(value.substr(0, comma))) == word) return true;
    value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
  }
  return false;
}

}  // namespace

std::size_t RequestParser::read(std::string_view bytes) {
  std::size_t taken = 0;
  if (state_ == State::head) taken = read_head(bytes);
  if (state_ == State::body) taken += read_body(bytes.substr(taken));
  return state_ == State::refused ? bytes.size() : taken;
}

bool RequestParser::awaits_continue() const {
  return state_ == State::body && expects_continue_ && request_.body.empty();
}

std::size_t RequestParser::held_bytes() const {
  const std::size_t pairs = request_.headers.size() + request_.query.size();
  return sizeof(RequestParser) + line_.capacity() + head_bytes_ +
         pairs * sizeof(Pairs::value_type) + request_.body.capacity();
}

std::size_t RequestParser::read_head(std::string_view bytes) {
  std::size_t taken = 0;
  while (state_ == State::head && taken < bytes.size()) {
    const std::string_view rest = bytes.substr(taken);
    const auto line_end = rest.find('\n');
    const std::size_t length = line_end == std::string_view::npos ? rest.size() : line_end + 1;
    taken += length;
    head_bytes_ += length;
    if (head_bytes_ > limits_.head_bytes_max) {
      refuse(414, "The request line and headers are too long.");
      break;
    }
    if (line_end == std::string_view::npos) {
      line_ += rest;
    } else if (line_.empty()) {
      take_line(rest.substr(0, length));
    } else {
      line_ += rest.substr(0, length);
      take_line(std::exchange(line_, {}));
    }
  }
  return taken;
}

std::size_t RequestParser::read_body(std::string_view bytes) {
  const std::size_t taken = std::min(bytes.size(), body_bytes_ - request_.body.size());
  request_.body += bytes.substr(0, taken);
  if (request_.body.size() == body_bytes_) state_ = State::complete;
  return taken;
}

// `line` ends with the line feed.
void RequestParser::take_line(std::string_view line) {
  line.remove_suffix(1);
  if (line.empty() || line.back() != '\r') {
    return refuse(400, "Lines must end with a carriage return and a line feed.");
  }
  line.remove_suffix(1);
  const bool has_control =
      std::any_of(line.begin(), line.end(), [](char c) { return is_control(c) && c != '\t'; });
  if (has_control) return refuse(400, "The request holds a control byte.");
  const bool before_request_line = request_.method.empty();
  if (line.empty()) return before_request_line ? void() : end_head();
  return before_request_line ? take_request_line(line) : take_header(line);
}

void RequestParser::take_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return refuse(400, kMalformedLine);
  const std::string_view method = line.substr(0, first);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method)) return refuse(400, kMalformedLine);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return refuse(400, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
  }
  is_http_1_1_ = version == "HTTP/1.1";
  wants_keep_alive_ = is_http_1_1_;
  request_.method = method;
  const std::string_view text = line.substr(first + 1, last - first - 1);
  const auto ampersands = std::count(text.begin(), text.end(), '&');
  if (static_cast<std::size_t>(ampersands) >= limits_.parameters_max) {
    return refuse(414, "There are too many parameters.");
  }
  auto target = parse_target(text);
  if (!target) return refuse(400, "The request target is malformed.");
  target_host_ = lower_case(target->authority);
  request_.path = std::move(target->path);
  request_.query = std::move(target->query);
  request_.headers.reserve(kUsualHeaders);
}

void RequestParser::take_header(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return refuse(400, "A header is malformed.");
  }
  if (request_.headers.size() >= limits_.headers_max) {
    return refuse(414, "There are too many headers.");
  }
  std::string name = lower_case(line.substr(0, colon));
  const std::string_view value = trimmed(line.substr(colon + 1));
  note_framing(name, value);
  // Kept until the end of the head, so that every header counts.
  request_.headers.emplace_back(std::move(name), value);
}

void RequestParser::note_framing(std::string_view name, std::string_view value) {
  if (name == "content-length") {
    note_length(value);
  } else if (name == "host") {
    note_host(value);
  } else if (name == "connection") {
    note_connection(value);
  } else if (name == "expect") {
    if (lower_case(value) != "100-continue") refuse(417, "Only 100-continue can be expected.");
    expects_continue_ = is_http_1_1_;
  } else if (name == "transfer-encoding") {
    refuse(400, "Transfer-Encoding is not taken; send the body with a Content-Length.");
  } else if (name == "content-encoding") {
    refuse(415, "Content-Encoding is not taken; send the body as it is.");
  }
}

void RequestParser::note_length(std::string_view value) {
  if (has_length_) return refuse(400, "There is more than one Content-Length.");
  has_length_ = true;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (value.empty() || !std::all_of(value.begin(), value.end(), is_digit)) {
    return refuse(400, "The Content-Length is not a number.");
  }
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), body_bytes_);
  if (error != std::errc{} || end != value.data() + value.size()) {
    body_bytes_ = limits_.body_bytes_max + 1;  // a number too large to be read is too long a body
  }
}

void RequestParser::note_host(std::string_view value) {
  if (has_host_) return refuse(400, "There is more than one Host.");
  has_host_ = true;
  if (!value.empty() && !is_authority(value)) return refuse(400, "The Host is malformed.");
  if (!target_host_.empty() && lower_case(value) != target_host_) {
    refuse(400, "The Host is not the one of the request target.");
  }
}

// Close wins, in whatever order they come.
void RequestParser::note_connection(std::string_view value) {
  if (lists(value, "close")) wants_close_ = true;
  if (lists(value, "keep-alive")) wants_keep_alive_ = true;
  if (wants_close_) wants_keep_alive_ = false;
}

void RequestParser::end_head() {
  if (is_http_1_1_ && !has_host_) return refuse(400, "The Host is missing.");
  if (body_bytes_ > limits_.body_bytes_max) return refuse(413, "The body is too long.");
  const auto is_for_the_edge = [](const auto& header) {
    return header.first == "connection" || header.first == "keep-alive" ||
           header.first == "expect" || header.first == "range";
  };
  std::erase_if(request_.headers, is_for_the_edge);
  state_ = body_bytes_ == 0 ? State::complete : State::body;
}

// The first reason stays: a line may break two rules.
void RequestParser::refuse(int status, std::string_view reason) {
  if (state_ == State::refused) return;
  state_ = State::refused;
  refusal_status_ = status;
  refusal_reason_ = reason;
}

}  // namespace topupd::http
