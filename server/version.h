// What this program is built from.

#pragma once

#include <string>
#include <string_view>

namespace topupd {

// "0.1.0"
std::string_view version();

// Version, commit, schema, compiler and the version of every library that the program carries, one
// a line.  The libraries' versions are those of the packages they were built from: they come with
// the program, so a security fix of one needs a new build.
std::string version_text(int schema);

// The notices of those libraries.
std::string_view licenses_text();

}  // namespace topupd
