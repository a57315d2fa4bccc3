// Stands between the server and the suppliers and holds every request against what was promised:
// I37 and the sheets.

#pragma once

#include <map>
#include <string>

#include "providers/provider.h"
#include "sim/timeline.h"

namespace topupd::sim {

class Supplier;
class World;

class Witness {
 public:
  explicit Witness(World& world) : world_{world} {}

  // Before the request leaves.  Both throw Violation.
  void sends(const Supplier& supplier, const Purchase& purchase);
  void asks(const Supplier& supplier, const Purchase& purchase);

  // Which of the rules were held against how many requests.
  std::int64_t sent() const { return static_cast<std::int64_t>(sent_.size()); }
  std::int64_t sent_again() const { return sent_again_; }

 private:
  struct Sent {
    Purchase purchase;
    milliseconds at{0};
  };

  World& world_;
  std::map<std::string, Sent> sent_;  // by reference; when last
  std::int64_t sent_again_ = 0;
};

}  // namespace topupd::sim
