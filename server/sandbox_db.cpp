#include "sandbox_db.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include "sandbox_schema.h"
#include "store/commit_queue.h"

namespace topupd {
namespace {

constexpr const char* kPragmas = R"(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA busy_timeout = 5000;
)";

std::int64_t ms(topup::Timestamp at) { return at.time_since_epoch().count(); }

topup::Timestamp moment(const SQLite::Column& column) {
  return topup::Timestamp{std::chrono::milliseconds{column.getInt64()}};
}

// Binds a prepared statement for one use and resets it afterwards.
class Use {
 public:
  template <class... Args>
  explicit Use(SQLite::Statement& statement, const Args&... args) : statement_{statement} {
    SQLite::bind(statement_, args...);
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() { statement_.tryReset(); }

  SQLite::Statement* operator->() { return &statement_; }
  SQLite::Column operator[](int column) { return statement_.getColumn(column); }

 private:
  SQLite::Statement& statement_;
};

struct Statements {
  explicit Statements(SQLite::Database& db)
      : begin{db, "BEGIN IMMEDIATE"},
        commit{db, "COMMIT"},
        put_purchase{db, "INSERT INTO purchases VALUES(?,?,?,?,?,?,?) ON CONFLICT DO NOTHING"},
        purchase{db,
                 "SELECT sku, target, max_cost, accepted_at, final_at FROM purchases "
                 "WHERE provider=? AND reference=?"},
        put_charge{db, "INSERT INTO charges VALUES(?,?,?,?,?) ON CONFLICT DO NOTHING"},
        charge{db, "SELECT amount, qr_text, expires_at, state FROM charges WHERE code=?"},
        move_charge{db, "UPDATE charges SET state=?2 WHERE code=?1"},
        put_payment{db, "INSERT INTO payments VALUES(?,?,?,?,?) ON CONFLICT DO NOTHING"},
        payment{db,
                "SELECT payment_id, code, amount, fee, paid_at FROM payments "
                "WHERE payment_id=?"},
        first_payment{db,
                      "SELECT payment_id, code, amount, fee, paid_at FROM payments "
                      "WHERE code=? ORDER BY payment_id LIMIT 1"},
        put_message{db, "INSERT INTO messages(sender, subject, due_at) VALUES(?,?,?)"},
        due{db,
            "SELECT id, sender, subject, due_at FROM messages WHERE due_at<=? "
            "ORDER BY due_at, id LIMIT ?"},
        next_due{db, "SELECT min(due_at) FROM messages"},
        forget{db, "DELETE FROM messages WHERE id=?"},
        forget_subject{db, "DELETE FROM messages WHERE sender=? AND subject=?"},
        postpone{db, "UPDATE messages SET due_at=?2 WHERE id=?1"} {}

  SQLite::Statement begin, commit, put_purchase, purchase, put_charge, charge, move_charge,
      put_payment, payment, first_payment, put_message, due, next_due, forget, forget_subject,
      postpone;
};

std::optional<SandboxPurchase> find_purchase(Statements& s, const std::string& provider,
                                             const std::string& reference) {
  Use row{s.purchase, provider, reference};
  if (!row->executeStep()) return std::nullopt;
  return SandboxPurchase{provider,          reference,      row[0].getString(), row[1].getString(),
                         row[2].getInt64(), moment(row[3]), moment(row[4])};
}

std::optional<SandboxCharge> find_charge(Statements& s, const std::string& code) {
  Use row{s.charge, code};
  if (!row->executeStep()) return std::nullopt;
  return SandboxCharge{code, row[0].getInt64(), row[1].getString(), moment(row[2]),
                       static_cast<SandboxChargeState>(row[3].getInt())};
}

std::optional<SandboxPayment> find_payment(SQLite::Statement& statement, const std::string& key) {
  Use row{statement, key};
  if (!row->executeStep()) return std::nullopt;
  return SandboxPayment{row[0].getString(), row[1].getString(), row[2].getInt64(),
                        row[3].getInt64(), moment(row[4])};
}

void keep(Statements& s, const SandboxMessage& m) {
  Use { s.put_message, m.sender, m.subject, ms(m.due_at) } -> exec();
}

}  // namespace

struct SandboxDb::Impl {
  using Queue = CommitQueue<std::function<void()>>;

  explicit Impl(const std::string& path)
      : db{path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX} {
    db.exec(kPragmas);
    db.exec(kSandboxSchema);
    statements.emplace(db);
  }

  // All bodies in one transaction.
  BatchRun run_batch(Queue::Batch batch) {
    try {
      Use { statements->begin } -> exec();
      for (auto* job : batch)
        (*job->body)();
      Use { statements->commit } -> exec();
    } catch (...) {
      rollback();
      if (batch.size() > 1) return BatchRun::alone;
      batch.front()->failure = std::current_exception();
    }
    return BatchRun::done;
  }

