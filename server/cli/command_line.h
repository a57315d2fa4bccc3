// What was typed after "topupd".

#pragma once

#include <string>
#include <variant>

#include "config.h"
#include "ledger_export.h"
#include "reconcile.h"

namespace topupd::cli {

enum class Verb {
  serve,
  admin_create,
  admin_reset_password,
  admin_disable_otp,
  verify,
  backup,
  restore,
  catalog_import,
  user_erase,
  ledger_export,
  reconcile,
  licenses,
};

// What reconcile was told, beside its file.
struct ReconcileWords {
  std::string provider = {};  // this or
  std::string gateway = {};   // that is given
  std::string reference_column = "reference";
  std::string amount_column = "amount";
  std::string only = {};  // COLUMN=VALUE
  ReferenceOf by = ReferenceOf::us;
  std::string from = {};
  std::string to = {};
};

struct CommandLine {
  Verb verb = Verb::serve;
  LedgerFormat format = LedgerFormat::hledger;  // ledger export
  ConfigTexts flags = {};                       // the configuration keys that were given
  std::string username = {};                    // admin …, user erase
  // catalog import, reconcile, restore; backup, verify: empty is the usual one
  std::string file = {};
  std::string head = {};  // verify, restore: that was noted; empty: none
  ReconcileWords reconcile = {};
  bool demo = false;            // serve
  bool password_stdin = false;  // admin …: read from standard input, else made up and printed
  bool json = false;            // verify
  bool force = false;           // restore: though there is a database
  bool new_keys = false;        // restore: under another master key
  bool yes = false;             // user erase, restore: without asking
};

// The exit code of a program that has said all there is to say: 0 after --help
// and --version, 2 after a wrong call.
using ExitCode = int;

std::variant<CommandLine, ExitCode> parse(int argc, const char* const* argv);

}  // namespace topupd::cli
