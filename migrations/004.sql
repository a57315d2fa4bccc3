-- That a user has one open order for a thing is remembered by who writes.
--
-- As a unique index it had each order change a random page when it came and when it ended.
DROP INDEX orders_open_once;
CREATE INDEX orders_open ON orders (id, user_id)
  WHERE state = 'unpaid' OR state = 'queued' OR state = 'sent' OR state = 'unknown'
     OR state = 'review';
