#include "sim/supplier.h"

#include <algorithm>

#include "sim/world.h"

namespace topupd::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using topup::testing::Dice;
using Kind = Answer::Kind;

const std::string kTooDear = "too dear";
constexpr hours kOldKeyFor{1};  // callbacks are under way while their key changes

Answer say(Kind kind, std::string code, Answer::FailOver fail_over = Answer::FailOver::useless) {
  Answer answer;
  answer.kind = kind;
  answer.code = std::move(code);
  answer.fail_over = fail_over;
  return answer;
}

Answer nothing() { return say(Kind::unknown, ""); }

milliseconds decision_time(Dice& dice) {
  return dice.pick(
      std::vector<milliseconds>{milliseconds{1}, seconds{5}, minutes{3}, hours{2}, days{2}});
}

}  // namespace

Supplier::Supplier(World& world, topup::ProviderId id, std::string name, const SupplierPlan& plan)
    : world_{world}, id_{id}, name_{std::move(name)}, plan_{plan} {}

const Deal* Supplier::find(const std::string& reference) const {
  auto found = last_deal_.find(reference);
  return found == last_deal_.end() ? nullptr : &deals_[found->second];
}

bool Supplier::is_on_the_line(const std::string& reference) const {
  return on_the_line_.contains(reference);
}

Answer Supplier::purchase(const Purchase& purchase) {
  world_.witness.sends(*this, purchase);
  auto nth = static_cast<std::uint64_t>(asked_[purchase.target]++);
  auto key = mix(mix(static_cast<std::uint64_t>(id_.value), purchase.target), nth);
  if (world_.faults.strikes(Fault::frozen, key)) {
    world_.tell("the machine stands still");
    world_.timeline.freeze(minutes{3} + milliseconds{Dice{key}.below(3'000'000)});
  }
  if (world_.faults.strikes(Fault::connect_refused, key)) {
    world_.pass(milliseconds{Dice{key}.below(100)});
    return say(Kind::failure, "refused", Answer::FailOver::safe);
  }
  return over_the_line(purchase, key, say(Kind::failure, "signature", Answer::FailOver::safe),
                       [=, this] { return receive(purchase, key); });
}

Answer Supplier::status(const Purchase& purchase) {
  world_.witness.asks(*this, purchase);
  auto nth = static_cast<std::uint64_t>(asked_["?" + purchase.reference]++);
  auto key = mix(mix(static_cast<std::uint64_t>(id_.value), "?" + purchase.target), nth);
  return over_the_line(purchase, key, nothing(), [=, this] {
    return plan_.sheet.status == topup::StatusBy::resend ? receive_again(purchase, key)
                                                         : look_up(purchase, key);
  });
}

// The request arrives, or not, and so does the answer; what happens there happens also if the
// process that asked has died meanwhile.
Answer Supplier::over_the_line(const Purchase& purchase, std::uint64_t key,
                               const Answer& to_a_stranger, const std::function<Answer()>& there) {
  Dice dice{mix(key, "line")};
  auto timeout = plan_.sheet.answer_timeout;
  if (world_.faults.strikes(Fault::request_lost, key)) {
    world_.pass(timeout);
    return nothing();
  }
  struct Call {
    bool arrived = false;
    Answer answer;
  };
  auto call = std::make_shared<Call>();
  bool slow = world_.faults.strikes(Fault::slow_answer, key);
  auto most = slow ? timeout.count() / 2 : 300;
  auto there_after = world_.at_most(milliseconds{dice.one_in(2) ? 0 : dice.below(most)});
  auto back_after = milliseconds{dice.one_in(2) ? 0 : dice.below(most)};
  ++on_the_line_[purchase.reference];
  auto signed_with = requests_key_.of_sender;
  world_.timeline.after(there_after, [=, this, reference = purchase.reference] {
    if (--on_the_line_[reference] == 0) on_the_line_.erase(reference);
    bool is_ours = requests_key_.opens(signed_with, world_.timeline.now());
    if (!is_ours) world_.faults.note(Fault::old_key_refused);
    call->answer = is_ours ? there() : to_a_stranger;
    call->arrived = true;
  });
  bool lost = world_.faults.strikes(Fault::answer_lost, key);
  world_.pass(lost ? timeout : there_after + back_after);
  if (lost || !call->arrived) return nothing();
  if (auto found = last_deal_.find(purchase.reference); found != last_deal_.end())
    deals_[found->second].is_known = true;
  return call->answer;
}

