#include "http/edge_address.h"

#include <string>
#include <vector>

#include "catch.h"
#include "http/edge_target.h"

using namespace topupd::http;

TEST_CASE("an address has one text, whatever way it was written") {
  struct Case {
    std::string text;
    std::string canonical;  // empty: no address
    bool is_loopback;
  };
  const std::vector<Case> cases{
      {"1.2.3.4", "1.2.3.4", false},
      {"::ffff:1.2.3.4", "1.2.3.4", false},
      {"127.0.0.1", "127.0.0.1", true},
      {"127.9.9.9", "127.9.9.9", true},
      {"128.0.0.1", "128.0.0.1", false},
      {"::1", "::1", true},
      {"0:0:0:0:0:0:0:1", "::1", true},
      {"2001:DB8::1", "2001:db8::1", false},
      {"::2", "::2", false},
      {"1.2.3", "", false},
      {"1.2.3.256", "", false},
      {"1.2.3.4:80", "", false},
      {"[::1]", "", false},
      {"", "", false},
      {"localhost", "", false},
      {std::string("1.2.3.4\0", 8), "", false},
  };
  for (const auto& one : cases) {
    INFO(one.text);
    const auto address = IpAddress::parse(one.text);
    REQUIRE(address.has_value() == !one.canonical.empty());
    if (!address) continue;
    CHECK(address->text() == one.canonical);
    CHECK(address->is_loopback() == one.is_loopback);
  }
}

TEST_CASE("limits count an IPv6 client by its network") {
  CHECK(IpAddress::parse("2001:db8:1:2:3::4")->counted().text() == "2001:db8:1:2::");
  CHECK(IpAddress::parse("1.2.3.4")->counted().text() == "1.2.3.4");
}

