// Tells of a number, among millions, that it was never added; a byte for each in memory.
//
// Made of split block Bloom filters, as Apache Parquet's specification describes them
// (BloomFilter.md): a number sets eight bits of one block.  Numbers must be hashes already.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace topupd {

class NumberFilter {
 public:
  // expected: how many will be added, about.  It takes more, at the cost of time.
  explicit NumberFilter(std::int64_t expected);

  void add(std::int64_t number);

  // true of each that was added, and of some 3 in 100 others; of as many again each time that there
  // are twice as many as were expected.
  bool may_have(std::int64_t number) const;

 private:
  static constexpr std::size_t kWords = 8;
  using Block = std::array<std::uint32_t, kWords>;

  struct Layer {
    std::vector<Block> blocks;
    std::int64_t room;  // numbers that may still be added
  };

  void add_layer(std::int64_t numbers);
  static std::size_t place_in(const Layer& layer, std::uint64_t spread);
  static Block bits_of(std::uint64_t spread);

  std::vector<Layer> layers_;  // each but the first has room for as many as those before it
  std::int64_t added_ = 0;
};

}  // namespace topupd
