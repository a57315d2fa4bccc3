// What a test of lists lists, and what it expects of a page.

#pragma once

#include <string>

#include "store/page.h"
#include "store/records.h"

// "5 3 after 3": the ids on the page, then its cursor if it has one.
template <class Record>
std::string ids(const topupd::Page<Record>& page) {
  std::string result;
  for (const auto& record : page.records)
    result += (result.empty() ? "" : " ") + std::to_string(record.id.value);
  return result + (page.next != 0 ? " after " + std::to_string(page.next) : "");
}

// Users 1 and 2 with three orders each, taking turns, in these states.
inline void insert_orders(topup::Tx& tx) {
  using namespace sample;
  insert_basics(tx);
  tx.insert(service(2));
  const OrderState states[] = {OrderState::queued,  OrderState::succeeded, OrderState::unknown,
                               OrderState::expired, OrderState::failed,    OrderState::sent};
  for (int id = 1; id <= 6; ++id) {
    auto r = order(id);
    r.user = UserId{id % 2 == 1 ? 1 : 2};
    r.service = ServiceId{id == 5 ? 2 : 1};
    r.state = states[id - 1];
    r.created_at = at(10 * id);
    insert_newest(tx, r);
  }
}
