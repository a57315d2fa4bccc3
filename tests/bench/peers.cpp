#include "bench/peers.h"

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "bench/scene.h"

namespace topupd::bench {
namespace {

constexpr std::int64_t kWarmUp = 1'000;  // requests

double rate_of_command(const std::string& line) {
  const std::string mark = "tps = ";
  // The operator's own command line, given to this program: a shell is what he expects.
  std::unique_ptr<FILE, int (*)(FILE*)> pipe{::popen(line.c_str(), "r"), &::pclose};
  if (!pipe) throw std::runtime_error{"can't run " + line};
  std::string out;
  std::array<char, 4'096> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe.get()) != nullptr)
    out += buffer.data();
  auto at = out.find(mark);
  if (at == std::string::npos) throw std::runtime_error{"no tps from " + line + ": " + out};
  return std::stod(out.substr(at + mark.size()));
}

}  // namespace

Peer peer_of(const std::string& text) {
  auto at = text.find('=');
  if (at == 0 || at == std::string::npos) throw std::invalid_argument{"no peer: " + text};
  auto what = text.substr(at + 1);
  if (!what.empty() && what.find_first_not_of("0123456789") == std::string::npos)
    return {text.substr(0, at), Peer::Server{std::stoi(what)}};
  return {text.substr(0, at), Peer::Command{what}};
}

std::vector<std::string> peer_keys(std::int64_t resellers) {
  std::vector<std::string> keys;
  for (std::int64_t id = kAdmin + 1; id <= kAdmin + resellers; ++id)
    keys.push_back("peer-key-" + std::to_string(id));
  return keys;
}

double rate_of(Scene& scene, const Peer& peer) {
  const auto keys = peer_keys(scene.size.resellers);
  if (const auto* server = std::get_if<Peer::Server>(&peer.what))
    return place_for_a_while(scene, {server->port, keys}, kWarmUp).rate();
  return rate_of_command(std::get<Peer::Command>(peer.what).line);
}

}  // namespace topupd::bench
