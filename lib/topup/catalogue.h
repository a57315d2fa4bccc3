// What is sold (services) and who supplies it at what cost (offers).

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "topup/ids.h"
#include "topup/money.h"

namespace topup {

// The form that a whole target must have.  A cheap value: copies share the
// compiled expression, which many threads may use at once.
class TargetFormat {
 public:
  // Any 5-20 printable ASCII characters.
  TargetFormat() = default;

  // An ECMAScript regular expression for the whole target; "" as above.  Empty
  // if the expression is malformed, longer than 200 characters, or counts in more
  // than nine digits.
  static std::optional<TargetFormat> from(std::string_view expression);

  // Targets over 64 characters never match: matching takes time and stack.
  bool matches(std::string_view target) const;

  const std::string& text() const { return text_; }
  friend bool operator==(const TargetFormat& a, const TargetFormat& b) {
    return a.text_ == b.text_;
  }

 private:
  struct Expression;  // keeps <regex> out of every file that includes this one
  struct Digits {     // "[0-9]{5,20}", as most are: told without an expression's 2 µs
    std::size_t least = 0;
    std::size_t most = 0;
  };
  static std::optional<Digits> digits_in(std::string_view expression);

  std::string text_;
  std::optional<Digits> digits_;
  std::shared_ptr<const Expression> expression_;
};

struct Service {
  ServiceId id;           // the sid of the price list
  std::string tipe;       // "Games", "Pulsa", "Paket Data", "PLN", "E-Money", "Voucher", …
  std::string kategori;   // "Free Fire"
  std::string layanan;    // "70 Diamond"
  bool available = true;  // false: Gangguan, can't be ordered now
  bool needs_nometer = false;
  TargetFormat target_format = {};
  friend bool operator==(const Service&, const Service&) = default;
};

// No product costs more; what says so is mistaken.
inline constexpr Money kCostMax = *Money::from_units(1'000'000'000);

// One supplier's product that fulfils a service.
struct Offer {
  OfferId id;
  ServiceId service;
  ProviderId provider;
  std::string sku;   // the supplier's code for it
  Money cost;        // what the supplier takes, above 0, at most kCostMax
  int priority = 0;  // lower is tried first; ties by id
  bool active = true;
  friend bool operator==(const Offer&, const Offer&) = default;
};

}  // namespace topup
