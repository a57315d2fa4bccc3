-- The database of topupd, schema version 5.
--
-- What is truth: users, tiers, the catalogue, orders, attempts, charges, receipts,
-- withdrawals, transfers, adjustments, prefunds, treasury moves, incidents, notices,
-- the audit log, and the journal: entries and postings, from which every balance follows.
--
-- What follows from it: wallets and wallet_changes (the last mark of each account in postings,
-- the last order of each user), ref_ids and every index.  steps are the history of everything
-- that has a state; idempotency is memory: losing it loses the answer to a repeated request,
-- never money.
--
-- postings and steps are sealed: each row carries a keyed hash of itself and of the row
-- before it, and a step also one of the record that it made (docs/journal.md).
--
-- Money is whole rupiah.  Times, all named _at, are milliseconds since 1970-01-01
-- 00:00 UTC.  Words such as 'queued' are those of the program's enumerations, in
-- lib/topup; the program checks them as it writes and reads, so that a new word
-- needs no table rebuilt.  A reference to "none" is null here, 0 in the program.
--
-- orders, attempts, entries, postings, steps and wallet_changes grow at their end only, so
-- that a commit touches few pages however large they are.  Only the program writes here,
-- through one connection; read it freely with other tools (how the wallets stand is in
-- wallets_now, best read whole), never write with them.

PRAGMA application_id = 0x546f7075;  -- "Topu"
PRAGMA user_version = 5;

-- People ---------------------------------------------------------------------

CREATE TABLE users (
  id                INTEGER PRIMARY KEY CHECK (id > 0),
  username          TEXT NOT NULL,
  name              TEXT NOT NULL,
  email             TEXT NOT NULL,     -- in lower case
  phone             TEXT NOT NULL,     -- '' if none was given
  role              TEXT NOT NULL,     -- reseller, admin
  tier              TEXT NOT NULL,     -- names price rules and limits; tiers may have a row for it
  suspended         INTEGER NOT NULL CHECK (suspended IN (0, 1)),
  allowed_addresses TEXT NOT NULL,     -- CIDR or single, one a line; '' is from anywhere
  password          TEXT NOT NULL,     -- a hash; '' if none
  key_hash          TEXT NOT NULL,     -- keyed hash of the API key; '' if none
  key_sealed        TEXT NOT NULL,     -- the API key itself, sealed with the master key
  otp_sealed        TEXT NOT NULL,     -- the second factor's secret, sealed likewise
  created_at        INTEGER NOT NULL,
  erased_at         INTEGER            -- nobody's any more since then; null: somebody's
) STRICT;
CREATE UNIQUE INDEX users_by_username ON users (username);
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE UNIQUE INDEX users_by_key ON users (key_hash) WHERE key_hash <> '';
CREATE INDEX users_admins ON users (id) WHERE role = 'admin';
CREATE INDEX users_erased ON users (id) WHERE erased_at IS NOT NULL;

-- What an operator grants to a tier; without a row the defaults hold.
CREATE TABLE tiers (
  name           TEXT PRIMARY KEY,
  api_per_minute INTEGER NOT NULL CHECK (api_per_minute >= 0)  -- 0 is no limit
) STRICT, WITHOUT ROWID;

-- The journal ------------------------------------------------------------------

-- An entry is something that happened to money, once: the unique slot forbids that
-- an order is finished, or a withdrawal decided, a second time.
CREATE TABLE entries (
  id    INTEGER PRIMARY KEY CHECK (id > 0),  -- 1, 2, 3, … without a gap
  kind  TEXT NOT NULL,     -- order_held, order_captured, …
  slot  TEXT NOT NULL,     -- follows from kind: kinds in one slot exclude each other
  ref   INTEGER NOT NULL,  -- the order, attempt, receipt, …; which of them follows from slot
  at    INTEGER NOT NULL,  -- never before the entry before it
  cause TEXT NOT NULL      -- who brought it about: 'admin:7', 'provider:2', 'timer', …
) STRICT;
-- By number first: what is new stands at the end, whatever it is about.
CREATE UNIQUE INDEX entries_once_in_slot ON entries (ref, slot);

