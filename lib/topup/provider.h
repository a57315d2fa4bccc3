// Suppliers, and what may safely be asked of each.

#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "topup/ids.h"
#include "topup/time.h"

namespace topup {

struct Provider {
  ProviderId id;
  std::string name;  // unique
  bool active = true;
  friend bool operator==(const Provider&, const Provider&) = default;
};

// How a supplier can be asked what became of a purchase.
enum class StatusBy {
  none,    // it can't: only its callback or a person knows
  query,   // a call that never buys
  resend,  // by sending the purchase again: a status inside the horizon, a new purchase after it
};

// What a supplier promises.  The inquiry rules follow from it alone.
struct CapabilitySheet {
  bool client_reference = false;  // without one nothing is ever sent twice
  StatusBy status = StatusBy::none;
  std::chrono::milliseconds min_gap{std::chrono::seconds{60}};     // between two inquiries
  std::chrono::milliseconds horizon{std::chrono::hours{24 * 80}};  // margin for our clock included
  std::chrono::milliseconds answer_timeout{std::chrono::seconds{60}};
  std::chrono::milliseconds give_up_after{std::chrono::hours{24}};  // then a person decides
  int not_found_proof =
      0;  // that many "not found", min_gap apart, prove it never arrived; 0: never
};

std::string_view name(StatusBy status);

}  // namespace topup
