// The plainest server that could take the same orders: a thread for each connection, one lock, one
// order to a commit.  What the commit queue and the edge are worth is the distance to it.

#pragma once

#include "bench/bare_server.h"
#include "bench/scene.h"

namespace topupd::bench {

// Opens the scene's file when it is called; nobody else may have it open then.
Reply naive_shop(const Scene& scene);

}  // namespace topupd::bench
