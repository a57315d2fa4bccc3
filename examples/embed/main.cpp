// The smallest host: money and the reasons for a refusal, without server or database.

#include <iostream>

#include "topup/money.h"
#include "topup/result.h"

using namespace topup::literals;

static topup::Result<topup::Money> pay(topup::Money balance, topup::Money price) {
  if (balance < price) return topup::Error{topup::Code::insufficient_balance};
  return balance - price;
}

int main() {
  std::cout << "left: " << pay(25'000_idr, 10'000_idr)->units() << '\n'
            << "refused: " << topup::name(pay(5'000_idr, 10'000_idr).error().code) << '\n';
}
