// The meaning of configuration keys in Indonesian, for the dashboard.

#pragma once

#include <string_view>

namespace topupd {

// A sentence; "" if there is no such key.
std::string_view bantuan_of(std::string_view key);

}  // namespace topupd
