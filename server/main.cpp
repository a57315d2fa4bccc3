#include <exception>
#include <iostream>
#include <variant>

#include "cli/verbs.h"
#include "version.h"

namespace {

namespace cli = topupd::cli;

int run(const cli::CommandLine& line) {
  if (line.verb == cli::Verb::licenses) {
    std::cout << topupd::licenses_text();
    return 0;
  }
  auto config = topupd::load_config({line.flags, topupd::environment()});
  switch (line.verb) {
    case cli::Verb::serve: return cli::serve(line, config);
    case cli::Verb::admin_create:
    case cli::Verb::admin_reset_password:
    case cli::Verb::admin_disable_otp: return cli::admin(line, config);
    case cli::Verb::verify: return cli::verify(line, config);
    case cli::Verb::backup: return cli::backup(line, config);
    case cli::Verb::restore: return cli::restore(line, config);
    case cli::Verb::catalog_import: return cli::import_catalog(line, config);
    case cli::Verb::user_erase: return cli::erase_user(line, config);
    case cli::Verb::ledger_export: return cli::export_ledger(line, config);
    case cli::Verb::reconcile: return cli::reconcile(line, config);
    case cli::Verb::licenses: break;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  auto line = cli::parse(argc, argv);
  if (const auto* code = std::get_if<cli::ExitCode>(&line)) return *code;
  try {
    return run(std::get<cli::CommandLine>(line));
  } catch (const topupd::ConfigError& wrong) {
    std::cerr << "topupd: " << wrong.what() << '\n';
    return 2;
  } catch (const std::exception& failure) {
    std::cerr << "topupd: " << failure.what() << '\n';
    return 1;
  }
}