-- A posting moves a positive amount from one account to another: an imbalance
-- cannot be written.  An account is a kind and its owner: a user, provider or
-- gateway, 0 where there is only one.
--
-- For a user's account, and for it alone, the line also carries the balance after
-- it, its number within the account and the account's line before it: the chain
-- that proves the history and serves a statement without an index.
CREATE TABLE postings (
  id              INTEGER PRIMARY KEY CHECK (id > 0),  -- 1, 2, 3, … without a gap
  entry_id        INTEGER NOT NULL REFERENCES entries,
  debit_account   TEXT NOT NULL,
  debit_owner     INTEGER NOT NULL,
  credit_account  TEXT NOT NULL,
  credit_owner    INTEGER NOT NULL,
  amount          INTEGER NOT NULL CHECK (amount > 0),
  debit_after     INTEGER CHECK (debit_after >= 0),
  debit_version   INTEGER CHECK (debit_version > 0),
  debit_previous  INTEGER CHECK (debit_previous >= 0 AND debit_previous < id),  -- 0: the first
  credit_after    INTEGER CHECK (credit_after >= 0),
  credit_version  INTEGER CHECK (credit_version > 0),
  credit_previous INTEGER CHECK (credit_previous >= 0 AND credit_previous < id),
  seal            BLOB NOT NULL,
  CHECK (debit_account <> credit_account OR debit_owner <> credit_owner),
  CHECK ((debit_after IS NULL) = (debit_version IS NULL)),
  CHECK ((debit_after IS NULL) = (debit_previous IS NULL)),
  CHECK ((credit_after IS NULL) = (credit_version IS NULL)),
  CHECK ((credit_after IS NULL) = (credit_previous IS NULL))
) STRICT;

-- What a gateway owes us is a sum too, wanted at each of its pay-outs: these hold its
-- lines alone, whole and in their order.  No other line touches them.
CREATE INDEX postings_into_clearing ON postings (debit_account, debit_owner, id, amount)
  WHERE debit_account = 'gateway_clearing';
CREATE INDEX postings_out_of_clearing ON postings (credit_account, credit_owner, id, amount)
  WHERE credit_account = 'gateway_clearing';

-- The five accounts of each user as they stood, and the end of the chain of his orders.
-- version counts the lines of the account, last is the posting that is the newest of
-- them (0: none).  System accounts have no row: a row that every order changed would
-- make them queue.
CREATE TABLE wallets (
  user_id               INTEGER PRIMARY KEY REFERENCES users,
  balance               INTEGER NOT NULL CHECK (balance >= 0),
  balance_version       INTEGER NOT NULL CHECK (balance_version >= 0),
  balance_last          INTEGER NOT NULL,
  hold                  INTEGER NOT NULL CHECK (hold >= 0),
  hold_version          INTEGER NOT NULL CHECK (hold_version >= 0),
  hold_last             INTEGER NOT NULL,
  profit                INTEGER NOT NULL CHECK (profit >= 0),
  profit_version        INTEGER NOT NULL CHECK (profit_version >= 0),
  profit_last           INTEGER NOT NULL,
  withdraw_hold         INTEGER NOT NULL CHECK (withdraw_hold >= 0),
  withdraw_hold_version INTEGER NOT NULL CHECK (withdraw_hold_version >= 0),
  withdraw_hold_last    INTEGER NOT NULL,
  receivable            INTEGER NOT NULL CHECK (receivable >= 0),  -- what the user owes us
  receivable_version    INTEGER NOT NULL CHECK (receivable_version >= 0),
  receivable_last       INTEGER NOT NULL,
  last_order            INTEGER NOT NULL CHECK (last_order >= 0)   -- his newest; 0: none
) STRICT;

