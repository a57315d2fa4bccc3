// How often that changed which requests remember.

#pragma once

#include <cstdint>

namespace topupd {

// Whoever keeps a copy asks for the number first and reads after it; while the number stays, the
// copy is as good as a new one.  A number is raised after the commit that changed something, and
// before its caller returns.
struct Versions {
  std::uint64_t people = 0;     // users and tiers
  std::uint64_t catalogue = 0;  // services, offers, providers and price rules
};

}  // namespace topupd
