// Resellers and those who pay: what they wanted, what they were told, and what they paid.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/plan.h"
#include "sim/world.h"

namespace topupd::sim {

// Something that a client wants once, however often he asks for it.
struct Wish {
  enum class Kind { order, deposit, withdrawal, transfer };
  enum class End {
    open,     // no answer yet
    made,     // he was told yes: `id` exists
    refused,  // he was told no, and never left in doubt
    unclear,  // anything else
  };
  Kind kind = Kind::order;
  topup::UserId user;
  std::string mark;  // kept with what is made of it; unique
  End end = End::open;
  bool was_in_doubt = false;
  std::int64_t id = 0;
};

class Resellers {
 public:
  explicit Resellers(World& world) : world_{world} {}

  // One of the resellers' deeds.
  void act(const Act& act);
  void withdraw_all(topup::UserId user, std::uint64_t salt);
  const std::vector<Wish>& wishes() const { return wishes_; }

 private:
  using Index = std::size_t;

  void buy(std::uint64_t salt, std::optional<std::int64_t> selling);
  void race(std::uint64_t salt);
  void deposit(std::uint64_t salt);
  void wish_for(const topup::OpenDeposit& command, std::uint64_t salt);
  void withdraw(topup::UserId user, std::int64_t amount, std::uint64_t salt);
  void transfer(std::uint64_t salt);
  void cancel(std::uint64_t salt);

  topup::PlaceOrder order(topup::testing::Dice& dice, std::uint64_t salt);
  void wish_for(const topup::PlaceOrder& command, std::uint64_t salt);
  bool place(Index wish, topup::PlaceOrder command, std::uint64_t salt);
  bool open(Index wish, topup::OpenDeposit command, std::uint64_t salt);
  enum class Offered { yes, no, unclear };
  Offered offer(const topup::Charge& charge, std::uint64_t salt);
  void will_pay(const topup::Charge& charge, std::uint64_t salt);
  Index wish(Wish::Kind kind, topup::UserId user, const std::string& mark);
  // True if he need not ask again.
  template <class T>
  bool hear(Index wish, const Heard<T>& heard, bool may_repeat);
  void made(Index wish, std::int64_t id);

  World& world_;
  std::vector<Wish> wishes_;
  std::vector<std::string> payable_;  // codes of charges that payers were shown
};

}  // namespace topupd::sim
