// Everything there is in one seed's world, and how its time goes on.
//
// The disk, the suppliers, the gateways and the people outlive the server's process.  One thread;
// nothing here reads a clock or a random device.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "log.h"
#include "sim/disk.h"
#include "sim/faults.h"
#include "sim/paygate.h"
#include "sim/plan.h"
#include "sim/process.h"
#include "sim/sim_store.h"
#include "sim/supplier.h"
#include "sim/timeline.h"
#include "sim/witness.h"
#include "store/errors.h"
#include "topup/attempt_reference.h"
#include "topup/commands.h"

namespace topupd::sim {

enum class Tracing { off, on };

// What a world stands on.  Everything outlives it.
struct Ground {
  Disk& disk;
  Log& log;
  SimStore::Checked checked = SimStore::Checked::every_commit;
  Tracing tracing = Tracing::off;
};

// What came back to whoever asked the server for something.
template <class T>
struct Heard {
  enum class Kind {
    answer,   // the command's own
    refused,  // the machine could not; it did not happen
    nothing,  // it may have happened
  };
  Kind kind = Kind::nothing;
  std::optional<topup::Result<T>> answer;
  bool is_yes() const { return kind == Kind::answer && answer->has_value(); }
  bool is_final() const { return kind == Kind::answer; }
};

class World {
 public:
  World(const Plan& drawn, const Ground& ground);

  Plan plan;
  Disk& disk;
  Log& log;
  Timeline timeline;
  Faults faults;
  SimStore store;
  topup::Policy policy;
  Witness witness{*this};
  std::vector<std::unique_ptr<Supplier>> suppliers;
  std::vector<std::unique_ptr<Paygate>> gates;
  std::unique_ptr<Process> process;  // null while the server is down

  std::vector<topup::UserId> resellers;
  std::vector<topup::UserId> admins;
  std::vector<topup::ServiceId> services;
  bool clock_was_set = false;

  // Time goes on inside a call of the process, at most to the end of the call around it.
  void pass(milliseconds by);
  milliseconds at_most(milliseconds by) const;
  // Time goes on, whether the process lives or not.
  void run_until(milliseconds until);

  bool is_up() const { return process != nullptr; }
  void start();
  void kill_after(milliseconds by);
  void stay_down_for(milliseconds by) { downtime_ = by; }

  // What follows is asked of the server, by anybody.  body(Tx&, Timestamp).
  template <class T, class Body>
  Heard<T> ask(const std::string& what, Body body);
  // Asks again and again, ever more rarely, until the answer is true; and at most until then.
  void insist(const std::function<bool()>& asks, milliseconds pause, milliseconds until);

  // For whoever looks from outside: what the disk has now.
  template <class Record>
  std::vector<Record> all();
  template <class Body>
  auto see(Body body) {
    return disk.store().read(body);
  }
  std::string reference(const topup::Attempt& attempt) {
    return see([&](const topup::View& view) { return topup::reference_of(view, attempt); });
  }
  Supplier& supplier(topup::ProviderId id) {
    return *suppliers.at(static_cast<std::size_t>(id.value - 1));
  }
  Paygate& gate(topup::GatewayId id) { return *gates.at(static_cast<std::size_t>(id.value - 1)); }

  void tell(const std::string& what);
  const std::vector<std::string>& told() const { return told_; }
  std::string next_code(const std::string& prefix) { return prefix + std::to_string(++codes_); }

 private:
  void open_shop();
  bool step(milliseconds until);
  void bury();

  Tracing tracing_;
  std::vector<std::string> told_;
  std::optional<milliseconds> call_ends_;  // of the innermost call under way
  milliseconds downtime_{0};
  bool is_restart_planned_ = false;
  int lives_ = 0;
  int codes_ = 0;
};

template <class T, class Body>
Heard<T> World::ask(const std::string& what, Body body) {
  using Kind = typename Heard<T>::Kind;
  Heard<T> heard;
  if (!is_up()) return {Kind::refused, std::nullopt};
  try {
    auto now = process->clock().now();
    heard = {Kind::answer, store.transact([&](topup::Tx& tx) { return body(tx, now); })};
  } catch (const StoreUnknown&) {
    heard.kind = Kind::nothing;
  } catch (const StoreError&) {
    heard.kind = Kind::refused;
  }
  if (heard.kind == Kind::answer)
    tell(what + ": " +
         (heard.answer->has_value() ? std::string{"yes"}
                                    : std::string{topup::name(heard.answer->error().code)}));
  else
    tell(what + (heard.kind == Kind::refused ? ": can't now" : ": nobody knows"));
  if (process) process->wake();
  return heard;
}

// One record by its id, whatever it is.
inline auto find(const topup::View& view, topup::OrderId id) { return view.order(id); }
inline auto find(const topup::View& view, topup::AttemptId id) { return view.attempt(id); }
inline auto find(const topup::View& view, topup::ChargeId id) { return view.charge(id); }
inline auto find(const topup::View& view, topup::ReceiptId id) { return view.receipt(id); }
inline auto find(const topup::View& view, topup::WithdrawalId id) { return view.withdrawal(id); }
inline auto find(const topup::View& view, topup::TransferId id) { return view.transfer(id); }
inline auto find(const topup::View& view, topup::AdjustmentId id) { return view.adjustment(id); }
inline auto find(const topup::View& view, topup::PrefundId id) { return view.prefund(id); }

template <class Record>
std::vector<Record> World::all() {
  using Id = decltype(Record::id);
  std::vector<Record> records;
  see([&](const topup::View& view) {
    for (std::int64_t id = 1; id <= view.last_id(Id::kTable); ++id)
      records.push_back(find(view, Id{id}).value());
    return 0;
  });
  return records;
}

}  // namespace topupd::sim
