// Addresses of peers, networks of trusted proxies, and who the client really is.
//
// Pure functions; may be called from any thread.

#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace topupd::http {

// An IPv4 address is kept as its IPv4-mapped IPv6 address, so that 1.2.3.4 and ::ffff:1.2.3.4 are
// the same.
struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  // Empty: not an address.  Takes no port, brackets or zone.
  static std::optional<IpAddress> parse(std::string_view text);

  bool is_v4() const;
  bool is_loopback() const;
  // The network that limits count as one client: the address itself, of IPv6 the /64.
  IpAddress counted() const;
  std::string text() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

class IpNetwork {
 public:
  // "10.0.0.0/8", "fd00::/8", or one address.  Empty: not a network.
  static std::optional<IpNetwork> parse(std::string_view text);

  bool contains(const IpAddress& address) const;

 private:
  IpAddress base_;
  int prefix_bits_ = 128;  // 0 to 128, of the mapped address for IPv4
};

// The client behind `peer`: while the one who speaks is a trusted proxy, the address that it
// vouches for, from the right of X-Forwarded-For (all such headers in their order).  What can't be
// read ends the walk at the last address that is known.
IpAddress client_address(const IpAddress& peer, const Pairs& headers,
                         const std::vector<IpNetwork>& trusted_proxies);

// Whether a header says that the request came through a proxy.
bool came_through_proxy(const Pairs& headers);

}  // namespace topupd::http
