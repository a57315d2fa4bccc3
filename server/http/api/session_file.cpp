#include "http/api/session_file.h"

namespace topupd::http {

namespace {

// A rollback journal: writes are few, and nothing stays beside the file.
constexpr const char* kSchema = R"(
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS sessions (
  token_hash    TEXT PRIMARY KEY,
  user_id       INTEGER NOT NULL,
  password_mark TEXT NOT NULL,
  used_at       INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL,
  idle_max_s    INTEGER NOT NULL CHECK (idle_max_s > 0)
) STRICT, WITHOUT ROWID;
)";

std::int64_t ms(topup::Timestamp at) { return at.time_since_epoch().count(); }
topup::Timestamp moment(std::int64_t ms) { return topup::Timestamp{std::chrono::milliseconds{ms}}; }

}  // namespace

SessionFile::SessionFile(const std::string& path) : db_{path, sqlite::Access::read_write} {
  db_.run(kSchema);
}

std::vector<SessionRow> SessionFile::all() {
  std::vector<SessionRow> rows;
  auto query = db_.query(
      "SELECT token_hash, user_id, password_mark, used_at, ends_at, idle_max_s FROM sessions");
  while (query.next())
    rows.push_back({query.text(0), topup::UserId{query.integer(1)}, query.text(2),
                    moment(query.integer(3)), moment(query.integer(4)),
                    std::chrono::seconds{query.integer(5)}});
  return rows;
}

void SessionFile::put(const SessionRow& row) {
  auto query = db_.query("INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?, ?)");
  query.bind(1, std::string_view{row.token_hash});
  query.bind(2, row.user.value);
  query.bind(3, std::string_view{row.password_mark});
  query.bind(4, ms(row.used));
  query.bind(5, ms(row.ends));
  query.bind(6, std::int64_t{row.idle_max.count()});
  query.next();
}

void SessionFile::erase(const std::string& token_hash) {
  auto query = db_.query("DELETE FROM sessions WHERE token_hash = ?");
  query.bind(1, std::string_view{token_hash});
  query.next();
}

}  // namespace topupd::http
