#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <map>
#include <set>

#include "store/schema.h"
#include "version.h"

namespace topupd::cli {
namespace {

constexpr ExitCode kWrongUsage = 2;

// Keys that every verb knows; serve knows all of them.
const std::set<std::string, std::less<>> kCommonKeys{"server.data", "config", "log.level",
                                                     "log.format", "log.file"};

// Registers the configuration keys as flags that land in flags.
void add_config_flags(CLI::App& verb, ConfigTexts& flags, bool (*wanted)(const std::string& key)) {
  for (const auto& flag : config_flags()) {
    if (!wanted(flag.key)) continue;
    auto keep = [&flags, key = flag.key](const std::string& text) { flags[key] = text; };
    if (flag.is_switch)
      verb.add_flag_function(
          flag.flag, [keep](std::int64_t count) { keep(count > 0 ? "true" : "false"); }, flag.help);
    else
      verb.add_option_function<std::string>(flag.flag, keep, flag.help);
  }
}

bool any_key(const std::string&) { return true; }
bool common_key(const std::string& key) { return kCommonKeys.contains(key); }
bool key_of_people(const std::string& key) { return common_key(key) || key.starts_with("people."); }
bool key_of_backups(const std::string& key) { return common_key(key) || key == "backup.dir"; }

bool (*keys_of(Verb verb))(const std::string& key) {
  if (verb == Verb::serve) return any_key;
  if (verb == Verb::backup) return key_of_backups;
  return verb == Verb::user_erase ? key_of_people : common_key;
}

CLI::App& add_verb(CLI::App& parent, CommandLine& line, Verb verb, const char* word,
                   const char* does) {
  auto& sub = *parent.add_subcommand(word, does);
  sub.callback([&line, verb] { line.verb = verb; });
  add_config_flags(sub, line.flags, keys_of(verb));
  return sub;
}

void add_admin_verbs(CLI::App& app, CommandLine& line) {
  auto& admin = *app.add_subcommand("admin", "makes and mends the accounts of admins");
  admin.require_subcommand(1);
  auto add = [&](Verb verb, const char* word, const char* does) -> CLI::App& {
    auto& sub = add_verb(admin, line, verb, word, does);
    sub.add_option("--username", line.username, "3 to 32 of a-z 0-9 _ . -")->required();
    return sub;
  };
  for (auto* sub : {&add(Verb::admin_create, "create", "makes an admin"),
                    &add(Verb::admin_reset_password, "reset-password", "gives a new password")})
    sub->add_flag("--password-stdin", line.password_stdin,
                  "reads the password from standard input; else one is made and printed");
  add(Verb::admin_disable_otp, "disable-otp", "removes the second factor");
}

void add_user_verbs(CLI::App& app, CommandLine& line) {
  auto& user = *app.add_subcommand("user", "what people may ask for");
  user.require_subcommand(1);
  auto& erase = add_verb(user, line, Verb::user_erase, "erase",
                         "overwrites who a user was and closes the account for ever; amounts and "
                         "the journal stay");
  erase.add_option("username", line.username, "the user; erased-ID where it was done before")
      ->required();
  erase.add_flag("--yes", line.yes, "does not ask");
}

void add_ledger_verbs(CLI::App& app, CommandLine& line) {
  auto& ledger = *app.add_subcommand("ledger", "the books for other programs");
  ledger.require_subcommand(1);
  auto& out = add_verb(ledger, line, Verb::ledger_export, "export",
                       "writes every entry of the ledger to standard output");
  const std::map<std::string, LedgerFormat> formats{{"hledger", LedgerFormat::hledger},
                                                    {"beancount", LedgerFormat::beancount},
                                                    {"csv", LedgerFormat::csv}};
  auto keep = [&line, formats](const std::string& word) { line.format = formats.at(word); };
  out.add_option_function<std::string>("--format", keep, "for which program")
      ->required()
      ->check(CLI::IsMember(formats));
}

void add_reconcile_verb(CLI::App& app, CommandLine& line) {
  auto& verb = add_verb(app, line, Verb::reconcile, "reconcile",
                        "compares the ledger with a supplier's or gateway's CSV file; exit code 1 "
                        "if they differ");
  auto& words = line.reconcile;
  verb.add_option("file", line.file, "the CSV file, with a line of headings")->required();
  auto& who = *verb.add_option_group("who");
  who.add_option("--provider", words.provider, "the supplier whose file it is");
  who.add_option("--gateway", words.gateway, "the gateway whose file it is");
  who.require_option(1);
  verb.add_option("--reference-column", words.reference_column, "else it is named reference");
  verb.add_option("--amount-column", words.amount_column, "else it is named amount");
  verb.add_option("--only", words.only, "COLUMN=VALUE of the rows that count");
  verb.add_option("--from", words.from, "first day of what must be in the file");
  verb.add_option("--to", words.to, "last day of it");
  const std::map<std::string, ReferenceOf> sides{{"ours", ReferenceOf::us},
                                                 {"theirs", ReferenceOf::them}};
  auto keep = [&words, sides](const std::string& word) { words.by = sides.at(word); };
  verb.add_option_function<std::string>("--by", keep, "whose reference the file has; else ours")
      ->check(CLI::IsMember(sides));
}

void add_head(CLI::App& verb, CommandLine& line) {
  verb.add_option("--head", line.head,
                  "a head that the log or a backup has noted: the journal must go through it");
}

void add_copy_verbs(CLI::App& app, CommandLine& line) {
  auto& backup = add_verb(app, line, Verb::backup, "backup",
                          "copies the database, also beside a running server, and checks the copy");
  backup.add_option("file", line.file,
                    "the copy, its key beside it with .key; else a dated file in backup.dir");
  auto& restore = add_verb(app, line, Verb::restore, "restore",
                           "puts a backup in the place of the database, once it was checked");
  restore.add_option("file", line.file, "the backup, its key beside it with .key")->required();
  restore.add_flag("--force", line.force,
                   "where there is a database already, which is kept under another name");
  restore.add_flag("--new-keys", line.new_keys,
                   "where the master key is lost or known to others: seals everything under a new "
                   "one; API keys, second factors and admins' passwords are forgotten");
  restore.add_flag("--yes", line.yes, "does not ask");
  add_head(restore, line);
}

void add_verbs(CLI::App& app, CommandLine& line) {
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text(kSchemaVersion));
  auto& serve = add_verb(app, line, Verb::serve, "serve", "runs the server");
  serve.add_flag("--demo", line.demo, "turns the sandbox on and loads demo data: play money only");
  add_admin_verbs(app, line);
  auto& verify =
      add_verb(app, line, Verb::verify, "verify",
               "replays the ledger and checks every invariant; exit code 1 if one fails");
  verify.add_flag("--json", line.json, "prints the report as JSON");
  add_head(verify, line);
  verify.add_option("--file", line.file, "another file than the directory's topup.db, as a backup");
  add_copy_verbs(app, line);
  auto& catalog = *app.add_subcommand("catalog", "services and prices");
  catalog.require_subcommand(1);
  auto& import = add_verb(catalog, line, Verb::catalog_import, "import",
                          "takes over services and their suppliers' costs from a CSV file");
  import.add_option("file", line.file, "the CSV file")->required();
  add_user_verbs(app, line);
  add_ledger_verbs(app, line);
  add_reconcile_verb(app, line);
  add_verb(app, line, Verb::licenses, "licenses", "prints the notices of the libraries inside");
}

}  // namespace

std::variant<CommandLine, ExitCode> parse(int argc, const char* const* argv) {
  CommandLine line;
  CLI::App app{
      "Sells prepaid top-ups through resellers: HTTP API, ledger and SQLite in one program",
      "topupd"};
  add_verbs(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& stop) {
    return app.exit(stop) == 0 ? ExitCode{0} : kWrongUsage;
  }
  return line;
}

}  // namespace topupd::cli
