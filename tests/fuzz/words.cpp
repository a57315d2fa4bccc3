#include <string>

#include "fuzz/targets.h"
#include "http/api/allow_list.h"
#include "http/api/endpoint.h"
#include "http/edge_address.h"
#include "http/edge_target.h"
#include "topup/seal.h"

namespace topupd::fuzz {
namespace {

void read_addresses(std::string_view text) {
  if (const auto address = http::IpAddress::parse(text)) {
    must(http::IpAddress::parse(address->text()) == address, "an address survives being written");
    const auto counted = address->counted();
    must(counted == counted.counted(), "what counts for an address counts for itself");
  }
  const auto network = http::IpNetwork::parse(text);
  const auto slash = text.find('/');
  const auto base = http::IpAddress::parse(text.substr(0, slash));
  if (network) must(base && network->contains(*base), "a network has its own address");
  const http::Pairs headers{{"x-forwarded-for", std::string{text}}};
  const auto peer = http::IpAddress::parse("10.0.0.1").value();
  const auto trusted = http::IpNetwork::parse("10.0.0.0/8").value();
  must(http::client_address(peer, headers, {}) == peer, "a stranger vouches for nobody");
  const auto client = http::client_address(peer, headers, {trusted});
  must(http::IpAddress::parse(client.text()) == client, "a client has an address");
}

void read_targets(std::string_view text) {
  if (const auto target = http::parse_target(text)) {
    must(target->path.starts_with('/'), "a path begins with a slash");
    must(target->authority.empty() || http::is_authority(target->authority),
         "who is named is an authority");
  }
  for (const auto& [name, value] : http::parse_query(text))
    must(name.size() + value.size() <= text.size(), "a pair is no longer than what it came from");
}

void read_head(std::string_view text) {
  if (const auto head = topup::noted_head_from(text))
    must(topup::text(*head) == text, "a head is written in one way");
}

void read_header(std::string_view text) {
  const http::Request request{.headers = {{"idempotency-key", std::string{text}}}};
  const auto key = http::idempotency_key(request);
  if (const auto* taken = std::get_if<std::string>(&key))
    must(taken->size() <= 255, "a key is bounded");
}

}  // namespace

void read_words(std::string_view input) {
  read_addresses(input);
  read_targets(input);
  read_head(input);
  read_header(input);
}

}  // namespace topupd::fuzz
