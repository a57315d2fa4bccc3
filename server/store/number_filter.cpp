#include "store/number_filter.h"

#include <algorithm>

namespace topupd {
namespace {

constexpr std::int64_t kRoomAtLeast = 65'536;
constexpr std::int64_t kNumbersInBlock = 32;  // of 256 bits

// Of the golden ratio: hashes of 47 bits shall differ in the highest of 64, too.
constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;
constexpr unsigned kHalf = 32;

}  // namespace

NumberFilter::NumberFilter(std::int64_t expected) { add_layer(expected); }

void NumberFilter::add(std::int64_t number) {
  if (layers_.back().room <= 0) add_layer(added_);
  auto& layer = layers_.back();
  const auto spread = static_cast<std::uint64_t>(number) * kSpread;
  auto& block = layer.blocks[place_in(layer, spread)];
  const auto bits = bits_of(spread);
  for (std::size_t word = 0; word < kWords; ++word)
    block.at(word) |= bits.at(word);
  --layer.room;
  ++added_;
}

bool NumberFilter::may_have(std::int64_t number) const {
  const auto spread = static_cast<std::uint64_t>(number) * kSpread;
  const auto bits = bits_of(spread);
  return std::any_of(layers_.begin(), layers_.end(), [&](const Layer& layer) {
    const auto& block = layer.blocks[place_in(layer, spread)];
    std::uint32_t missing = 0;
    for (std::size_t word = 0; word < kWords; ++word)
      missing |= bits.at(word) & ~block.at(word);
    return missing == 0;
  });
}

void NumberFilter::add_layer(std::int64_t numbers) {
  const auto room = std::max(numbers, kRoomAtLeast);
  layers_.push_back(
      {std::vector<Block>(static_cast<std::size_t>(room / kNumbersInBlock + 1)), room});
}

std::size_t NumberFilter::place_in(const Layer& layer, std::uint64_t spread) {
  return static_cast<std::size_t>((spread >> kHalf) * layer.blocks.size() >> kHalf);
}

// The odd numbers are Parquet's.
NumberFilter::Block NumberFilter::bits_of(std::uint64_t spread) {
  static constexpr Block kSalts{0x47b6137bU, 0x44974d91U, 0x8824ad5bU, 0xa2b7289dU,
                                0x705495c7U, 0x2df1424bU, 0x9efc4947U, 0x5c6bfb31U};
  constexpr unsigned kBitOfWord = 27;
  Block bits{};
  for (std::size_t word = 0; word < kWords; ++word)
    bits.at(word) = 1U << (static_cast<std::uint32_t>(spread) * kSalts.at(word) >> kBitOfWord);
  return bits;
}

}  // namespace topupd
