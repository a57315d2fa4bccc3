// The store that the server is given: the real one, with a machine around it that fails when it is
// told to, and with every invariant checked after every commit.

#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <stdexcept>
#include <string>

#include "core/toy_seal.h"
#include "sim/disk.h"
#include "sim/faults.h"
#include "topup/checker.h"
#include "topup/store.h"

namespace topupd::sim {

// The process is gone.  Not a std::exception: nobody in it can catch it.
struct ProcessDied {};

// The product did something that it must never do.  Not a std::exception, for the same reason.
struct Violation {
  std::string what;
};

class SimStore final : public topup::Store {
 public:
  enum class Checked {
    every_commit,  // of the first 40, in which nearly all happens; then every fourth
    now_and_then,  // every 16th
  };

  SimStore(Disk& disk, Faults& faults, Checked checked)
      : disk_{disk}, faults_{faults}, checked_{checked} {}

  // The next write but `skip` meets that fault; one of the store's own.
  void arm(Fault fault, int skip) { armed_.push_back({fault, skip}); }
  void arm_read() { ++failing_reads_; }
  void disarm();

  // As a new process finds it.
  void reopen();
  bool is_shut() const { return shut_; }

  std::int64_t commits() const { return commits_; }
  // Every invariant, the seals of the journal too.  Throws Violation.
  void check() { check_with({topup::testing::toy_hash, {}}); }

 private:
  struct Armed {
    Fault fault;
    int skip;
  };

  using Body = std::function<bool(topup::Tx&)>;

  void run(const Body& body) override;
  void run_read(const std::function<void(const topup::View&)>& body) override;
  void run_inspect(const std::function<void(const topup::Archive&)>& body) override;

  bool commit(const Body& body);
  // Runs the body, and takes everything back.
  void run_in_vain(const Body& body);
  void strike(Fault fault, const Body& body);
  void kill_before_commit(const Body& body);
  void kill_after_commit(const Body& body);
  void be_full(const Body& body);
  void lose_commit(const Body& body);
  void keep_commit(const Body& body);
  void run_twice(const Body& body);
  void die();
  void check_with(const topup::SealCheck& seals);

  Disk& disk_;
  Faults& faults_;
  Checked checked_;
  std::deque<Armed> armed_;
  int failing_reads_ = 0;
  bool shut_ = false;
  std::int64_t commits_ = 0;
};

}  // namespace topupd::sim
