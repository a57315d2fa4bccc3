// A client of the API as a reseller writes one: a key, JSON in, JSON out, over a real socket.
//
//   SmallClient shop{port, key};
//   const Answer placed = shop.post("/api/order/create", R"({"layanan":"1","target":"12345"})");
//   CHECK(placed.outcome() == "200");
//   CHECK(placed.text("/data/id") == "1");

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/raw_client.h"

namespace topupd::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer : RawResponse {
  // The value at a JSON pointer, as JSON: at("/data/id") is "\"55\"" with its quotes.  "" if there
  // is none.
  std::string at(const std::string& pointer) const;
  // The value of a text, without quotes; of anything else a sentence that no test expects.
  std::string text(const std::string& pointer) const;
  // The value of a whole number; throws for anything else.
  std::int64_t number(const std::string& pointer) const;
  // "id invoice pesan": the names of an object's members, sorted.
  std::string names(const std::string& pointer) const;
  // Of a list; -1 for anything else.
  int size(const std::string& pointer) const;
  // "200", or "400 invalid_parameter amount".
  std::string outcome() const;
};

// Keeps one connection open and opens another when the server closed it.  Not thread-safe: a
// thread has its own.
class SmallClient {
 public:
  explicit SmallClient(int port, std::string key = "") : port_{port}, key_{std::move(key)} {}

  // The key goes as X-API-Key, if there is one.
  Answer get(const std::string& target, const Headers& headers = {});
  // The body is JSON unless a header says otherwise.
  Answer post(const std::string& target, const std::string& body, const Headers& headers = {});
  Answer send(const std::string& method, const std::string& target, const std::string& body,
              const Headers& headers);
  // These bytes and nothing else, on a connection of their own.
  Answer send_raw(const std::string& bytes) const;

  // Sent with every request from now on, such as a cookie.
  void always(const std::string& name, const std::string& value) {
    always_.emplace_back(name, value);
  }

  const std::string& key() const { return key_; }
  int port() const { return port_; }

 private:
  int port_;
  std::string key_;
  Headers always_;
  std::optional<RawClient> connection_;
};

// Forms of the wire, for matches().
inline constexpr const char* kInvoiceForm = "INV-[A-Z2-7]{13}[A-Z]";
inline constexpr const char* kDepositForm = "DEP-[A-Z2-7]{13}[A-Z]";
inline constexpr const char* kTimeForm = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\+07:00";

// Whether the whole text has the form of an ECMAScript pattern.
bool matches(const std::string& text, const std::string& pattern);

}  // namespace topupd::test
