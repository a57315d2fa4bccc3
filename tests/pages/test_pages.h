// The routes without a key of a test's shop, with a sandbox beside it and without a socket.

#pragma once

#include <string>
#include <vector>

#include "api/test_shop.h"
#include "http/pages/pages.h"
#include "process/temp_dir.h"
#include "sandbox.h"

enum class Origin { elsewhere, loopback };

struct TestPages {
  TestPages();

  TestShop shop;
  TempDir dir;
  topupd::Sandbox sandbox;
  topupd::Metrics metrics;
  topupd::http::PageSources sources;

  Reply send(topupd::http::Request request);
  Reply get(const std::string& path, Origin origin = Origin::elsewhere);
  Reply post(const std::string& path, const std::string& body, Origin origin = Origin::loopback);

  // Charges are made at the sandbox's gateway from now on, instead of the fake one.
  void use_sandbox();

  std::string deposit();         // of 50000; its code
  std::string dropship_order();  // for 12000; its invoice
  std::string balance_order();   // for 10000; its invoice
  std::string id_of(const std::string& invoice);
  void expire(const std::string& code);  // once its time is over
};

bool contains(const std::string& text, const std::string& part);
