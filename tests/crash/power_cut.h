// What a disk holds after the power failed, or the process alone, at a moment of its life.

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "crash/disk.h"

namespace topupd::crash {

class PowerCut {
 public:
  // From a disk's beginning, when it held that; it must outlive this object.
  explicit PowerCut(const Disk& disk, Image first = {})
      : acts_{disk.acts()}, durable_{std::move(first)} {}

  // Goes forward to where that many acts have happened.
  void advance(std::size_t moment);

  Image lost() const { return durable_; }  // nothing but what was synced
  Image kept() const;                      // everything: the process alone has died
  // Of what was not synced each sector by itself is kept, lost or full of noise; names are kept
  // or lost.
  Image torn(std::uint64_t seed) const;
  bool is_all_durable() const { return pending_.empty(); }
  // Grows whenever lost() becomes another image.
  int syncs() const { return syncs_; }

 private:
  struct Pending {
    const Act* act;
    bool is_given_up;  // a sync of it has failed, so that no later one makes it durable
  };
  void make_durable(const std::string& file);
  void make_names_durable();

  const std::vector<Act>& acts_;
  std::size_t moment_ = 0;
  int syncs_ = 0;
  Image durable_;
  std::vector<Pending> pending_;
};

}  // namespace topupd::crash
