#include "http/api/sessions.h"

#include <string>
#include <vector>

#include "catch.h"
#include "process/temp_dir.h"

namespace {

using topupd::http::KeptSessions;
using topupd::http::SessionFile;

const topupd::MasterKey kMaster{topupd::MasterKey::Bytes{}};
constexpr topup::Timestamp kStart{std::chrono::hours{500'000}};

topup::Timestamp after(std::chrono::seconds time) { return kStart + time; }

topup::User person(topup::Role role) {
  topup::User user;
  user.id = topup::UserId{5};
  user.role = role;
  user.credentials.password = "hash";
  return user;
}

}  // namespace

TEST_CASE("a session ends by idleness and by age, an admin's sooner") {
  struct Row {
    topup::Role role;
    int used_every_h, asked_at_h;
    bool is_open;
  };
  const Row rows[] = {
      {topup::Role::reseller, 0, 24 * 7, true},   {topup::Role::reseller, 0, 24 * 7 + 1, false},
      {topup::Role::reseller, 24, 24 * 30, true}, {topup::Role::reseller, 24, 24 * 31, false},
      {topup::Role::admin, 0, 2, true},           {topup::Role::admin, 0, 3, false},
      {topup::Role::admin, 1, 24, true},          {topup::Role::admin, 1, 25, false},
  };
  for (const auto& row : rows) {
    KeptSessions sessions{kMaster};
    const auto user = person(row.role);
    const auto token = sessions.open(user, kStart);
    if (row.used_every_h > 0)
      for (int hour = row.used_every_h; hour < row.asked_at_h; hour += row.used_every_h)
        sessions.use(token, after(std::chrono::hours{hour}));
    INFO(row.used_every_h << " " << row.asked_at_h);
    const auto owner = sessions.use(token, after(std::chrono::hours{row.asked_at_h}));
    CHECK((owner == user.id) == row.is_open);
  }
}

TEST_CASE("one session too many ends the one that was not used for longest") {
  KeptSessions sessions{kMaster};
  const auto user = person(topup::Role::reseller);
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < KeptSessions::kPerUserMax; ++i)
    tokens.push_back(sessions.open(user, after(std::chrono::seconds{i})));
  sessions.use(tokens.front(), after(std::chrono::minutes{1}));
  sessions.open(user, after(std::chrono::minutes{2}));
  const auto now = after(std::chrono::minutes{3});
  CHECK(sessions.use(tokens.at(0), now) == user.id);
  CHECK(!sessions.use(tokens.at(1), now));
  CHECK(sessions.use(tokens.at(2), now) == user.id);
  sessions.close_all(user.id);
  CHECK(!sessions.use(tokens.at(2), now));
}

TEST_CASE("a session outlives a restart, one that was closed does not come back") {
  TempDir dir;
  const auto path = (dir.path() / "sessions.db").string();
  const auto user = person(topup::Role::reseller);
  std::string open;
  std::string closed;
  {
    KeptSessions sessions{kMaster, SessionFile{path}};
    open = sessions.open(user, kStart);
    closed = sessions.open(user, kStart);
    sessions.close(closed);
    sessions.use(open, after(std::chrono::hours{24 * 6}));
  }
  KeptSessions sessions{kMaster, SessionFile{path}};
  const auto later = after(std::chrono::hours{24 * 12});
  CHECK(sessions.use(open, later) == user.id);
  CHECK(sessions.is_current(open, user));
  CHECK(!sessions.use(closed, later));

  auto changed = user;
  changed.credentials.password = "another";
  CHECK(!sessions.is_current(open, changed));
}

TEST_CASE("the file of the sessions holds no token") {
  TempDir dir;
  const auto path = (dir.path() / "sessions.db").string();
  KeptSessions sessions{kMaster, SessionFile{path}};
  const auto token = sessions.open(person(topup::Role::reseller), kStart);
  const auto rows = SessionFile{path}.all();
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().token_hash != token);
  CHECK(rows.front().token_hash == topupd::key_hash(kMaster, token));
}
