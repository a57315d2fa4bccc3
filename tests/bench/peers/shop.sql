-- The peers' shop, in the SQL that MariaDB and PostgreSQL share.  It does what the benchmark's order
-- needs and no more: no attempts, no states, no idempotency keys, no shared row.  That favours them.
CREATE TABLE users (
  id       BIGINT PRIMARY KEY,
  key_hash CHAR(64) NOT NULL UNIQUE,
  balance  BIGINT NOT NULL CHECK (balance >= 0)
);
CREATE TABLE services (
  id        BIGINT PRIMARY KEY,
  price     BIGINT NOT NULL,
  available SMALLINT NOT NULL
);
CREATE TABLE postings (
  id       BIGINT NOT NULL,
  side     SMALLINT NOT NULL,
  order_id BIGINT NOT NULL,
  account  VARCHAR(40) NOT NULL,
  amount   BIGINT NOT NULL,
  PRIMARY KEY (id, side)
);
