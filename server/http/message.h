// What a handler gets and gives: a request whose framing is checked, and an answer.
//
// Handlers know these two types and nothing of sockets or of the HTTP library.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topupd::http {

// Pairs in the order they came; a name may come twice.
using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string id = {};      // X-Request-Id: the client's if it was well formed, else made here
  std::string method = {};  // as sent, upper case: "POST"
  std::string path = {};    // percent-decoded, without the query; always starts with '/'
  Pairs query = {};         // percent-decoded
  Pairs headers = {};       // names in lower case, values as sent without outer blanks
  std::string body = {};    // raw bytes, at most the edge's limit
  // The client's address without port; behind a trusted proxy the forwarded one.
  std::string client = {};
  // The socket's own peer is this machine and no proxy spoke for another.
  bool from_loopback = false;
  Pairs path_parameters = {};  // {name} parts of the route's path

  // The first header of that lower-case name; empty if there is none.
  std::string_view header(std::string_view name) const;
};

class EventStream;
struct Response;

// An answer that is made once something has happened for which no thread should wait.
struct Later {
  // Sets it going.  ready() is called once, on any thread, maybe before begin returns, and is
  // quick; neither throws.
  std::function<void(std::function<void()> ready)> begin;
  // Makes the answer, which may be one for later again.  After ready() and once, on a thread that
  // may take its time; the request is still there.
  std::function<Response()> finish;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body = {};
  Pairs headers = {};
  // Live updates: the head is sent, the body is ignored and the connection belongs to the stream
  // from then on (event_stream() makes such an answer).  Empty for every other answer.
  std::shared_ptr<EventStream> stream = {};
  // The answer itself comes later; the rest of this one is ignored.  Empty for every other answer.
  std::shared_ptr<const Later> later = {};
};

using Handler = std::function<Response(const Request&)>;

// Why a request gets an answer that no handler made: bad framing, no such route, overload, or a
// handler that threw.
struct Refusal {
  int status = 400;  // 400, 404, 405, 408, 413, 414, 415, 417, 429, 500 or 503
  std::string_view reason =
      {};  // for people, in English, never a byte of the client's; may be empty
  std::string_view request_id = {};
  std::string_view path = {};  // percent-decoded; empty if the request line could not be read
};

// Makes the body and the content type of such an answer; status and framing headers are set by the
// caller.  Called from any thread, several at a time; must not throw.
using Refuse = std::function<Response(const Refusal&)>;

// "400 the reason", as plain text.
Response refuse_in_plain_text(const Refusal& refusal);

}  // namespace topupd::http
