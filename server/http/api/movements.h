// The lines of a statement in words that a reseller knows.

#pragma once

#include <string>
#include <vector>

#include "topup/statement.h"

namespace topupd::http {

struct Movement {
  std::string time;         // RFC 3339 in WIB
  std::string kind;         // the word of the entry's kind
  std::string description;  // Indonesian
  topup::Money amount;      // signed
  topup::Money after;
  std::string ref;  // an invoice, a deposit's id, or the number of a withdrawal; may be empty
};

std::vector<Movement> movements_of(const topup::View& view,
                                   const std::vector<topup::StatementLine>& lines);

}  // namespace topupd::http
