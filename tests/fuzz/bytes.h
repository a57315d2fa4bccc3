// Choices taken from arbitrary bytes, one after the other; zeros when there are no more.

#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace topupd::fuzz {

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_{bytes} {}

  bool empty() const { return left_.empty(); }
  std::size_t byte() { return empty() ? 0 : static_cast<unsigned char>(take(1).front()); }
  // 0 to count - 1; count is 1 to 256.
  std::size_t below(std::size_t count) { return byte() % count; }
  // Up to 255 characters.
  std::string_view text() { return take(byte()); }
  std::string_view rest() { return take(left_.size()); }

 private:
  std::string_view take(std::size_t count) {
    const auto taken = left_.substr(0, count);
    left_.remove_prefix(taken.size());
    return taken;
  }

  std::string_view left_;
};

}  // namespace topupd::fuzz
