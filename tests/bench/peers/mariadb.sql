CREATE TABLE orders (
  id         BIGINT AUTO_INCREMENT PRIMARY KEY,
  invoice    VARCHAR(40) NOT NULL UNIQUE,
  user_id    BIGINT NOT NULL,
  service_id BIGINT NOT NULL,
  target     VARCHAR(64) NOT NULL,
  ref_id     VARCHAR(64),
  state      VARCHAR(10) NOT NULL,
  price      BIGINT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  UNIQUE (user_id, ref_id),
  KEY of_target (user_id, service_id, target)
) ENGINE=InnoDB;
INSERT INTO users SELECT seq, SHA2(CONCAT('peer-key-', seq), 256), 1000000000000 FROM seq_2_to_1001;
INSERT INTO services SELECT seq, 2000 + seq * 53 % 48000, 1 FROM seq_1_to_1000;
