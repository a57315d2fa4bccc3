#include "providers/sandbox_nickname.h"

#include <algorithm>
#include <array>

#include "providers/sandbox_sn.h"

namespace topupd {
namespace {

// Free Fire, Genshin Impact, Honor of Kings, Mobile Legends, PUBG Mobile, Valorant.
constexpr std::array<std::string_view, 6> kGames{"FF", "GI", "HK", "ML", "PM", "VL"};

constexpr std::array<std::string_view, 10> kFirst{"Garuda",  "Senja", "Badai", "Kopi",  "Macan",
                                                  "Bintang", "Rimba", "Ombak", "Petir", "Elang"};
constexpr std::array<std::string_view, 10> kSecond{"Hitam", "Malam", "Sakti", "Timur", "Emas",
                                                   "Merah", "Laut",  "Jaya",  "Utara", "Senyap"};

std::size_t at(char digit) { return static_cast<std::size_t>(digit - '0'); }

}  // namespace

bool is_sandbox_game(std::string_view sku) {
  return std::ranges::any_of(kGames, [&](auto game) {
    return sku.starts_with(game) && sku.size() > game.size() && sku[game.size()] >= '0' &&
           sku[game.size()] <= '9';
  });
}

std::string sandbox_nickname(std::string_view target) {
  const auto digits = digits_from(target, 4);
  std::string name{kFirst.at(at(digits[0]))};
  name += kSecond.at(at(digits[1]));
  return name + digits.substr(2);
}

}  // namespace topupd
