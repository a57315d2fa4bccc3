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
  ConfigTexts flags = {};       // the configuration keys that were given
  bool demo = false;            // serve
  std::string username = {};    // admin …, user erase
  bool password_stdin = false;  // admin …: read from standard input, else made up and printed
  std::string file = {};        // catalog import, reconcile
  bool json = false;            // verify
  LedgerFormat format = LedgerFormat::hledger;  // ledger export
  ReconcileWords reconcile = {};
  bool yes = false;  // user erase: without asking
};

// The exit code of a program that has said all there is to say: 0 after --help
// and --version, 2 after a wrong call.
using ExitCode = int;

std::variant<CommandLine, ExitCode> parse(int argc, const char* const* argv);

}  // namespace topupd::cli
