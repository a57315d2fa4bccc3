// Other programs that take the same orders, made ready by scripts/bench_peers.sh.

#pragma once

#include <string>
#include <variant>
#include <vector>

namespace topupd::bench {

struct Scene;

struct Peer {
  struct Server {
    int port = 0;  // takes POST /api/order/create; knows the keys of peer_keys
  };
  struct Command {
    std::string line;  // prints "tps = N" somewhere
  };
  std::string name;
  std::variant<Server, Command> what;
};

// "NAME=PORT" or "NAME=COMMAND".  Throws std::invalid_argument.
Peer peer_of(const std::string& text);

// "peer-key-2", …: the resellers' keys there, in the order of their ids.
std::vector<std::string> peer_keys(std::int64_t resellers);

// Orders a second with 64 connections, or what the command says.
double rate_of(Scene& scene, const Peer& peer);

}  // namespace topupd::bench
