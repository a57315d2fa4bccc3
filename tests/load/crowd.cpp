// The other clients of a server: connections that are idle after a request, and connections that
// send a byte of their request every second.  A process of its own, so that neither its descriptors
// nor its work are the measuring client's; from several addresses, as a port is used once for each.
//
//   crowd PORT IDLE DRIPPING     prints "ready" when all are connected, then drips until it is
//   killed

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

constexpr int kConnectionsOfAnAddress = 2'000;
constexpr std::string_view kRequest = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view kBegin = "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ";

void raise_descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// 127.0.0.HOST, any port.
sockaddr_in address_of(int host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + static_cast<std::uint32_t>(host));
  return address;
}

int connected(int number, int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto from = address_of(2 + number / kConnectionsOfAnAddress, 0);
  const auto to = address_of(1, port);
  if (fd < 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
      ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    throw std::runtime_error{"connection " + std::to_string(number) + " failed"};
  return fd;
}

bool send_all(int fd, std::string_view bytes) {
  return ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

// As a client that keeps its connection: it has asked something, and does not now.
int idle_after_a_request(int number, int port) {
  const int fd = connected(number, port);
  char first = 0;
  if (!send_all(fd, kRequest) || ::recv(fd, &first, 1, 0) != 1)
    throw std::runtime_error{"connection " + std::to_string(number) + " has no answer"};
  return fd;
}

void stay(int port, int idle, int dripping) {
  for (int i = 0; i < idle; ++i)
    idle_after_a_request(i, port);
  std::vector<int> drips;
  for (int i = 0; i < dripping; ++i) {
    drips.push_back(connected(idle + i, port));
    send_all(drips.back(), kBegin);
  }
  std::puts("ready");
  std::fflush(stdout);
  while (true) {
    // Spread over the second.  One whose time is over begins again.
    for (std::size_t i = 0; i < drips.size(); ++i) {
      if (!send_all(drips[i], "a")) {
        ::close(drips[i]);
        drips[i] = connected(idle + static_cast<int>(i), port);
        send_all(drips[i], kBegin);
      }
      std::this_thread::sleep_for(std::chrono::microseconds{1'000'000 / drips.size()});
    }
    if (drips.empty()) ::pause();
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() != 3) return 2;
  raise_descriptor_limit();
  try {
    stay(std::stoi(words[0]), std::stoi(words[1]), std::stoi(words[2]));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "crowd: %s\n", error.what());
    return 1;
  }
}
