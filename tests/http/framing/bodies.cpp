#include "http/framing/cases.h"

namespace topupd::test {

using namespace std::string_literals;

namespace {

// What an attacker wants to be read as a request of its own.
const std::string kHidden = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

std::string with_length(const std::string& headers, const std::string& body) {
  return post(headers + "Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

}  // namespace

// clang-format off
std::vector<FramingCase> length_cases() {
  return {
    {"POST",                       length("3"),                                   "200", Then::kept, "200"},
    {"POST without a length",      post("", ""),                                  "200", Then::kept, "200"},
    {"POST of nothing",            post("Content-Length: 0\r\n", ""),             "200", Then::kept, "200"},
    {"GET with a body",            get("Content-Length: 3\r\n") + "abc",          "200", Then::kept, "200"},
    {"1.0 with a body",            "POST /echo HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc", "200", Then::closed, "200"},
    {"request in a body",          with_length("", kHidden),                      "200", Then::kept, "200"},
    {"request after GET's body",   get("Content-Length: " + std::to_string(kHidden.size()) + "\r\n") + kHidden, "200", Then::kept, "200"},
    {"request after no body",      post("Content-Length: 0\r\n", "") + kHello,    "200 200", Then::kept, "200"},
    {"name in capitals",           post("CONTENT-LENGTH: 3\r\n", "abc"),          "200", Then::kept, "200"},
    {"leading zeros",              length("0003"),                                "200", Then::kept, "200"},
    {"a thousand leading zeros",   length(std::string(1000, '0') + "3"),          "200", Then::kept, "200"},
    {"tabs around",                length("\t3\t"),                               "200", Then::kept, "200 400"},
    {"body cut short",             length("4"),                                   "",    Then::waits, "408 -"},
    {"body that does not come",    post("Content-Length: 3\r\n", ""),             "",    Then::waits, "408 -"},
    {"body too long by a line",    post("Content-Length: 3\r\n", "abc\r\n"),      "200", Then::kept, "200"},
    {"body too long by a word",    post("Content-Length: 3\r\n", "abcdef\r\n"),   "200 400", Then::closed, "200"},
    {"two equal lengths",          post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), "400", Then::closed, "400"},
    {"two lengths",                post("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), "400", Then::closed, "400"},
    {"zero, then a length",        post("Content-Length: 0\r\nContent-Length: 3\r\n", "abc"), "400", Then::closed, "400"},
    {"two names in two cases",     post("Content-Length: 3\r\ncontent-length: 3\r\n", "abc"), "400", Then::closed, "400"},
    {"length list",                length("3, 3"),                                "400", Then::closed, "400"},
    {"list of one",                length("3,"),                                  "400", Then::closed, "400"},
    {"list that begins empty",     length(",3"),                                  "400", Then::closed, "400"},
    {"negative length",            length("-3"),                                  "400", Then::closed, "400"},
    {"negative zero",              length("-0"),                                  "400", Then::closed, "400"},
    {"length with a plus",         length("+3"),                                  "400", Then::closed, "400"},
    {"hexadecimal length",         length("0x3"),                                 "400", Then::closed, "400"},
    {"hexadecimal digit",          length("a"),                                   "400", Then::closed, "400"},
    {"length with a fraction",     length("3.0"),                                 "400", Then::closed, "400"},
    {"length with an exponent",    length("3e0"),                                 "400", Then::closed, "400"},
    {"length with a semicolon",    length("3;"),                                  "400", Then::closed, "400"},
    {"length with a unit",         length("3 bytes"),                             "400", Then::closed, "400"},
    {"length with a blank",        length("0 3"),                                 "400", Then::closed, "400"},
    {"length with a separator",    length("1_0"),                                 "400", Then::closed, "400"},
    {"length in quotes",           length("\"3\""),                               "400", Then::closed, "400"},
    {"length in Arabic digits",    length("\xd9\xa3"),                            "400", Then::closed, "400"},
    {"length and a vertical tab",  length("3\v"),                                 "400", Then::closed, "400"},
    {"length and a zero byte",     length("3\0"s),                                "400", Then::closed, "400"},
    {"empty length",               post("Content-Length:\r\n", "abc"),            "400", Then::closed, "400"},
    {"folded length",              post("Content-Length:\r\n 3\r\n", "abc"),      "400", Then::closed, "400"},
    {"blank before the colon",     post("Content-Length : 3\r\n", "abc"),         "400", Then::closed, "200 400"},
    {"one over the limit",         length("65537"),                               "413", Then::closed, "413"},
    {"three over 32 bits",         length("4294967299"),                          "413", Then::closed, "413"},
    {"three over 64 bits",         length("18446744073709551619"),                "413", Then::closed, "400 413"},
    {"as large as can be",         length("9223372036854775807"),                 "413", Then::closed, "400 413"},
    {"a thousand digits",          length(std::string(1000, '9')),                "413", Then::closed, "400 413"},
    {"gzip body",                  with_length("Content-Encoding: gzip\r\n", "abc"), "415", Then::closed, "415"},
    {"identity body",              with_length("Content-Encoding: identity\r\n", "abc"), "415", Then::closed, "415"},
    {"multipart",                  with_length("Content-Type: Multipart/form-data; boundary=a\r\n", "abc"), "415", Then::kept, "415"},
  };
}

std::vector<FramingCase> transfer_encoding_cases() {
  const auto chunked_is = [](const std::string& body) { return chunked("Transfer-Encoding: chunked", body); };
  return {
    {"chunked",                    chunked("Transfer-Encoding: chunked"),         "400", Then::closed, "200"},
    {"Chunked",                    chunked("transfer-encoding: Chunked"),         "400", Then::closed, "200"},
    {"chunked after a tab",        chunked("Transfer-Encoding:\tchunked"),        "400", Then::closed, "200 501"},
    {"chunked after vertical tab", chunked("Transfer-Encoding:\vchunked"),        "400", Then::closed, "400 501"},
    {"chunked before a zero byte", chunked("Transfer-Encoding: chunked\0"s),      "400", Then::closed, "400"},
    {"chunked before the colon",   chunked("Transfer-Encoding : chunked"),        "400", Then::closed, "200 400"},
    {"chunked on a folded line",   chunked("Transfer-Encoding:\r\n chunked"),     "400", Then::closed, "400 501"},
    {"chunked folded to another",  chunked("X-A: 1\r\n Transfer-Encoding: chunked"), "400", Then::closed, "200 400"},
    {"chunked after a bare line feed", chunked("X-A: 1\nTransfer-Encoding: chunked"), "400", Then::closed, "200"},
    {"chunked after a bare return", chunked("X-A: 1\rTransfer-Encoding: chunked"), "400", Then::closed, "200 400"},
    {"chunked twice",              chunked("Transfer-Encoding: chunked, chunked"), "400", Then::closed, "400 501"},
    {"chunked in two lines",       chunked("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), "400", Then::closed, "400"},
    {"chunked and identity",       chunked("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"), "400", Then::closed, "400 501"},
    {"gzip and chunked",           chunked("Transfer-Encoding: gzip, chunked"),   "400", Then::closed, "400 501"},
    {"chunked and gzip",           chunked("Transfer-Encoding: chunked, gzip"),   "400", Then::closed, "400 501"},
    {"chunked in quotes",          chunked("Transfer-Encoding: \"chunked\""),     "400", Then::closed, "400 501"},
    {"chunked with a parameter",   chunked("Transfer-Encoding: chunked;q=1"),     "400", Then::closed, "400 501"},
    {"chunked in a list of one",   chunked("Transfer-Encoding: chunked,"),        "400", Then::closed, "400 501"},
    {"disguised chunked",          chunked("Transfer-Encoding: xchunked"),        "400", Then::closed, "400 501"},
    {"identity",                   chunked("Transfer-Encoding: identity"),        "400", Then::closed, "400 501"},
    {"empty encoding",             chunked("Transfer-Encoding:"),                 "400", Then::closed, "200 400 501"},
    {"underscore for a hyphen",    chunked("Transfer_Encoding: chunked", ""),     "200", Then::kept, "200"},
    {"length wins (CL.TE)",        chunked("Content-Length: 4\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + kHidden), "400", Then::closed, "400"},
    {"encoding wins (TE.CL)",      chunked("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n" + kHidden), "400", Then::closed, "400"},
    {"length of nothing (CL.0)",   chunked("Content-Length: 0\r\nTransfer-Encoding: chunked", kHidden), "400", Then::closed, "400"},
    {"both, disguised (TE.TE)",    chunked("Content-Length: 5\r\nTransfer-Encoding: xchunked", "0\r\n\r\n"), "400", Then::closed, "400 501"},
    {"chunked in 1.0",             "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400", Then::closed, "200 400"},
    {"chunked GET",                get("Transfer-Encoding: chunked\r\n") + "0\r\n\r\n" + kHidden, "400", Then::closed, "200"},
    {"size with leading zeros",    chunked_is("0003\r\nabc\r\n0\r\n\r\n"),        "400", Then::closed, "200"},
    {"size with a prefix",         chunked_is("0x3\r\nabc\r\n0\r\n\r\n"),         "400", Then::closed, "400"},
    {"negative size",              chunked_is("-1\r\nabc\r\n0\r\n\r\n"),          "400", Then::closed, "400"},
    {"size over 64 bits",          chunked_is("10000000000000003\r\nabc\r\n0\r\n\r\n"), "400", Then::closed, "400 413"},
    {"size over the limit",        chunked_is("10001\r\nabc"),                    "400", Then::closed, "413"},
    {"size and an extension",      chunked_is("3;a=\"\r\n\"\r\nabc\r\n0\r\n\r\n"), "400", Then::closed, "200 400"},
    {"size before a line feed",    chunked_is("3\nabc\n0\n\n"),                   "400", Then::closed, "200 400"},
    {"no end of a chunk",          chunked_is("3\r\nabcdef\r\n0\r\n\r\n"),        "400", Then::closed, "400"},
    {"trailers",                   chunked_is("0\r\nContent-Length: 3\r\nHost: y\r\n\r\n"), "400", Then::closed, "200"},
    {"willing to take trailers",   get("TE: trailers, chunked\r\nTrailer: X-A\r\n"), "200", Then::kept, "200"},
  };
}
// clang-format on

}  // namespace topupd::test
