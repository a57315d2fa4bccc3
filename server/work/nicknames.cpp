#include "work/nicknames.h"

#include <exception>
#include <utility>

#include "long_wait.h"

namespace topupd {

Nicknames::Nicknames(const Providers& providers, Options options)
    : providers_{providers}, options_{options} {}

Nicknames::~Nicknames() {
  stop();
  for (auto& caller : callers_)
    caller.join();
}

void Nicknames::stop() {
  {
    const std::lock_guard lock{mutex_};
    is_stopping_ = true;
  }
  asked_.notify_all();
  answered_.notify_all();
}

bool Nicknames::tells(const topup::Offer& offer) const {
  const auto found = providers_.find(offer.provider);
  return found != providers_.end() && found->second->tells_nickname(offer.sku);
}

std::optional<Nickname> Nicknames::ask(const std::vector<topup::Offer>& offers,
                                       const std::string& target) {
  const auto until = std::chrono::steady_clock::now() + options_.patience;
  const LongWait wait;
  std::optional<Nickname> told;
  Lock lock{mutex_};
  for (const auto& offer : offers) {
    if (!tells(offer)) continue;
    told = Nickname{};
    if (is_stopping_ || under_way_[offer.provider] >= options_.calls) continue;
    const auto question =
        std::make_shared<Question>(Question{offer.provider, {offer.sku, target}, {}});
    call(lock, question);
    answered_.wait_until(lock, until, [&] { return is_stopping_ || question->answer; });
    if (question->answer && question->answer->kind != Nickname::Kind::unknown)
      return question->answer;
    if (std::chrono::steady_clock::now() >= until) break;
  }
  return told;
}

void Nicknames::call(Lock& /*lock*/, const std::shared_ptr<Question>& question) {
  if (queue_.size() >= idle_) callers_.emplace_back([this] { make_calls(); });
  queue_.push_back(question);
  ++under_way_[question->supplier];
  asked_.notify_one();
}

Nickname Nicknames::answer_to(const Question& question) const {
  try {
    return providers_.at(question.supplier)->nickname(question.account);
  } catch (const std::exception&) {
    return {};
  }
}

void Nicknames::make_calls() {
  Lock lock{mutex_};
  while (true) {
    ++idle_;
    asked_.wait(lock, [&] { return is_stopping_ || !queue_.empty(); });
    --idle_;
    if (is_stopping_) return;
    const auto question = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    auto answer = answer_to(*question);
    lock.lock();
    question->answer = std::move(answer);
    --under_way_[question->supplier];
    answered_.notify_all();
  }
}

}  // namespace topupd
