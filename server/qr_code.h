// A QR code as a square of modules, without a picture around it.

#pragma once

#include <string>
#include <vector>

namespace topupd {

class QrCode {
 public:
  // The smallest code that holds the text at error correction level M or better.
  // The text must hold no NUL.  Throws std::length_error when it is over what
  // the largest code can hold (2,331 bytes).
  explicit QrCode(const std::string& text);

  int size() const { return size_; }  // modules on a side, 21 to 177, without quiet zone

  // 0 <= x, y < size(), from the top left.
  bool dark(int x, int y) const {
    return dark_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_) +
                 static_cast<std::size_t>(x)];
  }

 private:
  int size_ = 0;
  std::vector<bool> dark_;
};

}  // namespace topupd
