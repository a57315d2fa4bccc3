-- Fewer pages and less work an order.
--
-- For a list of words SQLite makes a table in memory at each order that is written, and two at each
-- that changes; for comparisons it does not.
DROP INDEX orders_open_once;
CREATE UNIQUE INDEX orders_open_once ON orders (user_id, service_id, target, nometer)
  WHERE state = 'unpaid' OR state = 'queued' OR state = 'sent' OR state = 'unknown'
     OR state = 'review';

-- By number first: what is new stands at the end, whatever it is about.
DROP INDEX entries_once_in_slot;
CREATE UNIQUE INDEX entries_once_in_slot ON entries (ref, slot);
DROP INDEX steps_of_subject;
CREATE INDEX steps_of_subject ON steps (subject_id, subject);

-- Two parts instead of four, behind the orders by as much as the mark says.
UPDATE ref_ids SET heat = 1 WHERE heat > 1;
CREATE TABLE ref_ids_mark (
  order_id INTEGER NOT NULL
) STRICT;
INSERT INTO ref_ids_mark SELECT ifnull(max(id), 0) FROM orders;
