// How the first admin comes about without whoever is quickest becoming it: a token in a file that
// only the operator can read, good while there is no admin, and printed at the start.

#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>

#include "topup/store.h"

namespace topupd {

// Safe to call from many threads.
class FirstAdmin {
 public:
  // Makes a token and writes it to the file, in place of one that is there; where the shop has an
  // admin the file goes and there is no token.  A file that can't be written is no reason to stop:
  // the token is printed as well.
  FirstAdmin(topup::Store& store, std::filesystem::path file);

  bool is_awaited() const { return !token().empty(); }
  std::string token() const;  // 43 characters; a secret; empty: there is an admin
  bool accepts(std::string_view token) const;

  // There is an admin now: the token is good for nothing any more.
  void has_come();

 private:
  const std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::string token_;  // guarded by mutex_
};

}  // namespace topupd
