#include "http/edge_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace topupd::http {

namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// X-Forwarded-For, -Host, -Proto, …, and what else proxies and content networks say.
constexpr std::string_view kForwarded = "x-forwarded-";
constexpr std::array<std::string_view, 7> kOfProxies{
    "forwarded",          "via", "x-real-ip", "x-client-ip", "cf-connecting-ip", "true-client-ip",
    "x-cluster-client-ip"};

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// An entry of X-Forwarded-For: an address, some proxies add a port.
std::optional<IpAddress> parse_entry(std::string_view entry) {
  entry = trimmed(entry);
  if (!entry.empty() && entry.front() == '[') {
    const auto close = entry.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    return IpAddress::parse(entry.substr(1, close - 1));
  }
  const auto colon = entry.find(':');
  const bool has_port = colon != std::string_view::npos && colon == entry.rfind(':');
  return IpAddress::parse(has_port ? entry.substr(0, colon) : entry);
}

bool is_trusted(const IpAddress& address, const std::vector<IpNetwork>& networks) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const IpNetwork& network) { return network.contains(address); });
}

std::vector<std::string_view> forwarded_entries(const Pairs& headers) {
  std::vector<std::string_view> entries;
  for (const auto& [name, value] : headers) {
    if (name != "x-forwarded-for") continue;
    std::string_view rest = value;
    while (true) {
      const auto comma = rest.find(',');
      entries.push_back(rest.substr(0, comma));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return entries;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string terminated(text);
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  IpAddress address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data() + 12) == 1) return address;
  return std::nullopt;
}

bool IpAddress::is_v4() const {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin());
}

bool IpAddress::is_loopback() const {
  if (is_v4()) return bytes[12] == 127;
  return std::all_of(bytes.begin(), bytes.end() - 1, [](auto byte) { return byte == 0; }) &&
         bytes[15] == 1;
}

IpAddress IpAddress::counted() const {
  if (is_v4()) return *this;
  IpAddress network = *this;
  std::fill(network.bytes.begin() + 8, network.bytes.end(), std::uint8_t{0});
  return network;
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (is_v4()) {
    inet_ntop(AF_INET, bytes.data() + 12, buffer.data(), buffer.size());
  } else {
    inet_ntop(AF_INET6, bytes.data(), buffer.data(), buffer.size());
  }
  return buffer.data();
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto base = IpAddress::parse(text.substr(0, slash));
  if (!base) return std::nullopt;
  IpNetwork network;
  network.base_ = *base;
  if (slash == std::string_view::npos) return network;

  const bool v4_text = text.substr(0, slash).find(':') == std::string_view::npos;
  const std::string_view digits = text.substr(slash + 1);
  int bits = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (bits < 0 || bits > (v4_text ? 32 : 128)) return std::nullopt;
  network.prefix_bits_ = v4_text ? bits + 96 : bits;
  return network;
}

bool IpNetwork::contains(const IpAddress& address) const {
  for (int bit = 0; bit < prefix_bits_; bit += 8) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const int kept = std::min(8, prefix_bits_ - bit);
    const unsigned mask = 0xffU & (0xffU << (8 - kept));
    if (((base_.bytes[byte] ^ address.bytes[byte]) & mask) != 0) return false;
  }
  return true;
}

IpAddress client_address(const IpAddress& peer, const Pairs& headers,
                         const std::vector<IpNetwork>& trusted_proxies) {
  if (!is_trusted(peer, trusted_proxies)) return peer;
  const auto entries = forwarded_entries(headers);
  IpAddress client = peer;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    const auto address = parse_entry(*entry);
    if (!address) return client;
    client = *address;
    if (!is_trusted(client, trusted_proxies)) return client;
  }
  return client;
}

bool came_through_proxy(const Pairs& headers) {
  return std::any_of(headers.begin(), headers.end(), [](const auto& header) {
    const std::string_view name = header.first;
    return name.substr(0, kForwarded.size()) == kForwarded ||
           std::find(kOfProxies.begin(), kOfProxies.end(), name) != kOfProxies.end();
  });
}

}  // namespace topupd::http
