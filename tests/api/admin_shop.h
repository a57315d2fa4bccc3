// A shop with two admins who are logged in to the dashboard.

#pragma once

#include <string>

#include "api/test_shop.h"

struct AdminShop : TestShop {
  AdminShop();

  std::string boss;   // the session's cookie
  std::string chief;  // another admin's

  // By an admin, boss unless another is named, from the dashboard's own page.
  Reply see(const std::string& target);
  Reply act(const std::string& path, const std::string& body, topupd::http::Pairs headers = {});
  Reply act_as(const std::string& cookie, const std::string& path, const std::string& body,
               topupd::http::Pairs headers = {});

  // What the checker finds wrong in the books; "" if nothing.
  std::string wrong_in_books();
  std::string balance_of_toko_a();

  // An order of toko_a's, which has the money for it; its id.
  std::string queued_order(const std::string& target);
  // The same, sent to the supplier, who said that.
  std::string order_with(const std::string& target, topup::OutcomeKind kind);

 private:
  std::string log_in(const std::string& username);
};

// {"id":"7"}
std::string id_body(const std::string& id);
