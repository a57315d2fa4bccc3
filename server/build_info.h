// What this build was made from, as build_info.cmake found it.

#pragma once

#include <vector>

namespace topupd {

extern const char* const kBuildCommit;  // "unknown" outside git

struct CarriedLibrary {
  const char* name;
  const char* version;  // the distribution's, which tells the security fixes: "3.40.1-2+deb12u2"
};

// Those whose code is part of the program.
const std::vector<CarriedLibrary>& carried_libraries();

}  // namespace topupd
