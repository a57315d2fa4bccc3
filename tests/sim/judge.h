// At the end, when everybody was told everything: the books against what really happened.

#pragma once

#include <string>

#include "sim/admins.h"
#include "sim/resellers.h"
#include "sim/world.h"

namespace topupd::sim {

// What is not over yet, in a few words; empty if everything has reached a final state.
std::string unsettled(World& world, const Admins& admins);

// Throws Violation where the books and the outside world disagree.
void judge(World& world, const Resellers& resellers, const Admins& admins);

}  // namespace topupd::sim
