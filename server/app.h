// Everything that a request handler needs, made by main() and outliving the server.

#pragma once

#include <functional>
#include <map>
#include <string>

#include "clock.h"
#include "config.h"
#include "crypto.h"
#include "first_admin.h"
#include "gateways/gateway.h"
#include "http/api/in_flight.h"
#include "http/api/known_callers.h"
#include "http/api/lists.h"
#include "http/api/news.h"
#include "http/api/service_board.h"
#include "http/api/sessions.h"
#include "log.h"
#include "password_hasher.h"
#include "random_code.h"
#include "rate_limiter.h"
#include "topup/policy.h"
#include "topup/store.h"
#include "work/backup_state.h"
#include "work/nicknames.h"

namespace topupd {

struct App {
  topup::Store& store;
  http::Lists& lists;
  const Config& config;
  std::string public_url;  // scheme and authority, no '/' at the end
  topup::Policy policy;
  Clock& clock;
  Log& log;
  const MasterKey& master;
  PasswordHasher& passwords;
  RateLimiter& limiter;
  http::Sessions& sessions;
  http::InFlight& in_flight;
  RandomCodes& codes;  // of invoices and deposits
  FirstAdmin& first_admin;

  std::map<topup::GatewayId, Gateway*> gateways;
  topup::GatewayId gateway;  // takes new charges; none: no QRIS payments are offered

  http::KnownCallers& callers;
  http::ServiceBoard& board;
  Nicknames& nicknames;

  // Tells the worker that an attempt may be due.
  std::function<void()> wake = [] {};
  // Takes somebody who wants to be told what is new.
  std::function<void(http::Subscriber subscriber)> listen = [](const http::Subscriber&) {};
  std::function<BackupState()> backups = [] { return BackupState{}; };
};

}  // namespace topupd
