// Requests as attackers and broken clients send them, and what must become of each.
//
// The handlers are those of EdgeServer: GET /hello, POST /echo.

#pragma once

#include <string>
#include <vector>

namespace topupd::test {

enum class Then {
  kept,    // the next request on this connection is answered
  closed,  // it is not, and what follows is never read as one
  waits,   // the server waits for more, until the time of a request is over
};

struct FramingCase {
  std::string name;
  std::string bytes;
  std::string statuses;  // of the edge's answers, in order: "200 400"; "": none
  Then then;
  // What nginx in front may answer at first: "400 501"; "-": it may close without a word.
  std::string proxied;
};

inline const std::string kHello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

// "GET TARGET HTTP/1.1" and a Host.
inline std::string target(const std::string& text) {
  return "GET " + text + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

// A line and a Host.
inline std::string line(const std::string& text) { return text + "\r\nHost: x\r\n\r\n"; }

// GET /hello with these headers beside the Host, each with its end of line.
inline std::string get(const std::string& headers) {
  return "GET /hello HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

// GET /hello with this Host.
inline std::string host(const std::string& value) {
  return "GET /hello HTTP/1.1\r\nHost:" + value + "\r\n\r\n";
}

inline std::string post(const std::string& headers, const std::string& body) {
  return "POST /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
}

// A body of three bytes of which this is said to be the Content-Length.
inline std::string length(const std::string& value) {
  return post("Content-Length: " + value + "\r\n", "abc");
}

// A chunked body under this name and value of Transfer-Encoding.
inline std::string chunked(const std::string& header,
                           const std::string& body = "3\r\nabc\r\n0\r\n\r\n") {
  return post(header + "\r\n", body);
}

std::vector<FramingCase> request_line_cases();
std::vector<FramingCase> target_cases();
std::vector<FramingCase> header_cases();
std::vector<FramingCase> host_cases();
std::vector<FramingCase> length_cases();
std::vector<FramingCase> transfer_encoding_cases();
std::vector<FramingCase> connection_cases();
std::vector<FramingCase> expectation_cases();
std::vector<FramingCase> pipeline_cases();
std::vector<FramingCase> limit_cases();

// All of the above.
std::vector<FramingCase> all_framing_cases();

}  // namespace topupd::test