// A first request.
Answer Supplier::receive(const Purchase& purchase, std::uint64_t key) {
  auto safe = Answer::FailOver::safe;
  if (world_.faults.strikes(Fault::maintenance, key)) return say(Kind::failure, "closed", safe);
  if (world_.faults.strikes(Fault::float_exhausted, key))
    return say(Kind::failure, "no money", safe);
  bool garbled = world_.faults.strikes(Fault::gibberish, key);
  if (garbled && Dice{mix(key, "accepted")}.one_in(2)) return nothing();
  auto answer = accept(purchase, key);
  return garbled ? nothing() : answer;
}

// The same request again.  What keeps it from being read is no verdict on the first one.
Answer Supplier::receive_again(const Purchase& purchase, std::uint64_t key) {
  if (world_.faults.strikes(Fault::maintenance, key)) return nothing();
  if (world_.faults.strikes(Fault::gibberish, key)) return nothing();
  const auto* deal = find(purchase.reference);
  if (deal != nullptr && world_.timeline.now() < deal->accepted_at + plan_.true_horizon)
    return answer_about(*deal);
  auto answer = accept(purchase, key);
  return answer.code == kTooDear ? nothing() : answer;
}

Answer Supplier::look_up(const Purchase& purchase, std::uint64_t key) {
  if (world_.faults.strikes(Fault::maintenance, key)) return nothing();
  if (world_.faults.strikes(Fault::gibberish, key)) return nothing();
  const auto* deal = find(purchase.reference);
  if (deal == nullptr)
    return plan_.sheet.client_reference ? say(Kind::not_found, "not found") : nothing();
  if (!deal->is_known) return nothing();
  auto age = world_.timeline.now() - deal->accepted_at;
  if (age <= plan_.read_lag && world_.faults.strikes(Fault::status_lags, key))
    return say(Kind::not_found, "not found");
  return answer_about(*deal);
}

Answer Supplier::accept(const Purchase& purchase, std::uint64_t key) {
  Dice dice{mix(key, "fate")};
  auto price = prices_.at(purchase.sku);
  if (plan_.takes_max_cost && price > purchase.max_cost_rupiah)
    return say(Kind::failure, kTooDear, Answer::FailOver::safe);
  Index index = deals_.size();
  deals_.push_back({});
  auto& deal = deals_.back();
  deal.reference = purchase.reference;
  deal.sku = purchase.sku;
  deal.target = purchase.target;
  deal.max_cost = purchase.max_cost_rupiah;
  deal.accepted_at = world_.timeline.now();
  deal.is_known = plan_.sheet.client_reference;
  if (dice.one_in(2)) deal.fail_over = Answer::FailOver::safe;
  last_deal_[purchase.reference] = index;
  world_.tell(name_ + " accepts " + purchase.reference);

  auto roll = dice.below(10);
  if (world_.faults.strikes(Fault::pending_for_ever, key)) {
    deal.never_decides = true;
  } else if (roll < 4) {
    decide(index, key, true);
  } else if (roll < 6) {
    decide(index, key, false);
  } else {
    world_.timeline.after(decision_time(dice), [=, this] { decide(index, key, roll < 8); });
  }
  return answer_about(deals_[index]);
}

void Supplier::decide(Index index, std::uint64_t key, bool delivers) {
  if (delivers)
    deliver(index, key);
  else
    refuse(index, key);
}

void Supplier::deliver(Index index, std::uint64_t key) {
  auto& deal = deals_[index];
  deal.state = Deal::State::success;
  deal.was_delivered = true;
  deal.charged = prices_.at(deal.sku);
  if (plan_.tells_cost && world_.faults.strikes(Fault::other_cost, key))
    deal.charged = std::max<std::int64_t>(1, deal.charged + Dice{key}.between(-2, 3));
  balance_ -= deal.charged;
  world_.tell(name_ + " delivers " + deal.reference + " for " + std::to_string(deal.charged));
  call_back_often(index, key);
  if (!always_tells() || deal.broke_its_word) return;
  if (!world_.faults.strikes(Fault::success_reversed, key)) return;
  world_.timeline.after(days{1} + hours{Dice{key}.below(48)}, [=, this] {
    auto& taken = deals_[index];
    taken.state = Deal::State::failure;
    balance_ += taken.charged;
    world_.tell(name_ + " takes back " + taken.reference);
    call_back(index, seconds{1});
  });
}

