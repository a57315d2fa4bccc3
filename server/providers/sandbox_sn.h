// Serial numbers that look like a supplier's.

#pragma once

#include <string>
#include <string_view>

namespace topupd {

// The same for the same reference, always.  For a PLN token, told by "pln" in
// the sku, 20 digits in groups with the customer's name, tariff, power and kWh
// behind them; 16 digits for everything else.
std::string sandbox_sn(std::string_view sku, std::string_view reference);

// As many decimal digits, the same for the same text.
std::string digits_from(std::string_view text, std::size_t count);

}  // namespace topupd
