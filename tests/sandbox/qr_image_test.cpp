#include "qr_image.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "catch.h"
#include "qr_code.h"
#include "sandbox/qris_codes.h"

using namespace topupd;

namespace {

// What a scanner reads in the picture, with its final line break.
std::string scanned(const std::string& png) {
  std::string path = std::filesystem::temp_directory_path() / "qr-XXXXXX.png";
  int file = mkstemps(path.data(), 4);
  REQUIRE(file >= 0);
  close(file);
  std::ofstream{path, std::ios::binary} << png;
  auto* pipe =
      popen(("zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable " + path).c_str(), "r");
  REQUIRE(pipe);
  std::string text;
  char part[512];
  for (std::size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
    text.append(part, n);
  int status = pclose(pipe);
  std::filesystem::remove(path);
  INFO("zbarimg (package zbar-tools) must be installed and read the picture");
  CHECK(status == 0);
  return text;
}

std::size_t at(int x, int y, int size) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x);
}

// The dark modules of the picture's second path, as '#' in rows.
std::string drawn(const std::string& svg, int size) {
  std::string rows(at(0, size, size), '.');
  auto start = svg.find("fill=\"#000\" d=\"");
  REQUIRE(start != std::string::npos);
  std::istringstream path{svg.substr(start + 15, svg.find('"', start + 15) - start - 15)};
  char letter = 0;
  for (int x = 0, y = 0, run = 0, back = 0, one = 0; path >> letter;) {
    REQUIRE(letter == 'M');
    path >> x >> y >> letter >> run >> letter >> one >> letter >> back >> letter;
    REQUIRE((path && one == 1 && back == -run));
    for (int i = 0; i < run; ++i)
      rows[at(x - 4 + i, y - 4, size)] = '#';
  }
  return rows;
}

}  // namespace

TEST_CASE("a scanner reads the exact text from the picture", "[qr]") {
  REQUIRE(qris_codes::kB.size() == 305);
  for (const auto& text :
       {std::string{"A"}, qris_codes::kA10000, qris_codes::kB, qris_codes::kB25001, qris_codes::kG})
    CHECK(scanned(qr_png(text)) == text + "\n");
}

TEST_CASE("a picture has one bit a pixel, eight pixels a module and a quiet zone", "[qr]") {
  auto png = qr_png("A");
  REQUIRE(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  // Width, height, depth and colour type stand at fixed places of the first chunk.
  CHECK(png.substr(16, 4) == std::string("\0\0\0\xE8", 4));  // (21 + 2 * 4) * 8 = 232
  CHECK(png.substr(20, 4) == png.substr(16, 4));
  CHECK(png[24] == 1);
  CHECK(qr_png(qris_codes::kB).size() < 10'000);
}

TEST_CASE("the drawing has the same modules as the code", "[qr]") {
  for (const auto& text : {std::string{"A"}, qris_codes::kB}) {
    QrCode code{text};
    std::string expected;
    for (int y = 0; y < code.size(); ++y)
      for (int x = 0; x < code.size(); ++x)
        expected += code.dark(x, y) ? '#' : '.';
    auto svg = qr_svg(text);
    CHECK(drawn(svg, code.size()) == expected);
    CHECK(svg.find("viewBox=\"0 0 " + std::to_string(code.size() + 8)) != std::string::npos);
    CHECK(svg.find("style") == std::string::npos);
  }
}

TEST_CASE("a text that no code can hold is refused", "[qr]") {
  CHECK_NOTHROW(qr_png(std::string(2'331, 'a')));
  CHECK_THROWS_AS(qr_png(std::string(2'332, 'a')), std::length_error);
  CHECK_THROWS_AS(qr_svg(std::string(2'332, 'a')), std::length_error);
}
