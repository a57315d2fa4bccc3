// What a supplier's line does, for one attempt and on the caller's thread.

#pragma once

#include "work/attempts.h"

namespace topupd {

// False if the attempt's supplier is none of the shop's, so that nothing can be done now.
inline bool work_on(Workshop& shop, topup::AttemptId id) {
  auto attempt = shop.store.read([&](const topup::View& view) { return view.attempt(id); });
  if (!attempt) return true;
  auto supplier = attempt->provider;
  if (!shop.providers.contains(supplier)) return false;
  Attempts attempts{shop};
  for (const auto& call : attempts.advance(supplier, {}, {id}))
    attempts.advance(supplier, {attempts.make(supplier, call)}, {});
  return true;
}

}  // namespace topupd
