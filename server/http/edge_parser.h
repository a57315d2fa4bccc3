// Reads one HTTP/1.x request, strictly: what two readers could take for different requests is
// refused, not repaired.
//
// Accepted is
//   request-line  = method SP target SP "HTTP/1." ("0" / "1") CRLF
//   header        = token ":" value CRLF          no blank before the colon, no folded lines
//   body          = as many bytes as the one Content-Length says, which is all digits
// with one Host on 1.1, which a target in absolute form must repeat, no Transfer-Encoding, no
// Content-Encoding, no control byte anywhere, and CRLF as the only line end.  Empty lines before
// the request line are skipped.
//
// Every byte is looked at once, however the request is cut into pieces.  Not safe for use by two
// threads at once.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "http/edge_limits.h"
#include "http/message.h"

namespace topupd::http {

class RequestParser {
 public:
  enum class State {
    head,      // the head is not complete
    body,      // the head is, the body is not
    complete,  // request() may be taken
    refused,   // refusal_status() says why; nothing after these bytes can be told apart
  };

  // `limits` must outlive the parser.
  explicit RequestParser(const EdgeLimits& limits) : limits_{limits} {}

  // Takes bytes up to the end of this request and returns how many those were: the rest belongs to
  // the next one.  All of them when refused.
  std::size_t read(std::string_view bytes);

  State state() const { return state_; }
  // More than empty lines has come.
  bool started() const { return !request_.method.empty() || !line_.empty(); }
  // The head is complete and says Expect: 100-continue, and no byte of the body has come.
  bool awaits_continue() const;

  // As far as it was read: method, path, query, headers without Connection, Keep-Alive, Expect and
  // Range, body.  id, client and from_loopback are left to the caller.
  Request& request() { return request_; }
  bool wants_keep_alive() const { return wants_keep_alive_; }

  // About what it takes in memory.
  std::size_t held_bytes() const;

  // REQUIRES: state() is refused.
  int refusal_status() const { return refusal_status_; }
  std::string_view refusal_reason() const { return refusal_reason_; }

 private:
  std::size_t read_head(std::string_view bytes);
  std::size_t read_body(std::string_view bytes);
  void take_line(std::string_view line);
  void take_request_line(std::string_view line);
  void take_header(std::string_view line);
  void note_framing(std::string_view name, std::string_view value);
  void note_length(std::string_view value);
  void note_host(std::string_view value);
  void note_connection(std::string_view value);
  void end_head();
  void refuse(int status, std::string_view reason);

  const EdgeLimits& limits_;
  State state_ = State::head;
  Request request_;
  std::string line_;  // the beginning of a line whose end has not come
  std::size_t head_bytes_ = 0;
  std::size_t body_bytes_ = 0;  // as Content-Length says; 0 without one
  std::string target_host_;     // of a target in absolute form
  bool is_http_1_1_ = false;
  bool wants_keep_alive_ = false;
  bool wants_close_ = false;
  bool expects_continue_ = false;
  bool has_length_ = false;
  bool has_host_ = false;
  int refusal_status_ = 0;
  std::string_view refusal_reason_;
};

}  // namespace topupd::http
