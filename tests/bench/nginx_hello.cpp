#include "bench/nginx_hello.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "bench/load.h"

namespace topupd::bench {
namespace {

constexpr const char* kProgram = "/usr/sbin/nginx";
constexpr int kTries = 100;
constexpr std::chrono::milliseconds kBetween{20};

// One that is free now: nginx can't be asked which port it took.
int free_port() {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  bool is_bound = ::bind(socket, plain, size) == 0 && ::getsockname(socket, plain, &size) == 0;
  ::close(socket);
  if (!is_bound) throw std::runtime_error{"no port for nginx"};
  return ntohs(address.sin_port);
}

// The answer is as long as that of the HTTP library's hello.
std::string configuration(const std::string& dir, int port) {
  std::string text = "daemon off;\nmaster_process off;\npid " + dir + "/pid;\nerror_log " + dir +
                     "/error.log;\nevents { worker_connections 4096; }\nhttp {\n"
                     "access_log off;\nkeepalive_requests 100000000;\n";
  for (const std::string kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
    text.append(kind).append("_temp_path ").append(dir).append("/").append(kind).append(";\n");
  return text + "server { listen 127.0.0.1:" + std::to_string(port) +
         " backlog=1024; default_type application/json;\n"
         "location / { return 200 '{\"status\":true,\"data\":\"hello\"}'; } }\n}\n";
}

bool answers(int port) {
  try {
    ask(port, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

}  // namespace

bool NginxHello::is_installed() { return std::filesystem::exists(kProgram); }

NginxHello::NginxHello(const std::filesystem::path& dir) : port_{free_port()} {
  std::filesystem::create_directories(dir);
  auto absolute = std::filesystem::absolute(dir).string();
  std::ofstream{dir / "nginx.conf"} << configuration(absolute, port_);
  child_ = std::make_unique<test::ChildProcess>(
      std::vector<std::string>{kProgram, "-p", absolute, "-c", absolute + "/nginx.conf", "-e",
                               absolute + "/error.log"},
      absolute + "/nginx");
  for (int i = 0; i < kTries && child_->is_running(); ++i) {
    if (answers(port_)) return;
    std::this_thread::sleep_for(kBetween);
  }
  throw std::runtime_error{"nginx does not start: " + child_->err()};
}

}  // namespace topupd::bench
