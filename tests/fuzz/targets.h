// What is fed with arbitrary bytes.  A target throws where the product breaks its word, and never
// otherwise: what the product itself refuses is caught.
//
// The fuzzer runs one of them for long (fuzzer.cpp); the tests run each over its corpus.

#pragma once

#include <span>
#include <string_view>

namespace topupd::fuzz {

struct Target {
  std::string_view name;  // also of its corpus
  void (*run)(std::string_view input);
};

std::span<const Target> targets();

// Throws std::logic_error with that sentence.
void must(bool holds, std::string_view sentence);

void read_requests(std::string_view input);  // the edge's framing, however the bytes are cut
void ask_routes(std::string_view input);     // every route, by a stranger, a reseller and an admin
void read_qris(std::string_view input);      // codes as operators paste and gateways issue them
void read_tables(std::string_view input);    // CSV: plain, the catalogue, a supplier's statement
void read_settings(std::string_view input);  // the configuration file
void read_words(std::string_view input);     // addresses, targets, queries, heads

}  // namespace topupd::fuzz
