#include "sandbox.h"

namespace topupd {

Sandbox::Sandbox(const Options& options)
    : db_{options.path},
      time_{options.clock},
      outbox_{db_, time_},
      first_{{"sandbox1", SandboxProvider::Rank::first, options.delay}, db_, time_, outbox_},
      second_{{"sandbox2", SandboxProvider::Rank::second, options.delay}, db_, time_, outbox_},
      gateway_{options.gateway, db_, time_, outbox_} {}

Sandbox::~Sandbox() { stop(); }

}  // namespace topupd
