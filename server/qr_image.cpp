#include "qr_image.h"

#include <png.h>

#include <array>
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "qr_code.h"

namespace topupd {
namespace {

constexpr int kQuietModules = 4;
constexpr int kPixelsPerModule = 8;
constexpr std::array<std::uint8_t, 6> kWhiteThenBlack = {255, 255, 255, 0, 0, 0};

// One byte a pixel: 0 is white, 1 is dark.
std::vector<std::uint8_t> pixels(const QrCode& code, int side) {
  std::vector<std::uint8_t> out;
  out.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      int column = x / kPixelsPerModule - kQuietModules;
      int row = y / kPixelsPerModule - kQuietModules;
      bool inside = column >= 0 && row >= 0 && column < code.size() && row < code.size();
      out.push_back(inside && code.dark(column, row) ? 1 : 0);
    }
  return out;
}

}  // namespace

std::string qr_png(const std::string& text) {
  QrCode code{text};
  int side = (code.size() + 2 * kQuietModules) * kPixelsPerModule;
  auto bytes = pixels(code, side);

  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(side);
  image.height = image.width;
  image.format = PNG_FORMAT_RGB_COLORMAP;
  image.flags = PNG_IMAGE_FLAG_FAST;
  image.colormap_entries = 2;  // which makes the file one bit a pixel
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string file(size, '\0');
  if (!png_image_write_to_memory(&image, file.data(), &size, 0, bytes.data(), 0,
                                 kWhiteThenBlack.data()))
    throw std::runtime_error{std::string{"PNG: "} + image.message};
  file.resize(size);
  return file;
}

std::string qr_svg(const std::string& text) {
  QrCode code{text};
  std::ostringstream dark;
  for (int y = 0; y < code.size(); ++y)
    for (int x = 0; x < code.size(); ++x) {
      int run = 0;
      while (x + run < code.size() && code.dark(x + run, y))
        ++run;
      if (run == 0) continue;
      dark << 'M' << x + kQuietModules << ' ' << y + kQuietModules;
      dark << 'h' << run << "v1h" << -run << 'z';
      x += run;
    }
  int side = code.size() + 2 * kQuietModules;
  std::ostringstream svg;
  svg << R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" << side << ' ' << side
      << R"(" shape-rendering="crispEdges" role="img" aria-label="QRIS">)"
      << R"(<path fill="#fff" d="M0 0h)" << side << 'v' << side << 'h' << -side << R"(z"/>)"
      << R"(<path fill="#000" d=")" << dark.str() << R"("/></svg>)";
  return svg.str();
}

}  // namespace topupd
