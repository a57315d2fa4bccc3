CREATE TABLE orders (
  id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invoice    TEXT NOT NULL UNIQUE,
  user_id    BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  target     TEXT NOT NULL,
  ref_id     TEXT,
  state      TEXT NOT NULL,
  price      BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  UNIQUE (user_id, ref_id)
);
CREATE UNIQUE INDEX orders_open ON orders (user_id, service_id, target) WHERE state = 'pending';
INSERT INTO users SELECT n, encode(sha256(('peer-key-' || n)::bytea), 'hex'), 1000000000000 FROM generate_series(2, 1001) n;
INSERT INTO services SELECT n, 2000 + n * 53 % 48000, 1 FROM generate_series(1, 1000) n;

-- The best that PostgreSQL can do: one round trip an order, no HTTP, no JSON.
CREATE FUNCTION place_order(the_key TEXT, the_service BIGINT, the_target TEXT, the_ref TEXT) RETURNS BIGINT AS $$
DECLARE
  the_user  BIGINT;
  the_price BIGINT;
  the_order BIGINT;
BEGIN
  SELECT id INTO STRICT the_user FROM users WHERE key_hash = encode(sha256(the_key::bytea), 'hex');
  SELECT price INTO STRICT the_price FROM services WHERE id = the_service AND available = 1;
  UPDATE users SET balance = balance - the_price WHERE id = the_user AND balance >= the_price;
  IF NOT FOUND THEN RAISE EXCEPTION 'insufficient balance'; END IF;
  INSERT INTO orders (invoice, user_id, service_id, target, ref_id, state, price, created_at)
    VALUES ('INV-' || gen_random_uuid(), the_user, the_service, the_target, the_ref, 'pending', the_price, now())
    RETURNING id INTO the_order;
  INSERT INTO postings VALUES (the_order, 0, the_order, 'balance:' || the_user, -the_price),
                              (the_order, 1, the_order, 'hold:' || the_user, the_price);
  RETURN the_order;
END $$ LANGUAGE plpgsql;