TEST_CASE("a network contains what shares its prefix") {
  struct Case {
    std::string network;
    std::string address;
    bool contains;
  };
  const std::vector<Case> cases{
      {"10.0.0.0/8", "10.255.255.255", true},
      {"10.0.0.0/8", "11.0.0.0", false},
      {"10.1.2.3", "10.1.2.3", true},
      {"10.1.2.3", "10.1.2.2", false},
      {"10.1.2.3/32", "10.1.2.2", false},
      {"10.1.2.0/31", "10.1.2.1", true},
      {"10.1.2.0/31", "10.1.2.2", false},
      {"0.0.0.0/0", "255.1.1.1", true},
      {"0.0.0.0/0", "2001:db8::1", false},
      {"::/0", "2001:db8::1", true},
      {"fd00::/8", "fdff::1", true},
      {"fd00::/8", "fe00::1", false},
      {"::1", "127.0.0.1", false},
      {"2001:db8::/33", "2001:db8:8000::", false},
  };
  for (const auto& one : cases) {
    INFO(one.network << " " << one.address);
    CHECK(IpNetwork::parse(one.network)->contains(*IpAddress::parse(one.address)) == one.contains);
  }
  for (const char* text :
       {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x", "x/8", "::/129"}) {
    CHECK_FALSE(IpNetwork::parse(text).has_value());
  }
}

TEST_CASE("a client's address is believed only from trusted proxies, from the right") {
  struct Case {
    std::string peer;
    std::vector<std::string> forwarded;
    std::string client;
  };
  const std::vector<IpNetwork> trusted{*IpNetwork::parse("127.0.0.1"),
                                       *IpNetwork::parse("10.0.0.0/8"), *IpNetwork::parse("::1")};
  const std::vector<Case> cases{
      {"9.9.9.9", {}, "9.9.9.9"},
      {"9.9.9.9", {"1.1.1.1"}, "9.9.9.9"},
      {"127.0.0.1", {}, "127.0.0.1"},
      {"127.0.0.1", {"1.1.1.1"}, "1.1.1.1"},
      {"127.0.0.1", {"6.6.6.6, 1.1.1.1"}, "1.1.1.1"},
      {"127.0.0.1", {"6.6.6.6", "1.1.1.1"}, "1.1.1.1"},
      {"127.0.0.1", {"6.6.6.6, 1.1.1.1, 10.0.0.2"}, "1.1.1.1"},
      {"127.0.0.1", {"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
      {"127.0.0.1", {"6.6.6.6, rubbish"}, "127.0.0.1"},
      {"127.0.0.1", {"6.6.6.6, rubbish, 10.0.0.2"}, "10.0.0.2"},
      {"127.0.0.1", {"1.1.1.1,"}, "127.0.0.1"},
      {"127.0.0.1", {""}, "127.0.0.1"},
      {"127.0.0.1", {"  1.1.1.1\t"}, "1.1.1.1"},
      {"127.0.0.1", {"1.1.1.1:4711"}, "1.1.1.1"},
      {"127.0.0.1", {"[2001:db8::1]:4711"}, "2001:db8::1"},
      {"::1", {"2001:db8::1"}, "2001:db8::1"},
      {"::ffff:10.1.1.1", {"::ffff:1.1.1.1"}, "1.1.1.1"},
      {"2001:db8::9", {"1.1.1.1"}, "2001:db8::9"},
      {"::1", {"6.6.6.6, 2001:db8::1, 10.0.0.2, ::1"}, "2001:db8::1"},
      {"127.0.0.1", {"1.1.1.1, 127.0.0.1"}, "1.1.1.1"},
      {"127.0.0.1", {"6.6.6.6", "rubbish", "1.1.1.1"}, "1.1.1.1"},
      {"127.0.0.1", {"1.1.1.1, unix:"}, "127.0.0.1"},
      {"127.0.0.1", {"[2001:db8::1"}, "127.0.0.1"},
      {"127.0.0.1", {"2001:db8::1%eth0"}, "127.0.0.1"},
      {"127.0.0.1", {"0x7f.1"}, "127.0.0.1"},
      {"127.0.0.1", {"1.1.1.1 2.2.2.2"}, "127.0.0.1"},
      {"127.0.0.2", {"1.1.1.1"}, "127.0.0.2"},
  };
  for (const auto& one : cases) {
    Pairs headers;
    for (const auto& value : one.forwarded)
      headers.emplace_back("x-forwarded-for", value);
    INFO(one.peer << " " << (one.forwarded.empty() ? "" : one.forwarded.front()));
    CHECK(client_address(*IpAddress::parse(one.peer), headers, trusted).text() == one.client);
  }
}

TEST_CASE("what proxies add says that somebody else is speaking") {
  for (const std::string name :
       {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "via", "x-real-ip",
        "x-client-ip", "cf-connecting-ip", "true-client-ip", "x-cluster-client-ip"}) {
    INFO(name);
    CHECK(came_through_proxy({{"host", "x"}, {name, ""}}));
  }
  CHECK_FALSE(came_through_proxy({{"host", "x"}, {"x-forwarded", "1"}, {"x-api-key", "via"}}));
}

TEST_CASE("a query is pairs in their order") {
  struct Case {
    std::string query;
    Pairs pairs;
  };
  const std::vector<Case> cases{
      {"", {}},
      {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
      {"a=1&a=2", {{"a", "1"}, {"a", "2"}}},
      {"a", {{"a", ""}}},
      {"a=", {{"a", ""}}},
      {"=1", {{"", "1"}}},
      {"a=b=c", {{"a", "b=c"}}},
      {"&&a=1&", {{"a", "1"}}},
      {"a+b=c+d", {{"a b", "c d"}}},
      {"a%3D=%26%2B", {{"a=", "&+"}}},
      {"a=%zz%4", {{"a", "%zz%4"}}},
      {"a=%", {{"a", "%"}}},
      {"a=%c3%A9", {{"a", "\xc3\xa9"}}},
  };
  for (const auto& one : cases) {
    INFO(one.query);
    CHECK(parse_query(one.query) == one.pairs);
  }
}