-- How they stand: whoever has a row here stands as his newest one says, the others as in
-- wallets.  What changes is appended, and moved there some at a time, neighbours together
-- (server/store/wallets.h).  Nobody has one here who has none there.
CREATE TABLE wallet_changes (
  id                    INTEGER PRIMARY KEY CHECK (id > 0),
  user_id               INTEGER NOT NULL,
  balance               INTEGER NOT NULL CHECK (balance >= 0),
  balance_version       INTEGER NOT NULL CHECK (balance_version >= 0),
  balance_last          INTEGER NOT NULL,
  hold                  INTEGER NOT NULL CHECK (hold >= 0),
  hold_version          INTEGER NOT NULL CHECK (hold_version >= 0),
  hold_last             INTEGER NOT NULL,
  profit                INTEGER NOT NULL CHECK (profit >= 0),
  profit_version        INTEGER NOT NULL CHECK (profit_version >= 0),
  profit_last           INTEGER NOT NULL,
  withdraw_hold         INTEGER NOT NULL CHECK (withdraw_hold >= 0),
  withdraw_hold_version INTEGER NOT NULL CHECK (withdraw_hold_version >= 0),
  withdraw_hold_last    INTEGER NOT NULL,
  receivable            INTEGER NOT NULL CHECK (receivable >= 0),
  receivable_version    INTEGER NOT NULL CHECK (receivable_version >= 0),
  receivable_last       INTEGER NOT NULL,
  last_order            INTEGER NOT NULL CHECK (last_order >= 0)
) STRICT;
CREATE VIEW wallets_now AS
  SELECT user_id, balance, balance_version, balance_last, hold, hold_version, hold_last,
         profit, profit_version, profit_last, withdraw_hold, withdraw_hold_version,
         withdraw_hold_last, receivable, receivable_version, receivable_last, last_order
    FROM wallet_changes
    WHERE id IN (SELECT max(id) FROM wallet_changes GROUP BY user_id)
  UNION ALL
  SELECT * FROM wallets WHERE user_id NOT IN (SELECT user_id FROM wallet_changes);

-- The catalogue ----------------------------------------------------------------

CREATE TABLE services (
  id            INTEGER PRIMARY KEY CHECK (id > 0),  -- the sid of the price list
  tipe          TEXT NOT NULL,
  kategori      TEXT NOT NULL,
  layanan       TEXT NOT NULL,
  available     INTEGER NOT NULL CHECK (available IN (0, 1)),  -- 0: Gangguan
  needs_nometer INTEGER NOT NULL CHECK (needs_nometer IN (0, 1)),
  target_format TEXT NOT NULL      -- a regular expression; '' is 5-20 printable characters
) STRICT;

