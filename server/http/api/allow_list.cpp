#include "http/api/allow_list.h"

#include <algorithm>

#include "http/edge_address.h"

namespace topupd::http {

std::vector<std::string> read_addresses(Reader& in) {
  auto addresses = in.list(kAddresses);
  if (!std::ranges::all_of(addresses,
                           [](const auto& text) { return IpNetwork::parse(text).has_value(); }))
    in.blame(kAddresses);
  return addresses;
}

}  // namespace topupd::http
