// Whose account a number is, asked of the suppliers that tell, before anything is sent to it.
//
// A call is made by one of a few threads of its own, and who asks waits only so long: a supplier
// that hangs keeps those few busy, and neither other suppliers nor those who make answers.
// Thread-safe.

#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "providers/provider.h"
#include "topup/catalogue.h"

namespace topupd {

class Nicknames {
 public:
  using Providers = std::map<topup::ProviderId, Provider*>;

  struct Options {
    int calls = 4;                              // to one supplier at the same time, 0 or more
    std::chrono::milliseconds patience{5'000};  // of who asks
  };

  // providers outlives it, and changes no more once somebody asks.
  explicit Nicknames(const Providers& providers) : Nicknames{providers, Options{}} {}
  Nicknames(const Providers& providers, Options options);
  ~Nicknames();  // waits for the calls that are under way
  Nicknames(const Nicknames&) = delete;
  Nicknames& operator=(const Nicknames&) = delete;

  // Whether its supplier tells.
  bool tells(const topup::Offer& offer) const;

  // Asks one supplier after the other, until one knows or time is up.  Empty: none of them tells
  // at all.  `unknown`: none said anything in time, or all are asked by too many already.
  std::optional<Nickname> ask(const std::vector<topup::Offer>& offers, const std::string& target);

  // Whoever waits gets `unknown`, and so does everybody from now on.
  void stop();

 private:
  using Lock = std::unique_lock<std::mutex>;

  struct Question {
    topup::ProviderId supplier;
    Account account;
    std::optional<Nickname> answer;
  };

  void call(Lock& lock, const std::shared_ptr<Question>& question);
  void make_calls();  // the threads' work
  Nickname answer_to(const Question& question) const;

  const Providers& providers_;
  const Options options_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable asked_;
  std::condition_variable answered_;
  std::deque<std::shared_ptr<Question>> queue_;
  std::map<topup::ProviderId, int> under_way_;  // calls queued or being made
  std::size_t idle_ = 0;                        // threads that wait for a call
  bool is_stopping_ = false;
  std::vector<std::thread> callers_;  // grows as calls overlap
};

}  // namespace topupd
