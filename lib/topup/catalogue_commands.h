// What can be asked about the catalogue: services, offers, rules, and the price
// that follows from them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "topup/catalogue.h"
#include "topup/payment.h"
#include "topup/pricing.h"
#include "topup/provider.h"
#include "topup/result.h"

namespace topup {

class Tx;
class View;

// What a service costs a reseller now, and the offer that the price comes from:
// the first active one of an active provider, by priority.
struct Priced {
  Quote quote;
  Offer offer;
};

// Empty if nobody supplies the service now, or at no price in range.
std::optional<Priced> price_of(const View& view, const Service& service, std::string_view tier);

// Characters of a tipe, kategori, layanan or sku, which are never empty.
inline constexpr std::size_t kNameLengthMax = 200;
// Of one that is named from outside: those that are numbered here go on after the largest.
inline constexpr std::int64_t kServiceIdMax = 999'999'999'999;

// Inserts, or replaces the one with that id.  The id 0 asks for the next one.
// invalid_parameter (tipe, kategori, layanan)
Result<Service> put_service(Tx& tx, Service service);

// invalid_parameter (service, provider, sku, cost)
Result<Offer> put_offer(Tx& tx, Offer offer);

// invalid_parameter (the field that is out of range; tier: there is none of that name; subject:
// there is no such service), conflict (subject: another rule has the tier, scope and subject).
// Whether any service has the tipe or kategori, a host checks: the library can't list services.
// forbidden, invalid_parameter, not_found, conflict
Result<PriceRule> put_price_rule(Tx& tx, UserId admin, PriceRule rule);
// forbidden, not_found
Status remove_price_rule(Tx& tx, UserId admin, PriceRuleId rule);

// The one of that name; made if there is none.  invalid_parameter (name)
Result<Provider> ensure_provider(Tx& tx, std::string_view name);
Result<Gateway> ensure_gateway(Tx& tx, std::string_view name);

}  // namespace topup
