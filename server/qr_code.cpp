#include "qr_code.h"

#include <qrcodegen/QrCode.hpp>

namespace topupd {

QrCode::QrCode(const std::string& text) {
  auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  size_ = code.getSize();
  dark_.reserve(static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_));
  for (int y = 0; y < size_; ++y)
    for (int x = 0; x < size_; ++x)
      dark_.push_back(code.getModule(x, y));
}

}  // namespace topupd
