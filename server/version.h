// What this program is built from.

#pragma once

#include <string>

namespace topupd {

// Version, commit, schema and every linked library's version, one a line.
std::string version_text();

}  // namespace topupd
