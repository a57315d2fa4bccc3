#include "http/document.h"

#include <zlib.h>

#include <array>

#include "catch.h"
#include "gzip.h"

using namespace topupd;
using namespace topupd::http;

namespace {

std::string inflated(std::string_view gzipped) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string in{gzipped};
  std::string out(1'000'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers)
    if (known == name) return value;
  return "";
}

}  // namespace

TEST_CASE("what was gzipped comes out the same") {
  for (const auto& text : {std::string{}, std::string{"a"}, std::string(300'000, 'x')}) {
    INFO(text.size());
    CHECK(inflated(gzip(text)) == text);
  }
  CHECK(gzip(std::string(300'000, 'x')).size() < 1'000);
}

TEST_CASE("a document is gzipped for those who take that") {
  struct Row {
    std::string accepts;
    bool gzipped;
  };
  const Row rows[] = {
      {"", false},      {"gzip", true},      {"deflate, gzip, br", true}, {"gzip;q=0.5", true},
      {"*", true},      {"gzip;q=0", false}, {"gzip;q=0.0", false},       {"identity", false},
      {"xgzip", false}, {" , ,", false},
  };
  const auto document = make_document("text/plain", "abcabc");
  for (const auto& row : rows) {
    INFO(row.accepts);
    const auto answer = answer_with(document, {.headers = {{"accept-encoding", row.accepts}}}, "x");
    CHECK(header(answer, "Content-Encoding") == (row.gzipped ? "gzip" : ""));
    CHECK((row.gzipped ? inflated(answer.body) : answer.body) == "abcabc");
    CHECK(header(answer, "Vary") == "Accept-Encoding");
    CHECK(header(answer, "Cache-Control") == "x");
  }
}

TEST_CASE("a client that has the present version is told so and sent nothing") {
  const auto document = make_document("text/plain", "abcabc");
  const auto plain = header(answer_with(document, {}, "x"), "ETag");
  const auto gzipped =
      header(answer_with(document, {.headers = {{"accept-encoding", "gzip"}}}, "x"), "ETag");
  CHECK(plain != gzipped);
  CHECK(plain.starts_with("\""));
  CHECK(plain != header(answer_with(make_document("text/plain", "abcabd"), {}, "x"), "ETag"));

  struct Row {
    std::string known;
    int status;
  };
  const Row rows[] = {
      {plain, 304},   {"W/" + plain, 304}, {"\"other\", " + plain, 304}, {"*", 304},
      {gzipped, 200}, {"\"other\"", 200},  {plain + "more", 200},        {"", 200},
  };
  for (const auto& row : rows) {
    INFO(row.known);
    const auto answer = answer_with(document, {.headers = {{"if-none-match", row.known}}}, "x");
    CHECK(answer.status == row.status);
    CHECK(answer.body == (row.status == 200 ? "abcabc" : ""));
    CHECK(header(answer, "ETag") == plain);
  }
}
