// The tables of DIR/sandbox.db.

#pragma once

namespace topupd {

// Moments are milliseconds since 1970, amounts whole rupiah.
inline constexpr const char* kSandboxSchema = R"(
  CREATE TABLE IF NOT EXISTS purchases(
    provider TEXT NOT NULL, reference TEXT NOT NULL, sku TEXT NOT NULL, target TEXT NOT NULL,
    max_cost INTEGER NOT NULL, accepted_at INTEGER NOT NULL,
    final_at INTEGER NOT NULL CHECK (final_at >= accepted_at),
    PRIMARY KEY (provider, reference)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS charges(
    code TEXT NOT NULL PRIMARY KEY, amount INTEGER NOT NULL CHECK (amount > 0),
    qr_text TEXT NOT NULL, expires_at INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS payments(
    payment_id TEXT NOT NULL PRIMARY KEY, code TEXT NOT NULL REFERENCES charges,
    amount INTEGER NOT NULL CHECK (amount > 0),
    fee INTEGER NOT NULL CHECK (fee BETWEEN 0 AND amount), paid_at INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS payments_by_code ON payments(code, payment_id);
  CREATE TABLE IF NOT EXISTS messages(
    id INTEGER PRIMARY KEY, sender TEXT NOT NULL, subject TEXT NOT NULL,
    due_at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS messages_by_due ON messages(due_at, id);
  CREATE INDEX IF NOT EXISTS messages_by_subject ON messages(sender, subject);
)";

}  // namespace topupd