CREATE TABLE providers (
  id     INTEGER PRIMARY KEY CHECK (id > 0),
  name   TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX providers_by_name ON providers (name);

-- One supplier's product that fulfils a service.
CREATE TABLE offers (
  id          INTEGER PRIMARY KEY CHECK (id > 0),
  service_id  INTEGER NOT NULL REFERENCES services,
  provider_id INTEGER NOT NULL REFERENCES providers,
  sku         TEXT NOT NULL,                       -- the supplier's code for it
  cost        INTEGER NOT NULL CHECK (cost > 0),
  priority    INTEGER NOT NULL,                    -- lower is tried first
  active      INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE INDEX offers_of_service ON offers (service_id, priority, id);

-- AUTOINCREMENT: orders name the rule that priced them, so an id is never used again.
CREATE TABLE price_rules (
  id            INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
  tier          TEXT NOT NULL,                          -- '' is any tier
  scope         TEXT NOT NULL,                          -- shop, tipe, kategori, service
  subject       TEXT NOT NULL,                          -- '' for the whole shop
  markup        INTEGER NOT NULL CHECK (markup >= 0),   -- basis points of the cost
  flat          INTEGER NOT NULL CHECK (flat >= 0),
  cap           INTEGER CHECK (cap >= 0),               -- null: none
  step          INTEGER NOT NULL CHECK (step > 0),
  min_margin    INTEGER NOT NULL CHECK (min_margin >= 0)
) STRICT;

-- Orders -----------------------------------------------------------------------

-- A user's orders are a chain, as the lines of his accounts are: it serves their list
-- without an index that each order would change at another place.
CREATE TABLE orders (
  id             INTEGER PRIMARY KEY CHECK (id > 0),
  invoice        TEXT NOT NULL,
  user_id        INTEGER NOT NULL REFERENCES users,
  previous       INTEGER NOT NULL CHECK (previous >= 0 AND previous < id),  -- his one before it; 0: none
  mode           TEXT NOT NULL,     -- balance, dropship
  service_id     INTEGER NOT NULL REFERENCES services,
  target         TEXT NOT NULL,
  nometer        TEXT NOT NULL,     -- '' unless the service needs it
  ref_id         TEXT,              -- the reseller's own id, his for ever; null if none
  state          TEXT NOT NULL,     -- lib/topup/order_states.h
  price          INTEGER NOT NULL CHECK (price >= 0),
  fee            INTEGER NOT NULL CHECK (fee >= 0),
  selling        INTEGER NOT NULL CHECK (selling >= 0),   -- what the customer pays; 0 if none does
  max_cost       INTEGER NOT NULL CHECK (max_cost >= 0),
  price_trace    TEXT NOT NULL,     -- how the price came about, for an operator
  customer_name  TEXT NOT NULL,
  customer_phone TEXT NOT NULL,
  sn             TEXT NOT NULL,     -- the supplier's proof
  salt           INTEGER NOT NULL,  -- random, in the seal; 0 once what is personal was erased
  created_at     INTEGER NOT NULL,  -- never before the order before it, whoever's that is
  updated_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX orders_by_invoice ON orders (invoice);
-- What is open, which is little.  That a user has one open order for a thing is remembered by who
-- writes: server/store/open_orders.h.  Not IN: SQLite would make a table in memory of the words at
-- each order that is written.
CREATE INDEX orders_open ON orders (id, user_id)
  WHERE state = 'unpaid' OR state = 'queued' OR state = 'sent' OR state = 'unknown'
     OR state = 'review';

-- Which orders have a ref_id, by a hash of it and its user: server/store/ref_ids.h.  The warm ones
-- are the newer; most have cooled down to 0.
CREATE TABLE ref_ids (
  heat     INTEGER NOT NULL,  -- 1, 0
  number   INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  PRIMARY KEY (heat, number, order_id)
) STRICT, WITHOUT ROWID;
-- One row.  All orders up to that one are in ref_ids; of the later ones some are not yet.
CREATE TABLE ref_ids_mark (
  order_id INTEGER NOT NULL
) STRICT;
INSERT INTO ref_ids_mark VALUES (0);

-- One try to have one supplier fulfil an order.
CREATE TABLE attempts (
  id                 INTEGER PRIMARY KEY CHECK (id > 0),
  order_id           INTEGER NOT NULL REFERENCES orders,
  number             INTEGER NOT NULL CHECK (number > 0),    -- of this order: 1, 2, 3, …
  offer_id           INTEGER NOT NULL REFERENCES offers,
  provider_id        INTEGER NOT NULL REFERENCES providers,
  sku                TEXT NOT NULL,
  state              TEXT NOT NULL,     -- lib/topup/attempt_states.h
  cost               INTEGER NOT NULL CHECK (cost >= 0),
  final_cost         INTEGER NOT NULL CHECK (final_cost >= 0),  -- 0 until it is known
  sn                 TEXT NOT NULL,
  provider_reference TEXT NOT NULL,
  code               TEXT NOT NULL,     -- the supplier's last word on it
  sent_at            INTEGER,
  inquired_at        INTEGER,           -- the last "not found" that counted
  not_found          INTEGER NOT NULL CHECK (not_found >= 0),
  due_at             INTEGER,           -- something must be done then; null: nothing ever
  created_at         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX attempts_of_order ON attempts (order_id, number);
CREATE INDEX attempts_due ON attempts (provider_id, due_at) WHERE due_at IS NOT NULL;

-- Money in ---------------------------------------------------------------------

CREATE TABLE gateways (
  id     INTEGER PRIMARY KEY CHECK (id > 0),
  name   TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX gateways_by_name ON gateways (name);

-- What a customer or reseller is asked to pay: nominal + fee + unique_code.
CREATE TABLE charges (
  id                INTEGER PRIMARY KEY CHECK (id > 0),
  code              TEXT NOT NULL,     -- the gateway's order id: an invoice, or DEP-…
  purpose           TEXT NOT NULL,     -- deposit, order
  user_id           INTEGER NOT NULL REFERENCES users,
  order_id          INTEGER REFERENCES orders,
  gateway_id        INTEGER NOT NULL REFERENCES gateways,
  state             TEXT NOT NULL,     -- pending, settled, expired, cancelled
  nominal           INTEGER NOT NULL CHECK (nominal > 0),
  fee               INTEGER NOT NULL CHECK (fee >= 0),
  asked_fee         INTEGER NOT NULL CHECK (asked_fee >= 0),  -- the reseller's; fee is no less
  unique_code       INTEGER NOT NULL CHECK (unique_code >= 0),
  qr_text           TEXT NOT NULL,     -- '' until the gateway has offered the payment
  gateway_reference TEXT NOT NULL,
  expires_at        INTEGER NOT NULL,
  created_at        INTEGER NOT NULL,
  settled_at        INTEGER,           -- when it was paid, in time or late
  due_at            INTEGER,           -- when to look whether it has expired; null once it is over
  CHECK ((purpose = 'order') = (order_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX charges_by_code ON charges (code);
CREATE UNIQUE INDEX charges_of_order ON charges (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX charges_deposits_of_user ON charges (user_id, id) WHERE purpose = 'deposit';
CREATE INDEX charges_deposits ON charges (id) WHERE purpose = 'deposit';
CREATE INDEX charges_due ON charges (due_at) WHERE due_at IS NOT NULL;

-- What a gateway says was paid: one payment, one receipt.
CREATE TABLE receipts (
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  gateway_id INTEGER NOT NULL REFERENCES gateways,
  payment_id TEXT NOT NULL,                       -- the gateway's own
  charge_id  INTEGER REFERENCES charges,          -- null: its code is nobody's
  user_id    INTEGER REFERENCES users,
  state      TEXT NOT NULL,                       -- waiting: in suspense until an admin decides
  amount     INTEGER NOT NULL CHECK (amount > 0),
  fee        INTEGER NOT NULL CHECK (fee >= 0 AND fee <= amount),  -- what the gateway keeps
  paid_at    INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX receipts_once ON receipts (gateway_id, payment_id);
CREATE INDEX receipts_of_charge ON receipts (charge_id) WHERE charge_id IS NOT NULL;
CREATE INDEX receipts_waiting ON receipts (id) WHERE state = 'waiting';

-- Money out --------------------------------------------------------------------

CREATE TABLE withdrawals (
  id             INTEGER PRIMARY KEY CHECK (id > 0),
  user_id        INTEGER NOT NULL REFERENCES users,
  state          TEXT NOT NULL,                        -- requested, paid, rejected
  amount         INTEGER NOT NULL CHECK (amount > 0),  -- leaves the profit
  fee            INTEGER NOT NULL CHECK (fee >= 0 AND fee <= amount),  -- of it, kept
  bank           TEXT NOT NULL,
  account_number TEXT NOT NULL,
  account_name   TEXT NOT NULL,
  note           TEXT NOT NULL,                        -- the admin's
  salt           INTEGER NOT NULL,                     -- as in orders
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX withdrawals_of_user ON withdrawals (user_id, id);
CREATE INDEX withdrawals_by_state ON withdrawals (state, id);

-- Profit moved to the balance.
CREATE TABLE transfers (
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  user_id    INTEGER NOT NULL REFERENCES users,
  amount     INTEGER NOT NULL CHECK (amount > 0),
  created_at INTEGER NOT NULL
) STRICT;

-- The operator's hands -----------------------------------------------------------

CREATE TABLE adjustments (
  id          INTEGER PRIMARY KEY CHECK (id > 0),
  user_id     INTEGER NOT NULL REFERENCES users,
  state       TEXT NOT NULL,                             -- proposed, approved, rejected
  amount      INTEGER NOT NULL CHECK (amount <> 0),      -- signed
  reason      TEXT NOT NULL,
  proposed_by INTEGER NOT NULL REFERENCES users,
  decided_by  INTEGER REFERENCES users,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX adjustments_by_state ON adjustments (state, id);

-- Money sent to a supplier to buy from.
CREATE TABLE prefunds (
  id          INTEGER PRIMARY KEY CHECK (id > 0),
  provider_id INTEGER NOT NULL REFERENCES providers,
  state       TEXT NOT NULL,                             -- sent, confirmed
  amount      INTEGER NOT NULL CHECK (amount > 0),
  bank_fee    INTEGER NOT NULL CHECK (bank_fee >= 0),
  created_at  INTEGER NOT NULL
) STRICT;

-- Money that came to the bank: capital, a gateway's pay-out, or what a reseller owed, who may
-- also have paid it from his balance.
CREATE TABLE treasury_moves (
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  kind       TEXT NOT NULL,
  gateway_id INTEGER REFERENCES gateways,
  user_id    INTEGER REFERENCES users,      -- whose debt it was
  amount     INTEGER NOT NULL CHECK (amount > 0),
  created_at INTEGER NOT NULL
) STRICT;

-- What a person must look at; closed by whoever decides the matter.
CREATE TABLE incidents (
  id        INTEGER PRIMARY KEY CHECK (id > 0),
  kind      TEXT NOT NULL,
  subject   INTEGER NOT NULL,       -- an attempt or a receipt; which follows from kind
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by TEXT NOT NULL           -- a cause, as in entries; without meaning while it is open
) STRICT;
CREATE INDEX incidents_open ON incidents (kind, subject) WHERE closed_at IS NULL;

-- Who did what with an operator's rights, written in one transaction with what was done.
CREATE TABLE audit (
  id      INTEGER PRIMARY KEY CHECK (id > 0),
  cause   TEXT NOT NULL,     -- as in entries: 'admin:7', 'console'
  deed    TEXT NOT NULL,     -- 'user/suspend'
  subject TEXT NOT NULL,     -- 'user:2'; '' if it is about nothing that has a name
  detail  TEXT NOT NULL,     -- what was asked for, without secrets and what tells of a person
  address TEXT NOT NULL,     -- '' for the console
  at      INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_by_cause ON audit (cause, id);
CREATE INDEX audit_by_deed ON audit (deed, id);

-- What all resellers are told on their first page.
CREATE TABLE notices (
  id       INTEGER PRIMARY KEY CHECK (id > 0),
  text     TEXT NOT NULL,
  from_at  INTEGER NOT NULL,
  until_at INTEGER NOT NULL  -- shown before then
) STRICT;

-- Memory -----------------------------------------------------------------------

-- Each step in the life of everything that has a state.
CREATE TABLE steps (
  id         INTEGER PRIMARY KEY,   -- 1, 2, 3, … without a gap
  subject    TEXT NOT NULL,         -- order, attempt, charge, …
  subject_id INTEGER NOT NULL,
  event      TEXT NOT NULL,
  from_state TEXT NOT NULL,         -- '' for the first
  to_state   TEXT NOT NULL,
  cause      TEXT NOT NULL,
  at         INTEGER NOT NULL,
  made       INTEGER NOT NULL,      -- a keyed hash of the record as this step left it
  seal       BLOB NOT NULL
) STRICT;
CREATE INDEX steps_of_subject ON steps (subject_id, subject);  -- as the index of entries

-- When the backup was made that this file is, or was restored from, and the journal's
-- head then.  A file that never was a backup has none.
CREATE TABLE backups (
  made_at INTEGER PRIMARY KEY,
  head    TEXT NOT NULL          -- as topupd verify --head takes it
) STRICT;

-- The first use of an idempotency key, and what it made.
CREATE TABLE idempotency (
  user_id INTEGER NOT NULL REFERENCES users,
  route   TEXT NOT NULL,
  key     TEXT NOT NULL,
  subject INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (user_id, route, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (at);
CREATE INDEX idempotency_by_subject ON idempotency (route, subject);
