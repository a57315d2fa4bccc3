// What the workers work with.  Everything outlives them.

#pragma once

#include <functional>
#include <map>

#include "clock.h"
#include "gateways/gateway.h"
#include "log.h"
#include "providers/provider.h"
#include "topup/policy.h"
#include "topup/store.h"

namespace topupd {

struct Workshop {
  topup::Store& store;
  topup::Policy policy;
  Clock& clock;
  Log& log;
  std::map<topup::ProviderId, Provider*> providers;
  std::map<topup::GatewayId, Gateway*> gateways;
};

}  // namespace topupd
