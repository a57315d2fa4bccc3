#include "http/pages/archive.h"

#include <cstddef>
#include <stdexcept>

namespace topupd::http {

namespace {

// Of a header, as POSIX.1 "ustar" has it.
constexpr std::size_t kBlock = 512;
constexpr std::size_t kPathSize = 100;
constexpr std::size_t kSizeAt = 124;
constexpr std::size_t kSizeSize = 12;
constexpr std::size_t kTypeAt = 156;
constexpr char kRegular = '0';

std::string_view until_zero(std::string_view field) { return field.substr(0, field.find('\0')); }

std::size_t octal(std::string_view field) {
  std::size_t value = 0;
  for (const char digit : until_zero(field)) {
    if (digit == ' ') break;
    if (digit < '0' || digit > '7') throw std::logic_error{"an archive has a malformed size"};
    value = value * 8 + static_cast<std::size_t>(digit - '0');
  }
  return value;
}

}  // namespace

std::vector<ArchivedFile> files_in(std::string_view tar) {
  std::vector<ArchivedFile> files;
  while (tar.size() >= kBlock && tar.front() != '\0') {
    const auto header = tar.substr(0, kBlock);
    const auto size = octal(header.substr(kSizeAt, kSizeSize));
    tar.remove_prefix(kBlock);
    const auto padded = (size + kBlock - 1) / kBlock * kBlock;
    if (padded > tar.size()) throw std::logic_error{"an archive is cut off"};
    if (header[kTypeAt] != kRegular && header[kTypeAt] != '5')
      throw std::logic_error{"an archive holds something that is no file"};
    if (header[kTypeAt] == kRegular)
      files.push_back({until_zero(header.substr(0, kPathSize)), tar.substr(0, size)});
    tar.remove_prefix(padded);
  }
  return files;
}

}  // namespace topupd::http
