// What is done with money that gateways report, and with charges whose time is
// over.

#pragma once

#include <functional>
#include <string>

#include "topup/payment.h"
#include "work/workshop.h"

namespace topupd {

class Payments {
 public:
  // Takes the notices of the shop's gateways from now on.  wake is called when
  // an order may have started.
  Payments(Workshop& shop, std::function<void()> wake);

  // Books what a gateway reports as paid; asks it about what it reports as
  // expired, and ends that.  Throws what the store throws, so that the gateway
  // reports it again.
  void take_notice(topup::GatewayId gateway, const Notice& notice);

  // Asks the gateway, and then books the payment it knows of or ends the charge.
  // False if the gateway gave no answer: nothing was done.
  bool look_after(const topup::Charge& charge);

 private:
  void book(topup::GatewayId gateway, const Notice& notice);
  void end_early(topup::GatewayId gateway, const std::string& code);
  void end(const topup::Charge& charge);

  Workshop& shop_;
  std::function<void()> wake_;
};

}  // namespace topupd
