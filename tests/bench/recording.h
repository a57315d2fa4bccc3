// The SQL that the product really executes for its commands, with the values.
//
// It is taken down while the product's own code runs (SqliteTx and the library's
// commands, without HTTP and without queue), in a transaction that is undone at the
// end: the file is as before, and the recording can be replayed on it.

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "store/sqlite.h"
#include "topup/store.h"

struct sqlite3;

namespace topupd::bench {

struct Blob {
  std::string bytes;
};

// A parameter's value; monostate is null.
using Bound = std::variant<std::monostate, std::int64_t, std::string, Blob>;

struct Executed {
  std::size_t statement = 0;  // in Recording::texts
  std::vector<Bound> values;
  int rows = 0;  // that the product read
};

struct Recording {
  std::vector<std::string> texts;               // each statement once
  std::vector<std::vector<Executed>> commands;  // in the order of the run

  // How often a command executes each statement, by text, on average.
  std::map<std::string, double> per_command() const;
};

// A connection and the library's handle of it, which the product keeps to itself.
struct OpenedHere {
  sqlite::Connection db;
  sqlite3* handle;
};
OpenedHere open_here(const std::string& file);

using Command = std::function<void(topup::Tx&)>;

// Records each of the commands by itself, one list after another, and undoes them all.
std::vector<Recording> record(const std::string& file,
                              const std::vector<std::vector<Command>>& lists);

}  // namespace topupd::bench
