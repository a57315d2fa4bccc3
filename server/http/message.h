// What a handler gets and gives: a request whose framing is checked, and an answer.
//
// Handlers know these two types and nothing of sockets or of the HTTP library.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topupd::http {

// Pairs in the order they came; a name may come twice.
using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string id;      // X-Request-Id: the client's if it was well formed, else made here
  std::string method;  // as sent, upper case: "POST"
  std::string path;    // percent-decoded, without the query; always starts with '/'
  Pairs query;         // percent-decoded
  Pairs headers;       // names in lower case, values as sent without outer blanks
  std::string body;    // raw bytes, at most the edge's limit
  // The client's address without port; behind a trusted proxy the forwarded one.
  std::string client;
  // The socket's own peer is this machine and no proxy spoke for another.
  bool from_loopback = false;
  Pairs path_parameters;  // {name} parts of the route's path

  // The first header of that lower-case name; empty if there is none.
  std::string_view header(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body = {};
  Pairs headers = {};
};

using Handler = std::function<Response(const Request&)>;

}  // namespace topupd::http
