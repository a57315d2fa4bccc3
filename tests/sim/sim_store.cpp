#include "sim/sim_store.h"

#include <map>
#include <tuple>

#include "store/errors.h"
#include "topup/checker.h"

namespace topupd::sim {
namespace {

struct TakeBack : StoreError {
  TakeBack() : StoreError{"taken back"} {}
};

// What a command may throw is a failure of the machine, which we are, and nothing else.
bool run_body(const std::function<bool(topup::Tx&)>& body, topup::Tx& tx) {
  try {
    return body(tx);
  } catch (const std::exception& error) {
    throw Violation{std::string{"a command threw: "} + error.what()};
  }
}

constexpr std::int64_t kAtFirst = 40;  // commits
constexpr std::int64_t kEveryOther = 4;
constexpr std::int64_t kNowAndThen = 16;

}  // namespace

void SimStore::disarm() {
  armed_.clear();
  failing_reads_ = 0;
}

void SimStore::reopen() {
  disk_.reopen();
  shut_ = false;
  check();
}

void SimStore::check_with(const topup::SealCheck& seals) {
  topup::Report report;
  disk_.store().inspect(
      [&](const topup::Archive& archive) { report = topup::check(archive, seals); });
  if (report.ok()) return;
  std::string lines;
  for (const auto& violation : report.violations)
    lines += violation.invariant + " " + violation.what + "\n";
  throw Violation{lines};
}

bool SimStore::commit(const std::function<bool(topup::Tx&)>& body) {
  auto kept = disk_.store().transact([&](topup::Tx& tx) -> topup::Status {
    if (run_body(body, tx)) return topup::Nothing{};
    return topup::Error{topup::Code::conflict};
  });
  if (!kept) return false;
  ++commits_;
  bool often = checked_ == Checked::every_commit;
  if ((often && commits_ <= kAtFirst) || commits_ % (often ? kEveryOther : kNowAndThen) == 0)
    check_with({});  // without the seals, which take longer
  return true;
}

void SimStore::run_in_vain(const std::function<bool(topup::Tx&)>& body) {
  try {
    std::ignore = disk_.store().transact([&](topup::Tx& tx) -> topup::Status {
      if (run_body(body, tx)) throw TakeBack{};
      return topup::Error{topup::Code::conflict};
    });
  } catch (const TakeBack&) {
    return;
  }
}

void SimStore::die() {
  disk_.lose_process();
  throw ProcessDied{};
}

void SimStore::kill_before_commit(const Body& body) {
  std::ignore = disk_.store().transact([&](topup::Tx& tx) -> topup::Status {
    run_body(body, tx);
    die();
    return topup::Nothing{};
  });
}

void SimStore::kill_after_commit(const Body& body) {
  commit(body);
  die();
}

void SimStore::be_full(const Body& body) {
  run_in_vain(body);
  throw StoreFull{"no space left"};
}

void SimStore::lose_commit(const Body& body) {
  run_in_vain(body);
  shut_ = true;
  throw StoreUnknown{"the commit failed"};
}

void SimStore::keep_commit(const Body& body) {
  commit(body);
  shut_ = true;
  throw StoreUnknown{"the commit failed"};
}

void SimStore::run_twice(const Body& body) {
  run_in_vain(body);
  commit(body);
}

void SimStore::strike(Fault fault, const Body& body) {
  static const std::map<Fault, void (SimStore::*)(const Body&)> kWays{
      {Fault::killed_before_commit, &SimStore::kill_before_commit},
      {Fault::killed_after_commit, &SimStore::kill_after_commit},
      {Fault::disk_full, &SimStore::be_full},
      {Fault::commit_unknown_lost, &SimStore::lose_commit},
      {Fault::commit_unknown_kept, &SimStore::keep_commit},
      {Fault::body_run_twice, &SimStore::run_twice},
  };
  faults_.note(fault);
  (this->*kWays.at(fault))(body);
}

void SimStore::run(const std::function<bool(topup::Tx&)>& body) {
  if (shut_) throw StoreShut{"an earlier commit failed"};
  if (armed_.empty() || armed_.front().skip-- > 0) {
    commit(body);
    return;
  }
  auto fault = armed_.front().fault;
  armed_.pop_front();
  strike(fault, body);
}

void SimStore::run_read(const std::function<void(const topup::View&)>& body) {
  if (failing_reads_ > 0) {
    --failing_reads_;
    faults_.note(Fault::read_failed);
    throw StoreBroken{"can't be read"};
  }
  disk_.store().read([&](const topup::View& view) {
    body(view);
    return 0;
  });
}

void SimStore::run_inspect(const std::function<void(const topup::Archive&)>& body) {
  disk_.store().inspect(body);
}

}  // namespace topupd::sim
