// What the benchmark is asked to do.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace topupd::bench {

struct Options {
  std::filesystem::path program;               // topupd; beside this program unless told
  std::filesystem::path sync_probe;            // likewise
  std::filesystem::path root{"build/bench"};   // where shops are made and kept
  std::vector<std::int64_t> orders{100'000};   // a file of each size
  std::vector<std::int64_t> resellers{1'000};  // for each file; the last serves for the rest
  std::int64_t services = 1'000;
  std::vector<std::string> peers;  // see peers.h
  std::vector<int> connections{1, 4, 16, 64, 256};
  int rounds = 3;       // of the main comparison, of which the median counts
  double seconds = 2;   // of each load
  bool ref_ids = true;  // new orders have one
  std::string log_level = "info";
  int sync_delay_us = 0;
  bool measure_orders = true;
  bool measure_reads = true;
  std::string only;  // of the requests that read, those whose name holds this
  bool show_statements = false;
  std::filesystem::path json;  // where to write the figures; empty: nowhere
  std::filesystem::path plot;
  std::vector<std::filesystem::path> compare;  // two such files, instead of measuring
};

// Empty if the program shall end at once: help was asked for, or an option is wrong, which was
// said.
std::optional<Options> options_of(int argc, const char* const* argv);

}  // namespace topupd::bench
