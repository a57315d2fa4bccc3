// The addresses that a reseller's requests may come from.

#pragma once

#include <string>
#include <vector>

#include "http/api/params.h"

namespace topupd::http {

inline constexpr Parameter kAddresses{
    .name = "addresses",
    .type = ParameterType::list,
    .presence = Presence::required,
    .max = 50,
    .summary = "Addresses and networks (CIDR); an empty list lets every address in",
    .example = "192.0.2.7,2001:db8::/32",
    .is_private = true};

// Blames what is neither an address nor a network.
std::vector<std::string> read_addresses(Reader& in);

}  // namespace topupd::http
