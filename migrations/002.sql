-- ref_ids instead of an index.  The program fills it: number is a hash that SQL does not have.
DROP INDEX orders_by_ref_id;
CREATE TABLE ref_ids (
  heat     INTEGER NOT NULL,  -- 3 to 0
  number   INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  PRIMARY KEY (heat, number, order_id)
) STRICT, WITHOUT ROWID;
