#include "bench/lives.h"

#include <stdexcept>

#include "random_code.h"
#include "topup/attempt_commands.h"

namespace topupd::bench {
namespace {

template <class T>
T must(const topup::Result<T>& result) {
  if (!result)
    throw std::logic_error{"an order was refused: " + std::string{name(result.error().code)}};
  return *result;
}

// As the sandbox's.
topup::CapabilitySheet sheet() {
  topup::CapabilitySheet sheet;
  sheet.client_reference = true;
  sheet.status = topup::StatusBy::query;
  return sheet;
}

}  // namespace

topup::Timestamp moment() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

topup::AttemptId place(topup::Tx& tx, const ShopSize& size, std::int64_t order) {
  auto now = moment();
  auto command = command_of(size, order);
  command.invoice = "INV-" + random_code(now);
  must(topup::place_order(tx, topup::Policy{}, command, now));
  return {tx.last_id(topup::Table::attempts)};
}

void begin(topup::Tx& tx, topup::AttemptId attempt) {
  must(topup::begin_attempt(tx, topup::Policy{}, sheet(), attempt, moment()));
}

void succeed(topup::Tx& tx, topup::AttemptId attempt) {
  topup::Outcome outcome;
  outcome.kind = topup::OutcomeKind::succeeded;
  outcome.sn = "1234567890123456";
  outcome.provider_reference = "SBX123456789012";
  outcome.code = "success";
  must(topup::record_outcome(tx, topup::Policy{}, sheet(),
                             {attempt, outcome, {topup::Actor::provider, 1}}, moment()));
}

}  // namespace topupd::bench
