#include <string>

#include "catch.h"
#include "pages/test_pages.h"

using namespace topupd;

namespace {

std::string settle(const std::string& code) { return "/sandbox/gateway/" + code + "/settle"; }
std::string expire(const std::string& code) { return "/sandbox/gateway/" + code + "/expire"; }

}  // namespace

TEST_CASE("a charge of the sandbox is paid once, however often that is told", "[pages]") {
  TestPages pages;
  pages.use_sandbox();
  const auto code = pages.dropship_order();
  const auto paid = pages.post(settle(code), "");
  CHECK(paid.outcome() == "200");
  CHECK(paid.at("/status") == "true");
  CHECK(paid.names("/data") == "amount code fee paid_at payment_id payment_status");
  CHECK(paid.text("/data/code") == code);
  CHECK(paid.at("/data/amount") == "12000");
  CHECK(is_time(paid.text("/data/paid_at")));
  CHECK(pages.post(settle(code), "").body == paid.body);
  CHECK(pages.sandbox.gateway().query(code).state == ChargeStatus::settled);
}

TEST_CASE("a charge of the sandbox is paid at another amount, and twice", "[pages]") {
  TestPages pages;
  pages.use_sandbox();
  const auto code = pages.deposit();
  const auto first = pages.post(settle(code), R"({"amount":"1000"})");
  CHECK(first.at("/data/amount") == "1000");
  const auto second = pages.post(settle(code), "second=true&amount=2000");
  CHECK(second.at("/data/amount") == "2000");
  CHECK(second.text("/data/payment_id") != first.text("/data/payment_id"));
  CHECK(pages.post(settle(code), "").body == first.body);
}

TEST_CASE("a second payment is asked for in every form that a flag has", "[pages]") {
  struct Row {
    std::string body;
    bool is_second;
  };
  TestPages pages;
  pages.use_sandbox();
  const auto code = pages.deposit();
  const auto first = pages.post(settle(code), "");
  for (const auto& row : {
           Row{R"({"second":true})", true},
           Row{R"({"second":"true"})", true},
           Row{R"({"second":1})", true},
           Row{"second=1", true},
           Row{R"({"second":false})", false},
           Row{R"({"second":0})", false},
           Row{"second=false", false},
       }) {
    INFO(row.body);
    const auto paid = pages.post(settle(code), row.body);
    CHECK(paid.outcome() == "200");
    CHECK((paid.text("/data/payment_id") != first.text("/data/payment_id")) == row.is_second);
  }
}

TEST_CASE("a charge of the sandbox ends before its time", "[pages]") {
  TestPages pages;
  pages.use_sandbox();
  const auto code = pages.deposit();
  const auto ended = pages.post(expire(code), "");
  CHECK(ended.body ==
        R"({"status":true,"data":{"code":")" + code + R"(","payment_status":"expired"}})");
  CHECK(pages.post(expire(code), "").body == ended.body);
  const auto paid = pages.deposit();
  pages.post(settle(paid), "");
  CHECK(pages.post(expire(paid), "").text("/data/payment_status") == "settlement");
}

TEST_CASE("the sandbox refuses what makes no payment", "[pages]") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  TestPages pages;
  pages.use_sandbox();
  const auto code = pages.deposit();
  for (const auto& row : {
           Row{R"({"amount":0})", "400 invalid_parameter amount"},
           Row{R"({"amount":-1})", "400 invalid_parameter amount"},
           Row{R"({"amount":1.5})", "400 invalid_parameter amount"},
           Row{R"({"amount":10000000000000})", "400 invalid_parameter amount"},
           Row{R"({"second":"maybe"})", "400 invalid_parameter second"},
           Row{"{", "400 invalid_parameter"},
       }) {
    INFO(row.body);
    CHECK(pages.post(settle(code), row.body).outcome() == row.outcome);
  }
  CHECK(pages.sandbox.gateway().query(code).state == ChargeStatus::pending);
  CHECK(pages.post(settle("DEP-AAAAAAAAAAAAAB"), "").outcome() == "404 not_found");
  CHECK(pages.post(expire("DEP-AAAAAAAAAAAAAB"), "").outcome() == "404 not_found");
  CHECK(pages.get(settle(code), Origin::loopback).status == 405);
}

TEST_CASE("the sandbox's buttons are this machine's, or everybody's if it is public", "[pages]") {
  struct Row {
    Origin origin;
    bool is_public;
    bool is_on;
    std::string outcome;
  };
  for (const auto& row : {
           Row{Origin::loopback, false, true, "200"},
           Row{Origin::elsewhere, false, true, "403 forbidden"},
           Row{Origin::loopback, true, true, "200"},
           Row{Origin::elsewhere, true, true, "200"},
           Row{Origin::loopback, true, false, "404 not_found"},
       }) {
    TestPages pages;
    pages.use_sandbox();
    pages.shop.config.sandbox.is_public = row.is_public;
    if (!row.is_on) pages.sources.sandbox = nullptr;
    const auto code = pages.deposit();
    const bool has_button = contains(pages.get("/i/" + code, row.origin).body, "<form");
    CHECK(pages.post(settle(code), "", row.origin).outcome() == row.outcome);
    CHECK(has_button == (row.outcome == "200"));
  }
}

TEST_CASE("a browser that presses the button comes back to the invoice", "[pages]") {
  TestPages pages;
  pages.use_sandbox();
  const auto code = pages.deposit();
  const auto reply = pages.send({.method = "POST",
                                 .path = settle(code),
                                 .headers = {{"accept", "text/html,*/*;q=0.8"},
                                             {"content-type", "application/x-www-form-urlencoded"}},
                                 .from_loopback = true});
  CHECK(reply.status == 303);
  CHECK(reply.header("Location") == "/i/" + code + "?paid=1");
  const auto page = pages.send(
      {.method = "GET", .path = "/i/" + code, .query = {{"paid", "1"}}, .from_loopback = true});
  CHECK(contains(page.body, "content=\"3\""));
}