void Supplier::refuse(Index index, std::uint64_t key) {
  auto& deal = deals_[index];
  deal.state = Deal::State::failure;
  world_.tell(name_ + " refuses " + deal.reference);
  call_back_often(index, key);
  if (!always_tells() || !world_.faults.strikes(Fault::failure_then_success, key)) return;
  deal.broke_its_word = true;
  auto by = Dice{key}.pick(std::vector<milliseconds>{seconds{1}, minutes{10}, hours{5}, days{2}});
  world_.timeline.after(by, [=, this] { deliver(index, mix(key, "after all")); });
}

void Supplier::call_back_often(Index index, std::uint64_t key) {
  if (!plan_.calls_back) return;
  Dice dice{mix(key, "callbacks")};
  auto by = milliseconds{dice.below(60'000)};
  if (world_.faults.strikes(Fault::callback_before_answer, key)) by = milliseconds{0};
  if (world_.faults.strikes(Fault::callback_lost, key)) by = hours{dice.between(1, 20)};
  call_back(index, by);
  if (world_.faults.strikes(Fault::callback_doubled, key))
    for (int i = 0; i < 3; ++i)
      call_back(index, by + milliseconds{dice.below(600'000)});
  if (world_.faults.strikes(Fault::callback_reordered, key))
    call_back_with(deals_[index].reference, say(Kind::pending, "03"), by + seconds{1});
}

// Says what is so at the time; until somebody takes it.
void Supplier::call_back(Index index, milliseconds by) {
  world_.timeline.after(by, [=, this, signed_with = callbacks_key_.of_sender] {
    const auto& deal = deals_[index];
    if (!deal.is_known) return;  // which of ours it is, nobody can tell
    if (!world_.is_up() || !is_believed(signed_with)) return call_back(index, minutes{10});
    try {
      sink_(deal.reference, answer_about(deal));
    } catch (const ProcessDied&) {
      call_back(index, minutes{1});
      throw;
    } catch (const std::exception&) {
      call_back(index, minutes{10});
    }
  });
}

void Supplier::call_back_with(const std::string& reference, const Answer& answer, milliseconds by) {
  world_.timeline.after(by, [=, this, signed_with = callbacks_key_.of_sender] {
    if (!world_.is_up() || !is_believed(signed_with)) return;
    try {
      sink_(reference, answer);
    } catch (const std::exception&) {
      world_.tell("a callback was not taken");
    }
  });
}

void Supplier::call_back_about(const std::string& reference) {
  call_back_with(reference, say(Kind::success, "00"), milliseconds{0});
}

bool Supplier::is_believed(int signed_with) {
  if (callbacks_key_.opens(signed_with, world_.timeline.now())) return true;
  world_.faults.note(Fault::notice_key_unknown);
  return false;
}

void Supplier::tell_keys() {
  requests_key_.of_sender = requests_key_.of_receiver;
  callbacks_key_.of_receiver = callbacks_key_.of_sender;
  callbacks_key_.old_until = world_.timeline.now() + kOldKeyFor;
}

void Supplier::decide_everything() {
  for (Index index = 0; index < deals_.size(); ++index) {
    if (!deals_[index].never_decides) continue;
    deals_[index].never_decides = false;
    Dice dice{mix(world_.plan.seed, deals_[index].target)};
    auto by = dice.pick(std::vector<milliseconds>{minutes{1}, hours{30}, days{3}});
    bool delivers = dice.one_in(2);
    world_.timeline.after(by, [=, this] { decide(index, 0, delivers); });
  }
}

Answer Supplier::answer_about(const Deal& deal) const {
  Answer answer;
  answer.provider_reference = "S" + deal.target;
  if (deal.state == Deal::State::pending) {
    answer.kind = Kind::pending;
    return answer;
  }
  if (deal.state == Deal::State::failure) {
    answer.kind = Kind::failure;
    answer.code = "54";
    answer.fail_over = deal.fail_over;
    return answer;
  }
  answer.kind = Kind::success;
  if (plan_.tells_cost) answer.cost = deal.charged;
  if (!world_.faults.strikes(Fault::serial_missing, mix(1, deal.target)))
    answer.sn = "SN" + deal.target;
  return answer;
}

}  // namespace topupd::sim
