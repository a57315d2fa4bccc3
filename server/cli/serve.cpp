#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <atomic>
#include <iostream>

#include "cli/verbs.h"
#include "server.h"

namespace topupd::cli {
namespace {

void say_demo_user(const DemoUser& user, const std::string& url) {
  std::cout << "demo user " << user.username << ", password " << user.password;
  if (!user.api_key.empty())
    std::cout << ", API key " << user.api_key << "\nfirst order: curl -X POST " << url
              << "/api/order/create -H 'X-API-Key: " << user.api_key
              << "' -d 'layanan=1&target=123456789'";
  std::cout << '\n';
}

void say(const Server& server, const CommandLine& line) {
  for (const auto& user : server.demo_users())
    say_demo_user(user, server.url());
  const auto link = server.setup_link();
  if (!link.empty()) std::cout << "no admin yet, make the first: " << link << '\n';
  if (line.demo) std::cout << "every route: " << server.url() << "/openapi.json\n";
  std::cout << "topupd listens on " << server.url() << std::endl;
}

void warn_of_plain_http(const Config& config, Log& log) {
  if (!listen_address(config.server.listen).is_loopback)
    log.warn("listening beyond this machine without TLS: keys and passwords can be read on the way",
             {{"listen", config.server.listen}});
}

// Signals are taken by one thread that waits for them, so that no handler runs
// in the middle of anything.
class Signals {
 public:
  // The process's own, for the thread that waits: the server can't go on.
  static constexpr int kBroken = SIGUSR1;
  static void say_broken() { ::kill(::getpid(), kBroken); }

  Signals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a write beyond a file's limit fails, and ends nothing else
    sigemptyset(&set_);
    for (int signal : {SIGTERM, SIGINT, SIGHUP, kBroken})
      sigaddset(&set_, signal);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }

  int wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

  // What came by now was meant for the end that has begun.
  void take_pending() const {
    constexpr timespec kNow{0, 0};
    while (sigtimedwait(&set_, nullptr, &kNow) > 0)
      continue;
  }

  // From now on the next one ends the process at once.
  void release() const {
    std::signal(kBroken, SIG_IGN);
    for (int signal : {SIGTERM, SIGINT})
      std::signal(signal, [](int) { std::_Exit(1); });
    pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
  }

 private:
  sigset_t set_{};
};

// When the program gives up, what it said before still gets into the log.
class LastWords {
 public:
  explicit LastWords(const Log& log) {
    current_log = &log;
    std::signal(SIGABRT, [](int signal) {
      current_log.load()->flush(std::chrono::seconds{1});
      std::signal(signal, SIG_DFL);
      std::raise(signal);
    });
  }
  ~LastWords() { std::signal(SIGABRT, SIG_DFL); }
  LastWords(const LastWords&) = delete;
  LastWords& operator=(const LastWords&) = delete;

 private:
  static inline std::atomic<const Log*> current_log;  // a handler can't be handed anything
};

// Reads the log level again and opens a log file anew.
void reload(const CommandLine& line, Log& log) {
  try {
    log.reopen();
    log.set_level(load_config({line.flags, environment()}).log.level);
    log.info("configuration read again");
  } catch (const std::exception& problem) {
    log.error("could not read the configuration again", {{"problem", problem.what()}});
  }
}

void wait_for_the_end(const Signals& signals, const std::atomic<bool>& is_broken,
                      const CommandLine& line, Log& log) {
  while (true) {
    const int signal = signals.wait();
    if (signal == SIGHUP)
      reload(line, log);
    else if (signal != Signals::kBroken || is_broken)  // anybody may send that one
      return;
  }
}

}  // namespace

int serve(const CommandLine& line, const Config& config) {
  Signals signals;  // before any thread, so that all of them inherit the mask
  Log log{config.log};
  LastWords last_words{log};
  std::atomic<bool> is_broken = false;
  Server server{config, line.demo ? Demo::on : Demo::off, log, [&] {
                  is_broken = true;
                  Signals::say_broken();
                }};
  server.start();
  warn_of_plain_http(config, log);
  say(server, line);
  wait_for_the_end(signals, is_broken, line, log);
  if (is_broken) signals.take_pending();  // nobody asked for the end before
  signals.release();
  log.info("stopping");
  server.stop();
  log.info("stopped");
  return is_broken ? 1 : 0;
}

}  // namespace topupd::cli
