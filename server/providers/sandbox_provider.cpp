#include "providers/sandbox_provider.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "providers/sandbox_nickname.h"
#include "providers/sandbox_sn.h"

namespace topupd {
namespace {

// The margin in which an answer that is not the delay's must have come.
constexpr std::chrono::seconds kAnswerMargin{5};

enum class Line { answers, silent, dead };  // silent: accepted, no answer; dead: never arrived
enum class Final { at_once, later };        // later: after the delay
enum class Ending { success, failure, failure_at_first };
enum class Callbacks { none, one_before_answer, one_when_final, three_later };

Answer unknown(std::string code, std::string raw) {
  Answer answer;
  answer.code = std::move(code);
  answer.raw = std::move(raw);
  return answer;
}

}  // namespace

struct SandboxProvider::Behaviour {
  char last;
  Ending ending;
  Final final;
  Line line;
  Callbacks callbacks;
};

const SandboxProvider::Behaviour& SandboxProvider::behaviour_of(const std::string& target) {
  // clang-format off
  static constexpr std::array<Behaviour, 9> kBehaviours = {{
      {'0', Ending::success,          Final::at_once, Line::answers, Callbacks::none},
      {'1', Ending::success,          Final::later,   Line::answers, Callbacks::one_when_final},
      {'2', Ending::failure,          Final::at_once, Line::answers, Callbacks::none},
      {'3', Ending::failure,          Final::later,   Line::answers, Callbacks::one_when_final},
      {'4', Ending::success,          Final::at_once, Line::silent,  Callbacks::none},
      {'5', Ending::success,          Final::at_once, Line::dead,    Callbacks::none},
      {'6', Ending::success,          Final::at_once, Line::answers, Callbacks::three_later},
      {'7', Ending::success,          Final::at_once, Line::answers, Callbacks::one_before_answer},
      {'8', Ending::failure_at_first, Final::at_once, Line::answers, Callbacks::none},
  }};
  // clang-format on
  auto last = target.empty() ? '0' : target.back();
  const auto* found = std::find_if(kBehaviours.begin(), kBehaviours.end(),
                                   [&](const Behaviour& b) { return b.last == last; });
  return found == kBehaviours.end() ? kBehaviours.front() : *found;
}

SandboxProvider::SandboxProvider(Options options, SandboxDb& db, SandboxTime& time,
                                 SandboxOutbox& outbox)
    : options_{std::move(options)}, db_{db}, time_{time}, outbox_{outbox} {
  outbox_.deliver_for(options_.name,
                      [this](const std::string& reference) { call_back(reference); });
}

topup::CapabilitySheet SandboxProvider::sheet() const {
  topup::CapabilitySheet sheet;
  sheet.client_reference = true;
  sheet.status = topup::StatusBy::query;
  sheet.min_gap = options_.delay;
  sheet.answer_timeout = options_.delay + kAnswerMargin;
  sheet.not_found_proof = 2;
  return sheet;
}

Answer SandboxProvider::purchase(const Purchase& purchase) {
  try {
    return buy(purchase);
  } catch (const std::exception& e) {
    return unknown("sandbox_broken", e.what());
  }
}

Answer SandboxProvider::status(const Purchase& purchase) {
  try {
    auto known = db_.purchase(options_.name, purchase.reference);
    if (known) return answer_about(*known);
  } catch (const std::exception& e) {
    return unknown("sandbox_broken", e.what());
  }
  auto answer = unknown("not_found", "reference=" + purchase.reference + "&code=not_found");
  answer.kind = Answer::Kind::not_found;
  return answer;
}

bool SandboxProvider::tells_nickname(std::string_view sku) const { return is_sandbox_game(sku); }

Nickname SandboxProvider::nickname(const Account& account) {
  const auto& behaviour = behaviour_of(account.target);
  if (behaviour.line != Line::answers) {
    time_.sleep_until(time_.now() + options_.delay);
    return {};
  }
  const bool is_rejected = behaviour.ending == Ending::failure && behaviour.final == Final::at_once;
  if (is_rejected) return {Nickname::Kind::not_found, ""};
  return {Nickname::Kind::known, sandbox_nickname(account.target)};
}

Answer SandboxProvider::buy(const Purchase& purchase) {
  auto now = time_.now();
  const auto& behaviour = behaviour_of(purchase.target);
  if (behaviour.line == Line::dead) {
    time_.sleep_until(now + options_.delay);
    return unknown("time_out", {});
  }
  auto final_at = behaviour.final == Final::later ? now + options_.delay : now;
  SandboxPurchase asked{options_.name,   purchase.reference,       purchase.sku,
                        purchase.target, purchase.max_cost_rupiah, now,
                        final_at};
  auto messages = callbacks(behaviour, asked);
  auto known = db_.accept(asked, messages);
  if (known.sku != asked.sku || known.target != asked.target)
    return unknown("reference_reused", "reference=" + asked.reference + "&code=reference_reused");
  if (!messages.empty()) outbox_.poke();
  if (behaviour.line == Line::silent) {
    time_.sleep_until(now + options_.delay);
    return unknown("time_out", {});
  }
  if (behaviour.callbacks == Callbacks::one_before_answer) call_back_early(known.reference);
  return answer_about(known);
}

std::vector<SandboxMessage> SandboxProvider::callbacks(const Behaviour& behaviour,
                                                       const SandboxPurchase& purchase) const {
  SandboxMessage one{0, options_.name, purchase.reference, purchase.accepted_at + options_.delay};
  switch (behaviour.callbacks) {
    case Callbacks::none: return {};
    case Callbacks::one_before_answer:
      // Sent by the outbox only if buy() did not come to it.
      one.due_at += kAnswerMargin;
      return {one};
    case Callbacks::one_when_final: return {one};
    case Callbacks::three_later: return {one, one, one};
  }
  return {};
}

Answer SandboxProvider::answer_about(const SandboxPurchase& purchase) const {
  const auto& behaviour = behaviour_of(purchase.target);
  auto id = "SBX" + digits_from(options_.name + purchase.reference, 12);
  auto raw = "reference=" + purchase.reference + "&id=" + id;
  auto told = [&](Answer::Kind kind, const std::string& code) {
    Answer answer;
    answer.kind = kind;
    answer.provider_reference = id;
    answer.code = code;
    answer.raw = raw + "&code=" + code;
    return answer;
  };
  if (time_.now() < purchase.final_at) return told(Answer::Kind::pending, "pending");
  if (behaviour.ending == Ending::failure) return told(Answer::Kind::failure, "number_rejected");
  if (behaviour.ending == Ending::failure_at_first && options_.rank == Rank::first) {
    auto answer = told(Answer::Kind::failure, "product_closed");
    answer.fail_over = Answer::FailOver::safe;
    return answer;
  }
  auto answer = told(Answer::Kind::success, "success");
  answer.sn = sandbox_sn(purchase.sku, purchase.reference);
  return answer;
}

void SandboxProvider::call_back(const std::string& reference) {
  auto known = db_.purchase(options_.name, reference);
  if (!known) return;
  if (!sink_) throw std::logic_error{"nobody takes callbacks"};
  sink_(reference, answer_about(*known));
}

void SandboxProvider::call_back_early(const std::string& reference) {
  try {
    call_back(reference);
    db_.forget_messages(options_.name, reference);
  } catch (const std::exception&) {
    // It comes again from the outbox.
  }
}

}  // namespace topupd
