-- A wallet that changes is appended to a table first.
--
-- Written where it stood it had each order change a page of its own in a shop of thousands.
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
