#include "http/framing/cases.h"

namespace topupd::test {

namespace {

std::string in_1_0(const std::string& headers) {
  return "GET /hello HTTP/1.0\r\nHost: x\r\n" + headers + "\r\n";
}

std::string expecting(const std::string& value, const std::string& body) {
  return post("Content-Length: 3\r\nExpect:" + value + "\r\n", body);
}

const std::string kRefused = target("hello");
const std::string kLast = get("Connection: close\r\n");
const std::string kPost = length("3");

}  // namespace

// clang-format off
std::vector<FramingCase> connection_cases() {
  return {
    {"close",                      get("Connection: close\r\n"),                  "200", Then::closed, "200"},
    {"Close among others",         get("Connection: foo, Close\r\n"),             "200", Then::closed, "200"},
    {"keep-alive",                 get("Connection: keep-alive\r\n"),             "200", Then::kept, "200"},
    {"close, then keep-alive",     get("Connection: close, keep-alive\r\n"),      "200", Then::closed, "200"},
    {"keep-alive, then close",     get("Connection: keep-alive, close\r\n"),      "200", Then::closed, "200"},
    {"close in a second line",     get("Connection: keep-alive\r\nConnection: close\r\n"), "200", Then::closed, "200"},
    {"close in a first line",      get("Connection: close\r\nConnection: keep-alive\r\n"), "200", Then::closed, "200"},
    {"close with a parameter",     get("Connection: close;a=1\r\n"),              "200", Then::kept, "200"},
    {"a word like close",          get("Connection: enclosed\r\n"),               "200", Then::kept, "200"},
    {"empty list",                 get("Connection: ,, ,\r\n"),                   "200", Then::kept, "200"},
    {"empty value",                get("Connection:\r\n"),                        "200", Then::kept, "200"},
    {"length named hop-by-hop",    post("Connection: Content-Length\r\nContent-Length: 3\r\n", "abc"), "200", Then::kept, "200"},
    {"Host named hop-by-hop",      get("Connection: Host, X-Forwarded-For\r\n"),  "200", Then::kept, "200"},
    {"proxy's own header",         get("Proxy-Connection: close\r\n"),            "200", Then::kept, "200"},
    {"keep-alive of nothing",      get("Keep-Alive: timeout=0, max=0\r\n"),       "200", Then::kept, "200"},
    {"upgrade to HTTP/2",          get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"), "200", Then::kept, "200"},
    {"upgrade to a web socket",    get("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhl\r\n"), "200", Then::kept, "200"},
    {"upgrade of a POST",          post("Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n", "abc"), "200", Then::kept, "200"},
    {"1.0",                        in_1_0(""),                                    "200", Then::closed, "200"},
    {"1.0 keep-alive",             in_1_0("Connection: Keep-Alive\r\n"),          "200", Then::kept, "200"},
    {"1.0 close and keep-alive",   in_1_0("Connection: close\r\nConnection: keep-alive\r\n"), "200", Then::closed, "200"},
    {"1.0 keep-alive and close",   in_1_0("Connection: keep-alive, close\r\n"),   "200", Then::closed, "200"},
    {"1.0 in a proxy's words",     in_1_0("Proxy-Connection: keep-alive\r\n"),    "200", Then::closed, "200"},
  };
}

std::vector<FramingCase> expectation_cases() {
  return {
    {"with its body",              expecting(" 100-continue", "abc"),             "200", Then::kept, "100 200"},
    {"without its body",           expecting(" 100-Continue", ""),                "100", Then::waits, "100"},
    {"with half its body",         expecting(" 100-continue", "ab"),              "",    Then::waits, "100 408 -"},
    {"without any body",           get("Expect: 100-continue\r\n"),               "200", Then::kept, "100 200"},
    {"of a body of nothing",       post("Content-Length: 0\r\nExpect: 100-continue\r\n", ""), "200", Then::kept, "100 200"},
    {"twice",                      expecting(" 100-continue\r\nExpect: 100-continue", "abc"), "200", Then::kept, "100 200 400"},
    {"of another kind",            expecting(" tea", "abc"),                      "417", Then::closed, "200 417"},
    {"of two kinds",               expecting(" 100-continue, tea", "abc"),        "417", Then::closed, "200 417"},
    {"of nothing",                 expecting("", "abc"),                          "417", Then::closed, "200 417"},
    {"with a parameter",           expecting(" 100-continue;a=1", "abc"),         "417", Then::closed, "200 417"},
    {"in 1.0",                     "POST /echo HTTP/1.0\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc", "200", Then::closed, "100 200"},
    {"of a body too long",         post("Content-Length: 65537\r\nExpect: 100-continue\r\n", ""), "413", Then::closed, "413"},
    {"of a chunked body",          chunked("Transfer-Encoding: chunked\r\nExpect: 100-continue"), "400", Then::closed, "100 200"},
  };
}

std::vector<FramingCase> pipeline_cases() {
  return {
    {"two",                        kHello + kHello,                               "200 200", Then::kept, "200"},
    {"twenty",                     [] { std::string all; for (int i = 0; i < 20; ++i) all += kHello; return all; }(),
                                   "200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200", Then::kept, "200"},
    {"empty lines between",        kHello + "\r\n\r\n" + kHello,                  "200 200", Then::kept, "200"},
    {"a blank between",            kHello + " " + kHello,                         "200 400", Then::closed, "200"},
    {"a zero byte between",        kHello + '\0' + kHello,                        "200 400", Then::closed, "200"},
    {"a bad second one",           kHello + kRefused,                             "200 400", Then::closed, "200"},
    {"a bad one between",          kHello + kRefused + kHello,                    "200 400", Then::closed, "200"},
    {"a bad first one",            kRefused + kHello,                             "400", Then::closed, "400"},
    {"a chunked second one",       kHello + chunked("Transfer-Encoding: chunked"), "200 400", Then::closed, "200"},
    {"a long second one",          kHello + length("65537") + kHello,             "200 413", Then::closed, "200"},
    {"half a second one",          kHello + "GET /he",                            "200", Then::waits, "200"},
    {"a last one and more",        kHello + kLast + kHello,                       "200 200", Then::closed, "200"},
    {"1.0 and more",               "GET /hello HTTP/1.0\r\n\r\n" + kHello,        "200", Then::closed, "200"},
    {"POST and GET",               kPost + kHello,                                "200 200", Then::kept, "200"},
    {"POST, line end and GET",     kPost + "\r\n" + kHello,                       "200 200", Then::kept, "200"},
    {"unknown and known",          target("/nothing") + kHello,                   "404 200", Then::kept, "404"},
    {"wrong method and right",     line("DELETE /hello HTTP/1.1") + kHello,       "405 200", Then::kept, "405"},
    {"OPTIONS and GET",            line("OPTIONS /echo HTTP/1.1") + kHello,       "204 200", Then::kept, "204"},
    {"multipart and GET",          post("Content-Type: multipart/mixed\r\nContent-Length: 3\r\n", "abc") + kHello, "415 200", Then::kept, "415"},
  };
}
// clang-format on

}  // namespace topupd::test
