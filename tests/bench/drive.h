// The load generator itself: one thread, one epoll set, one outstanding request a connection.

#pragma once

#include <functional>
#include <string>

#include "bench/load.h"

namespace topupd::bench {

// Runs the load in the calling process; the result is not sorted.  see, if it is given, gets every
// answer whole.  Throws std::runtime_error as run() does.
LoadResult drive(const Load& load, const std::function<void(const std::string&)>& see = {});

}  // namespace topupd::bench
