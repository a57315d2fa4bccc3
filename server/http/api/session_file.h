// The dashboard's sessions in a small SQLite file of their own, so that a restart logs nobody out.
//
// Beside the database and not in it: sessions are no books, and a copy of the database that falls
// into wrong hands lets nobody in.

#pragma once

#include <string>
#include <vector>

#include "store/sqlite.h"
#include "topup/ids.h"
#include "topup/time.h"

namespace topupd::http {

struct SessionRow {
  std::string token_hash;  // finds it; the token itself is kept by the browser alone
  topup::UserId user;
  std::string password_mark;  // of the password that it was opened with
  topup::Timestamp used{};    // last
  topup::Timestamp ends{};    // whatever happens
  std::chrono::seconds idle_max{};
};

// Not thread-safe.  Failures throw what store/errors.h lists.
class SessionFile {
 public:
  explicit SessionFile(const std::string& path);  // created if it is missing

  std::vector<SessionRow> all();
  void put(const SessionRow& row);  // inserts or replaces; durable when this returns
  void erase(const std::string& token_hash);

 private:
  sqlite::Connection db_;
};

}  // namespace topupd::http
