#include "bench/workload.h"

#include <array>
#include <cstdio>

namespace topupd::bench {
namespace {

// Streams of noise that must not follow each other.
constexpr std::uint64_t kWho = 0x9e3779b97f4a7c15U;
constexpr std::uint64_t kWhat = 0xbf58476d1ce4e5b9U;
constexpr std::uint64_t kReference = 0x94d049bb133111ebU;

std::int64_t below(std::uint64_t value, std::int64_t bound) {
  return static_cast<std::int64_t>(value % static_cast<std::uint64_t>(bound));
}

}  // namespace

// The finaliser of splitmix64.
std::uint64_t noise(std::uint64_t number) {
  number += kWho;
  number = (number ^ (number >> 30)) * kWhat;
  number = (number ^ (number >> 27)) * kReference;
  return number ^ (number >> 31);
}

topup::UserId reseller_of(const ShopSize& size, std::int64_t order) {
  return {kAdmin + 1 + below(noise(static_cast<std::uint64_t>(order) ^ kWho), size.resellers)};
}

topup::ServiceId service_of(const ShopSize& size, std::int64_t order) {
  return {1 + below(noise(static_cast<std::uint64_t>(order) ^ kWhat), size.services)};
}

std::string ref_id_of(std::int64_t order) {
  std::array<char, 17> text{};
  auto value = noise(static_cast<std::uint64_t>(order) ^ kReference);
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
  return text.data();
}

// Ends in 0: the sandbox delivers at once.
std::string target_of(std::int64_t order) { return std::to_string(1'000'000'000 + order) + "0"; }

topup::PlaceOrder command_of(const ShopSize& size, std::int64_t order) {
  topup::PlaceOrder command;
  command.user = reseller_of(size, order);
  command.service = service_of(size, order);
  command.target = target_of(order);
  if (order <= size.orders || size.ref_ids == RefIds::random) command.ref_id = ref_id_of(order);
  return command;
}

const std::string& key_of(const std::vector<std::string>& keys, topup::UserId reseller) {
  return keys.at(static_cast<std::size_t>(reseller.value - kAdmin - 1));
}

std::string request_of(const ShopSize& size, std::int64_t order,
                       const std::vector<std::string>& keys) {
  auto command = command_of(size, order);
  auto body = R"({"layanan":")" + std::to_string(command.service.value) + R"(","target":")" +
              command.target + '"' +
              (command.ref_id.empty() ? "" : R"(,"ref_id":")" + command.ref_id + '"') + '}';
  return "POST /api/order/create HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: " +
         key_of(keys, command.user) +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

}  // namespace topupd::bench
