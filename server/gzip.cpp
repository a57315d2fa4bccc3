#include "gzip.h"

#include <limits>
#include <stdexcept>

#include <zlib.h>

namespace topupd {

namespace {

constexpr int kGzipWindow = 15 + 16;  // 32 KiB, with gzip's head and sum
constexpr int kMemoryLevel = 8;

}  // namespace

std::string gzip(std::string_view text) {
  if (text.size() > std::numeric_limits<uInt>::max()) throw std::runtime_error{"too long to gzip"};
  z_stream stream{};
  const int begun = deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                                 Z_DEFAULT_STRATEGY);
  if (begun != Z_OK) throw std::runtime_error{"gzip cannot begin"};
  std::string out(deflateBound(&stream, text.size()), '\0');
  // zlib reads through a pointer that is not const, and does not write there.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (done != Z_STREAM_END) throw std::runtime_error{"gzip cannot end"};
  return out;
}

}  // namespace topupd
