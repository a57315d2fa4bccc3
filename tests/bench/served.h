// The built server as a process of its own, as it is delivered.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "server/child_process.h"

namespace topupd::bench {

// What a process used since it began.
struct Usage {
  double cpu_seconds = 0;
  std::int64_t syncs = 0;          // calls of fsync and fdatasync
  std::int64_t written_bytes = 0;  // handed to the disk
  std::int64_t resident_bytes = 0;
  std::int64_t commits = 0;  // of the main file
  std::int64_t transactions = 0;
};

// User and system time of any process.
double cpu_seconds_of(int pid);

// What happens to the orders meanwhile.
enum class Deliveries { meanwhile, none };

struct ServedOptions {
  std::filesystem::path program;
  std::filesystem::path sync_probe;  // counts fsyncs, see sync_probe.cpp
  std::filesystem::path dir;         // the data directory
  std::string log_level = "info";
  int sync_delay_us = 0;  // added to every fsync: a slower disk
  Deliveries deliveries = Deliveries::meanwhile;
};

class Served {
 public:
  // Returns when it listens.  Throws std::runtime_error if it ends instead.
  explicit Served(const ServedOptions& options);
  // Stops it as an operator would.
  ~Served();
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  int port() const { return port_; }
  int pid() const { return child_->pid(); }
  Usage usage() const;

  // Attempts that are planned or under way.
  std::int64_t unfinished() const;
  // Waits until there are none; at once if nothing is delivered.
  void settle() const;

 private:
  const ServedOptions options_;
  std::unique_ptr<test::ChildProcess> child_;
  int port_ = 0;
};

}  // namespace topupd::bench
