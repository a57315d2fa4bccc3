// Text made smaller for the way, as RFC 1952 has it.

#pragma once

#include <string>
#include <string_view>

namespace topupd {

// At the best ratio: for what is made once and sent often.  Throws std::runtime_error if there is
// no memory.
std::string gzip(std::string_view text);

}  // namespace topupd
