#include "crash/power_cut.h"

#include <algorithm>

#include "core/dice.h"

namespace topupd::crash {
namespace {

using topup::testing::Dice;

constexpr std::size_t kSector = 512;
constexpr std::int64_t kChances = 8;

std::string noise(Dice& dice, std::size_t count) {
  std::string bytes(count, '\0');
  for (auto& byte : bytes)
    byte = static_cast<char>(dice.below(256));
  return bytes;
}

// The sectors of a write, each by itself.  kept: in eighths.
void tear(const Act& act, std::int64_t kept, Dice& dice, Image& image) {
  for (std::size_t at = 0; at < act.bytes.size(); at += kSector) {
    Act sector{Act::Kind::write, act.file, act.offset + at, act.bytes.substr(at, kSector)};
    if (dice.below(kChances) < kept) {
      carry_out(sector, image);
    } else if (dice.one_in(kChances)) {
      sector.bytes = noise(dice, sector.bytes.size());
      carry_out(sector, image);
    }
  }
}

}  // namespace

// A new file's first sync makes its folder durable, with every name that came or went before.
void PowerCut::make_names_durable() {
  auto is_name = [](const Pending& pending) {
    return pending.act->kind == Act::Kind::create || pending.act->kind == Act::Kind::remove;
  };
  for (const auto& pending : pending_)
    if (is_name(pending)) carry_out(*pending.act, durable_);
  std::erase_if(pending_, is_name);
}

void PowerCut::make_durable(const std::string& file) {
  ++syncs_;
  if (!durable_.contains(file)) make_names_durable();
  auto is_done = [&](const Pending& pending) {
    return pending.act->file == file && !pending.is_given_up;
  };
  for (const auto& pending : pending_)
    if (is_done(pending)) carry_out(*pending.act, durable_);
  std::erase_if(pending_, is_done);
}

void PowerCut::advance(std::size_t moment) {
  for (; moment_ < moment; ++moment_) {
    const auto& act = acts_[moment_];
    switch (act.kind) {
      case Act::Kind::create:
      case Act::Kind::write:
      case Act::Kind::truncate:
      case Act::Kind::remove: pending_.push_back({&act, false}); break;
      case Act::Kind::sync: make_durable(act.file); break;
      case Act::Kind::failed_sync:
        for (auto& pending : pending_)
          if (pending.act->file == act.file) pending.is_given_up = true;
        break;
    }
  }
}

Image PowerCut::kept() const {
  auto image = durable_;
  for (const auto& pending : pending_)
    carry_out(*pending.act, image);
  return image;
}

Image PowerCut::torn(std::uint64_t seed) const {
  Dice dice{seed};
  auto kept = dice.between(1, kChances - 1);
  auto image = durable_;
  for (const auto& pending : pending_) {
    if (pending.act->kind == Act::Kind::write)
      tear(*pending.act, kept, dice, image);
    else if (dice.below(kChances) < kept)
      carry_out(*pending.act, image);
  }
  return image;
}

}  // namespace topupd::crash
