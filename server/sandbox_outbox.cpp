#include "sandbox_outbox.h"

#include <exception>
#include <utility>

namespace topupd {
namespace {

constexpr std::size_t kBatchMax = 64;
constexpr std::chrono::seconds kRetryDelay{1};
constexpr std::chrono::hours kNothingDue{1};

}  // namespace

void SandboxOutbox::deliver_for(const std::string& sender, Deliver deliver) {
  receivers_[sender] = std::move(deliver);
}

void SandboxOutbox::start() {
  thread_ = std::thread{[this] { run(); }};
}

void SandboxOutbox::stop() {
  time_.stop();
  if (thread_.joinable()) thread_.join();
}

void SandboxOutbox::run() {
  while (!time_.stopped()) {
    auto seen = time_.pokes();
    auto wake_at = time_.now() + kRetryDelay;
    try {
      if (deliver_due()) continue;
      wake_at = db_.next_due().value_or(time_.now() + kNothingDue);
    } catch (const std::exception&) {
      // The file can't be read or written at the moment; what is in it stays due.
    }
    time_.sleep_until_poked(wake_at, seen);
  }
}

bool SandboxOutbox::deliver_due() {
  auto now = time_.now();
  auto due = db_.due_messages(kBatchMax, now);
  std::vector<std::int64_t> done;
  std::vector<std::int64_t> again;
  for (const auto& message : due) {
    if (time_.stopped()) break;
    (taken(message) ? done : again).push_back(message.id);
  }
  if (!done.empty()) db_.forget(done);
  if (!again.empty()) db_.postpone(again, now + kRetryDelay);
  return !due.empty();
}

bool SandboxOutbox::taken(const SandboxMessage& message) {
  auto receiver = receivers_.find(message.sender);
  if (receiver == receivers_.end()) return false;
  try {
    receiver->second(message.subject);
  } catch (const std::exception&) {
    return false;
  }
  return true;
}

}  // namespace topupd
