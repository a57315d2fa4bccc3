// A sandbox in a directory of its own, on a clock that the test moves.

#pragma once

#include <stdlib.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "sandbox.h"

namespace sandbox_test {

using std::chrono::milliseconds;

constexpr milliseconds kDelay{2'000};
constexpr topup::Timestamp kStart{milliseconds{1'800'000'000'000}};

// Removed with everything in it.
struct Directory {
  std::filesystem::path path;

  Directory() {
    std::string name = std::filesystem::temp_directory_path() / "sandbox-XXXXXX";
    if (!mkdtemp(name.data())) throw std::runtime_error{"mkdtemp"};
    path = name;
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() { std::filesystem::remove_all(path); }
};

// What a sink was told, in order.
template <class Item>
class Mailbox {
 public:
  void put(Item item) {
    std::lock_guard lock{mutex_};
    if (refusals_ > 0) {
      --refusals_;
      throw std::runtime_error{"not now"};
    }
    items_.push_back(std::move(item));
    arrived_.notify_all();
  }

  void refuse_next(int count) {
    std::lock_guard lock{mutex_};
    refusals_ = count;
  }

  // Everything, once there are that many; fewer only if they never come.
  std::vector<Item> wait_for(std::size_t count) {
    std::unique_lock lock{mutex_};
    arrived_.wait_for(lock, std::chrono::seconds{20}, [&] { return items_.size() >= count; });
    return items_;
  }

  std::vector<Item> all() { return wait_for(0); }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Item> items_;
  int refusals_ = 0;
};

using Callback = std::pair<std::string, topupd::Answer>;

// One run of the sandbox; a second one on the same directory is a restart.
struct Run {
  Mailbox<Callback> callbacks;
  Mailbox<topupd::Notice> notices;
  topupd::Sandbox sandbox;

  explicit Run(const topupd::Sandbox::Options& options) : sandbox{options} {
    for (auto* provider : {&sandbox.first(), &sandbox.second()})
      provider->on_callback([this](std::string reference, topupd::Answer answer) {
        callbacks.put({std::move(reference), std::move(answer)});
      });
    sandbox.gateway().on_notice([this](topupd::Notice n) { notices.put(std::move(n)); });
  }

  // Everything told until now, and nothing more comes.
  std::vector<Callback> last_callbacks() {
    sandbox.stop();
    return callbacks.all();
  }
  std::vector<topupd::Notice> last_notices() {
    sandbox.stop();
    return notices.all();
  }
};

struct World {
  Directory directory;
  std::atomic<std::int64_t> passed_ms{0};
  std::atomic<int> readings{0};  // how often the clock was asked
  milliseconds delay = kDelay;
  topupd::SandboxGateway::Options gateway = {};

  std::string path() const { return directory.path / "sandbox.db"; }

  topup::Timestamp now() const { return kStart + milliseconds{passed_ms.load()}; }

  // Not started: the test decides when callbacks begin.
  std::unique_ptr<Run> run() {
    return std::make_unique<Run>(topupd::Sandbox::Options{path(),
                                                          [this] {
                                                            ++readings;
                                                            return now();
                                                          },
                                                          delay, gateway});
  }

  void advance(Run& run, milliseconds by) {
    passed_ms += by.count();
    run.sandbox.advanced();
  }
};

}  // namespace sandbox_test
