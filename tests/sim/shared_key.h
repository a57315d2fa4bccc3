// What one party signs its messages with, so that another believes them; and its replacement, of
// which the two never learn at the same moment.

#pragma once

#include "sim/timeline.h"

namespace topupd::sim {

// Keys are numbered.
struct SharedKey {
  int of_sender = 1;
  int of_receiver = 1;
  milliseconds old_until{0};  // when the receiver no longer takes the key before his

  bool opens(int signed_with, milliseconds now) const {
    return signed_with == of_receiver || (signed_with == of_receiver - 1 && now < old_until);
  }
};

}  // namespace topupd::sim