  void rollback() {
    try {
      db.exec("ROLLBACK");
    } catch (const SQLite::Exception&) {
      // A full disk has already ended the transaction.
    }
  }

  // Runs the body durably and returns what it returned.
  template <class Body>
  auto run(Body body) {
    std::optional<decltype(body(*statements))> result;
    queue.submit([&] { result.emplace(body(*statements)); });
    return *std::move(result);
  }

  SQLite::Database db;
  std::optional<Statements> statements;
  Queue queue{{[this](Queue::Batch batch, Sync /*sync*/) { return run_batch(batch); }}};
};

SandboxDb::SandboxDb(const std::string& path) : impl_{std::make_unique<Impl>(path)} {}
SandboxDb::~SandboxDb() = default;

SandboxPurchase SandboxDb::accept(const SandboxPurchase& p,
                                  const std::vector<SandboxMessage>& messages) {
  return impl_->run([&](Statements& s) {
    bool fresh = Use {
      s.put_purchase, p.provider, p.reference, p.sku, p.target, p.max_cost_rupiah,
          ms(p.accepted_at), ms(p.final_at)
      } -> exec() == 1;
    if (!fresh) return find_purchase(s, p.provider, p.reference).value();
    for (const auto& message : messages)
      keep(s, message);
    return p;
  });
}

std::optional<SandboxPurchase> SandboxDb::purchase(const std::string& provider,
                                                   const std::string& reference) {
  return impl_->run([&](Statements& s) { return find_purchase(s, provider, reference); });
}

SandboxCharge SandboxDb::open_charge(const SandboxCharge& c) {
  return impl_->run([&](Statements& s) {
    Use {
      s.put_charge, c.code, c.amount, c.qr_text, ms(c.expires_at), static_cast<int>(c.state)
      } -> exec();
    return find_charge(s, c.code).value();
  });
}

std::optional<SandboxCharge> SandboxDb::charge(const std::string& code) {
  return impl_->run([&](Statements& s) { return find_charge(s, code); });
}

std::optional<SandboxCharge> SandboxDb::close_charge(const std::string& code, SandboxChargeState to,
                                                     const std::vector<SandboxMessage>& messages) {
  return impl_->run([&](Statements& s) {
    auto charge = find_charge(s, code);
    if (!charge || charge->state != SandboxChargeState::pending) return charge;
    charge->state = to;
    Use { s.move_charge, code, static_cast<int>(to) } -> exec();
    for (const auto& message : messages)
      keep(s, message);
    return charge;
  });
}

std::optional<SandboxPayment> SandboxDb::pay(const SandboxPayment& p,
                                             const SandboxMessage& message) {
  return impl_->run([&](Statements& s) -> std::optional<SandboxPayment> {
    if (!find_charge(s, p.code)) return std::nullopt;
    Use { s.put_payment, p.payment_id, p.code, p.amount, p.fee, ms(p.paid_at) } -> exec();
    Use { s.move_charge, p.code, static_cast<int>(SandboxChargeState::settled) } -> exec();
    keep(s, message);
    return find_payment(s.payment, p.payment_id);
  });
}

std::optional<SandboxPayment> SandboxDb::payment(const std::string& payment_id) {
  return impl_->run([&](Statements& s) { return find_payment(s.payment, payment_id); });
}

std::optional<SandboxPayment> SandboxDb::first_payment(const std::string& code) {
  return impl_->run([&](Statements& s) { return find_payment(s.first_payment, code); });
}

std::vector<SandboxMessage> SandboxDb::due_messages(std::size_t limit, topup::Timestamp now) {
  return impl_->run([&](Statements& s) {
    std::vector<SandboxMessage> due;
    Use row{s.due, ms(now), static_cast<std::int64_t>(limit)};
    while (row->executeStep())
      due.push_back({row[0].getInt64(), row[1].getString(), row[2].getString(), moment(row[3])});
    return due;
  });
}

std::optional<topup::Timestamp> SandboxDb::next_due() {
  return impl_->run([&](Statements& s) -> std::optional<topup::Timestamp> {
    Use row{s.next_due};
    if (!row->executeStep() || row[0].isNull()) return std::nullopt;
    return moment(row[0]);
  });
}

void SandboxDb::forget(const std::vector<std::int64_t>& messages) {
  impl_->queue.submit([&] {
    for (auto id : messages)
      Use { impl_->statements->forget, id } -> exec();
  });
}

void SandboxDb::forget_messages(const std::string& sender, const std::string& subject) {
  impl_->queue.submit([&] {
    Use { impl_->statements->forget_subject, sender, subject } -> exec();
  });
}

void SandboxDb::postpone(const std::vector<std::int64_t>& messages, topup::Timestamp due_at) {
  impl_->queue.submit([&] {
    for (auto id : messages)
      Use { impl_->statements->postpone, id, ms(due_at) } -> exec();
  });
}

}  // namespace topupd
