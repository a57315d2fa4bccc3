#include "http/framing/cases.h"

namespace topupd::test {

using namespace std::string_literals;

// clang-format off
std::vector<FramingCase> header_cases() {
  return {
    {"empty value",                get("X-A:\r\n"),                               "200", Then::kept, "200"},
    {"blanks around the value",    get("X-A:  \t 1 \t \r\n"),                     "200", Then::kept, "200"},
    {"tab in a value",             get("X-A: a\tb\r\n"),                          "200", Then::kept, "200"},
    {"raw UTF-8 in a value",       get("X-A: \xc3\xa9\r\n"),                      "200", Then::kept, "200"},
    {"high byte as a line end",    get("X-A: a\x85X-B: b\r\n"),                   "200", Then::kept, "200"},
    {"two colons",                 get("X-A:: 1\r\n"),                            "200", Then::kept, "200"},
    {"line of a request as value", get("X-A: GET / HTTP/1.1\r\n"),                "200", Then::kept, "200"},
    {"escaped line end in value",  get("X-A: %0d%0aX-B: 1\r\n"),                  "200", Then::kept, "200"},
    {"a name twice",               get("X-A: 1\r\nX-A: 2\r\n"),                   "200", Then::kept, "200"},
    {"name of all marks",          get("!#$%&'*+-.^_`|~: 1\r\n"),                 "200", Then::kept, "200"},
    {"bare line feeds",            "GET /hello HTTP/1.1\nHost: x\n\n",            "400", Then::closed, "200"},
    {"bare line feed in headers",  get("X-A: 1\nX-B: 2\r\n"),                     "400", Then::closed, "200"},
    {"bare line feed at the end",  "GET /hello HTTP/1.1\r\nHost: x\r\n\n",        "400", Then::closed, "200"},
    {"bare carriage return",       get("X-A: 1\rX-B: 2\r\n"),                     "400", Then::closed, "200 400"},
    {"carriage return twice",      get("X-A: 1\r\r\n"),                           "400", Then::closed, "200 400"},
    {"ends crossed",               get("X-A: 1\n\r"),                             "400", Then::closed, "200 400"},
    {"end by carriage returns",    "GET /hello HTTP/1.1\r\nHost: x\r\r",          "",    Then::waits, "200 400 408 -"},
    {"zero byte in a value",       get("X-A: a\0b\r\n"s),                         "400", Then::closed, "400"},
    {"zero byte in a name",        get("X\0A: b\r\n"s),                           "400", Then::closed, "400"},
    {"escape byte in a value",     get("X-A: a\x1b[0m\r\n"),                      "400", Then::closed, "400"},
    {"delete byte in a value",     get("X-A: a\x7f\r\n"),                         "400", Then::closed, "400"},
    {"vertical tab in a value",    get("X-A: a\vb\r\n"),                          "400", Then::closed, "400"},
    {"blank before the colon",     get("X-A : 1\r\n"),                            "400", Then::closed, "200 400"},
    {"tab before the colon",       get("X-A\t: 1\r\n"),                           "400", Then::closed, "200 400"},
    {"blank in a name",            get("X A: 1\r\n"),                             "400", Then::closed, "200 400"},
    {"blank before a name",        "GET /hello HTTP/1.1\r\n Host: x\r\n\r\n",     "400", Then::closed, "400"},
    {"tab before a name",          "GET /hello HTTP/1.1\r\n\tHost: x\r\n\r\n",    "400", Then::closed, "400"},
    {"no colon",                   get("X-A\r\n"),                                "400", Then::closed, "200 400"},
    {"no name",                    get(": 1\r\n"),                                "400", Then::closed, "200 400"},
    {"colon alone",                get(":\r\n"),                                  "400", Then::closed, "200 400"},
    {"bracket in a name",          get("X[A]: 1\r\n"),                            "400", Then::closed, "200 400"},
    {"quote in a name",            get("X\"A: 1\r\n"),                            "400", Then::closed, "200 400"},
    {"UTF-8 in a name",            get("X\xc3\xa9: 1\r\n"),                       "400", Then::closed, "200 400"},
    {"no-break blank in a name",   get("X\xa0" "A: 1\r\n"),                       "400", Then::closed, "200 400"},
    {"folded by a blank",          get("X-A: 1\r\n 2\r\n"),                       "400", Then::closed, "200 400"},
    {"folded by a tab",            get("X-A: 1\r\n\t2\r\n"),                      "400", Then::closed, "200 400"},
    {"folded into a header",       get("X-A: 1\r\n Content-Length: 3\r\n"),       "400", Then::closed, "200 400"},
    {"blank line of a blank",      get(" \r\n"),                                  "400", Then::closed, "200 400"},
    {"request line twice",         get("GET /hello HTTP/1.1\r\n"),                "400", Then::closed, "200 400"},
    {"underscore for a hyphen",    post("Content_Length: 3\r\n", ""),             "200", Then::kept, "200"},
    {"no end of the head",         "GET /hello HTTP/1.1\r\nHost: x\r\n",          "",    Then::waits, "408 -"},
    {"half an end of the head",    "GET /hello HTTP/1.1\r\nHost: x\r\n\r",        "",    Then::waits, "200 400 408 -"},
  };
}

std::vector<FramingCase> host_cases() {
  return {
    {"Host of IPv6",               host(" [::1]:80"),                             "200", Then::kept, "200"},
    {"Host with a port",           host(" x.example:8080"),                       "200", Then::kept, "200"},
    {"Host without a blank",       host("x"),                                     "200", Then::kept, "200"},
    {"Host with an underscore",    host(" a_b"),                                  "200", Then::kept, "200"},
    {"Host of 255 bytes",          host(" " + std::string(255, 'x')),             "200", Then::kept, "200"},
    {"empty Host",                 host(""),                                      "200", Then::kept, "200 400"},
    {"no Host",                    "GET /hello HTTP/1.1\r\n\r\n",                 "400", Then::closed, "400"},
    {"1.0 without Host",           "GET /hello HTTP/1.0\r\n\r\n",                 "200", Then::closed, "200"},
    {"two Hosts",                  get("Host: y\r\n"),                            "400", Then::closed, "400"},
    {"the same Host twice",        get("host: x\r\n"),                            "400", Then::closed, "400"},
    {"1.0 with two Hosts",         "GET /hello HTTP/1.0\r\nHost: x\r\nHost: x\r\n\r\n", "400", Then::closed, "400"},
    {"list of Hosts",              host(" x, y"),                                 "400", Then::closed, "200 400"},
    {"Host with a path",           host(" x/y"),                                  "400", Then::closed, "400"},
    {"Host with a query",          host(" x?y"),                                  "400", Then::closed, "200 400"},
    {"Host with a fragment",       host(" x#y"),                                  "400", Then::closed, "200 400"},
    {"Host with a user",           host(" u@x"),                                  "400", Then::closed, "200 400"},
    {"Host with a blank",          host(" x y"),                                  "400", Then::closed, "200 400"},
    {"Host with a scheme",         host(" http://x"),                             "400", Then::closed, "400"},
    {"Host with a zero byte",      host(" x\0"s),                                 "400", Then::closed, "400"},
    {"Host with UTF-8",            host(" \xc3\xa9"),                             "400", Then::closed, "200 400"},
    {"Host with a backslash",      host(" x\\y"),                                 "400", Then::closed, "200 400"},
    {"Host of a port alone",       host(" :80"),                                  "400", Then::closed, "200 400"},
    {"Host with a port of text",   host(" x:http"),                               "400", Then::closed, "200 400"},
    {"Host with two ports",        host(" x:80:80"),                              "400", Then::closed, "200 400"},
    {"Host with a long port",      host(" x:000080"),                             "400", Then::closed, "200 400"},
    {"Host of IPv6, not closed",   host(" [::1"),                                 "400", Then::closed, "200 400"},
    {"Host of IPv6, empty",        host(" []"),                                   "400", Then::closed, "200 400"},
    {"Host of IPv6 and more",      host(" [::1]x"),                               "400", Then::closed, "200 400"},
    {"folded Host",                host("\r\n x"),                                "400", Then::closed, "400"},
  };
}
// clang-format on

}  // namespace topupd::test
