#include "bench/bare_server.h"

#include <httplib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>

namespace topupd::bench {
namespace {

constexpr std::size_t kThreads = 64;  // as many as the connections that are measured
constexpr int kBacklog = 1'024;
constexpr std::size_t kRequestsMax = 10'000'000;

void answer_posts(httplib::Server& server, Reply reply) {
  server.Post("/api/order/create", [reply = std::move(reply)](const httplib::Request& request,
                                                              httplib::Response& response) {
    response.set_content(reply(request.body, request.get_header_value("X-API-Key")),
                         "application/json");
  });
}

[[noreturn]] void serve(httplib::Server& server, const std::function<Reply()>& prepare) {
  server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  server.set_keep_alive_max_count(kRequestsMax);
  server.Get("/", [](const httplib::Request&, httplib::Response& response) {
    response.set_content(R"({"status":true,"data":"hello"})", "application/json");
  });
  if (prepare) answer_posts(server, prepare());
  server.listen_after_bind();
  ::_exit(0);
}

}  // namespace

BareServer::BareServer() : BareServer{std::function<Reply()>{}} {}

BareServer::BareServer(const std::function<Reply()>& prepare) {
  httplib::Server server;
  server.set_tcp_nodelay(true);
  socket_t socket = INVALID_SOCKET;
  server.set_socket_options([&](socket_t made) { socket = made; });
  port_ = server.bind_to_any_port("127.0.0.1");
  if (port_ <= 0) throw std::runtime_error{"the bare server has no port"};
  ::listen(socket, kBacklog);  // its own is 5, which refuses those who come together
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error{"can't fork"};
  if (pid_ == 0) serve(server, prepare);
}

BareServer::~BareServer() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

}  // namespace topupd::bench
