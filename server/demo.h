// What a new user needs to try everything on one machine: a catalogue of play
// suppliers, a shop with money in its books, an admin, and a reseller with a
// balance.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clock.h"
#include "crypto.h"
#include "password_hasher.h"
#include "sandbox.h"
#include "topup/policy.h"
#include "topup/store.h"

namespace topupd {

struct DemoTools {
  topup::Store& store;
  const topup::Policy& policy;
  Clock& clock;
  const MasterKey& master;
  PasswordHasher& passwords;
  Sandbox& sandbox;
};

// A demo user as he can log in.  Known only in the run that made him.
struct DemoUser {
  std::string username;
  std::string password;
  std::string api_key;  // none for an admin
};

// Adds what is missing and nothing twice; returns the users it made.
std::vector<DemoUser> load_demo(DemoTools tools);

// The catalogue of the demo, as catalogue_csv.h has it.
std::string_view demo_catalogue();

}  // namespace topupd
