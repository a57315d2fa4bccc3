// Which repeatable requests are being worked on at this moment.

#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace topupd::http {

// Thread-safe; must outlive its leases.
class InFlight {
 public:
  // Holds the keys until it goes.
  class Lease {
   public:
    Lease(InFlight& owner, std::vector<std::string> keys)
        : owner_{&owner}, keys_{std::move(keys)} {}
    ~Lease() { owner_->leave(keys_); }
    Lease(Lease&& other) noexcept : owner_{other.owner_}, keys_{std::move(other.keys_)} {
      other.keys_.clear();
    }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Lease& operator=(Lease&&) = delete;

   private:
    InFlight* owner_;
    std::vector<std::string> keys_;
  };

  // All of the keys; empty if another holds one of them.
  std::optional<Lease> enter(std::vector<std::string> keys);

 private:
  void leave(const std::vector<std::string>& keys);

  std::mutex mutex_;  // guards what follows
  std::set<std::string> held_;
};

}  // namespace topupd::http
