#include "store/new_keys.h"

#include <array>
#include <string>
#include <vector>

#include "store/inspect_file.h"
#include "store/sqlite.h"

namespace topupd {
namespace {

using topup::Archive;
using topup::Digest;

// By a thing's id, which are 1, 2, 3, …
using ById = std::vector<std::int64_t>;

std::int64_t& at(ById& numbers, std::int64_t id) {
  auto index = static_cast<std::size_t>(id);
  if (numbers.size() <= index) numbers.resize(index + 1);
  return numbers[index];
}

struct SealedStep {
  std::int64_t made = 0;
  Digest seal{};
};

// What the journal's rows shall carry, in the order of their ids.
struct Seals {
  std::vector<Digest> postings;
  std::vector<SealedStep> steps;
};

class Sealing {
 public:
  Sealing(const Archive& archive, const topup::Hash& hash) : archive_{archive}, hash_{hash} {}

  Seals seals() {
    seal_postings();
    hash_records<topup::Order>(topup::Subject::order);
    hash_records<topup::Attempt>(topup::Subject::attempt);
    hash_records<topup::Charge>(topup::Subject::charge);
    hash_records<topup::Receipt>(topup::Subject::receipt);
    hash_records<topup::Withdrawal>(topup::Subject::withdrawal);
    hash_records<topup::Adjustment>(topup::Subject::adjustment);
    hash_records<topup::Prefund>(topup::Subject::prefund);
    seal_steps();
    return std::move(seals_);
  }

 private:
  static constexpr auto kSubjects = static_cast<std::size_t>(topup::Subject::user) + 1;

  ById& of(std::array<ById, kSubjects>& by_subject, topup::Subject subject) {
    return by_subject.at(static_cast<std::size_t>(subject));
  }

  void seal_postings() {
    std::vector<topup::StoredEntry> entries;
    archive_.each(Archive::Each<topup::StoredEntry>{
        [&](const topup::StoredEntry& entry) { entries.push_back(entry); }});
    Digest last{};
    archive_.each(Archive::Each<topup::StoredPosting>{[&](const topup::StoredPosting& posting) {
      const auto& entry = entries.at(static_cast<std::size_t>(posting.entry.value - 1));
      last = topup::seal_of(hash_, last, entry, posting);
      seals_.postings.push_back(last);
    }});
  }

  template <class Record>
  void hash_records(topup::Subject subject) {
    auto& made = of(made_, subject);
    archive_.each(Archive::Each<Record>{[&](const Record& record) {
      at(made, record.id.value) = topup::made_of(hash_, topup::canonical(record));
    }});
  }

  void seal_steps() {
    std::array<ById, kSubjects> last_step;
    std::int64_t count = 0;
    archive_.each(Archive::Each<topup::Step>{
        [&](const topup::Step& step) { at(of(last_step, step.subject), step.id) = ++count; }});
    Digest last{};
    std::int64_t number = 0;
    archive_.each(Archive::Each<topup::Step>{[&](const topup::Step& stored) {
      auto step = stored;
      bool is_last = at(of(last_step, step.subject), step.id) == ++number;
      if (is_last && step.subject != topup::Subject::user)
        step.made = at(of(made_, step.subject), step.id);
      last = topup::seal_of(hash_, last, step);
      seals_.steps.push_back({step.made, last});
    }});
  }

  const Archive& archive_;
  const topup::Hash& hash_;
  std::array<ById, kSubjects> made_;
  Seals seals_;
};

void write(sqlite::Connection& db, const Seals& seals) {
  auto posting = db.prepare("UPDATE postings SET seal = ?1 WHERE id = ?2");
  std::int64_t id = 0;
  for (const auto& seal : seals.postings) {
    auto query = posting.query();
    query.bind(1, seal);
    query.bind(2, ++id);
    query.next();
  }
  auto step = db.prepare("UPDATE steps SET seal = ?1, made = ?2 WHERE id = ?3");
  id = 0;
  for (const auto& [made, seal] : seals.steps) {
    auto query = step.query();
    query.bind(1, seal);
    query.bind(2, made);
    query.bind(3, ++id);
    query.next();
  }
}

// By whoever has this machine.
void note_deed(sqlite::Connection& db, topup::Timestamp now) {
  auto statement = db.prepare(
      "INSERT INTO audit SELECT coalesce(max(id), 0) + 1, 'console', 'restore/new-keys', '', '', "
      "'', ?1 FROM audit");
  auto query = statement.query();
  query.bind(1, std::int64_t{now.time_since_epoch().count()});
  query.next();
}

Forgotten forget(sqlite::Connection& db) {
  auto count = [&](const std::string& which) {
    return db.integer("SELECT count(*) FROM users WHERE " + which);
  };
  Forgotten forgotten{count("key_hash <> ''"), count("otp_sealed <> ''"),
                      count("role = 'admin' AND password <> ''")};
  db.run(
      "UPDATE users SET key_hash = '', key_sealed = '', otp_sealed = '';"
      "UPDATE users SET password = '' WHERE role = 'admin';"
      "DELETE FROM backups");
  return forgotten;
}

}  // namespace

Forgotten take_new_keys(const std::filesystem::path& file, const topup::Hash& hash,
                        topup::Timestamp now) {
  Seals seals;
  inspect_file(file, [&](const Archive& archive) { seals = Sealing{archive, hash}.seals(); });
  sqlite::Connection db{file.string(), sqlite::Access::read_write};
  db.run("PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; BEGIN IMMEDIATE");
  write(db, seals);
  auto forgotten = forget(db);
  note_deed(db, now);
  db.run("COMMIT");
  return forgotten;
}

}  // namespace topupd
