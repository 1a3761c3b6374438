CREATE TABLE duplicate_rule (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  asked VARCHAR NOT NULL,
  by_document BOOLEAN NOT NULL,
  by_email BOOLEAN NOT NULL,
  by_phone BOOLEAN NOT NULL,
  by_name BOOLEAN NOT NULL,
  action VARCHAR NOT NULL,
  window_days INTEGER,
  board_id INTEGER,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_duplicate_rule_asked_value CHECK (asked IN ('party', 'card')),
  CONSTRAINT ck_duplicate_rule_action_value CHECK (action IN ('block', 'attach', 'warn')),
  CONSTRAINT ck_duplicate_rule_window_days_whole CHECK (window_days IS NULL OR typeof(window_days) = 'integer'),
  CONSTRAINT fk_duplicate_rule_board_id FOREIGN KEY(board_id) REFERENCES board (id)
);
CREATE INDEX ix_duplicate_rule_board_id ON duplicate_rule (board_id);
CREATE TABLE not_same (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  one_id INTEGER NOT NULL,
  other_id INTEGER NOT NULL,
  said_by_id INTEGER,
  said_at TEXT NOT NULL,
  CONSTRAINT uq_not_same_one_id_other_id UNIQUE (one_id, other_id),
  CONSTRAINT fk_not_same_one_id FOREIGN KEY(one_id) REFERENCES party (id),
  CONSTRAINT fk_not_same_other_id FOREIGN KEY(other_id) REFERENCES party (id),
  CONSTRAINT fk_not_same_said_by_id FOREIGN KEY(said_by_id) REFERENCES user (id)
);
CREATE INDEX ix_not_same_other_id ON not_same (other_id);
CREATE INDEX ix_not_same_said_by_id ON not_same (said_by_id);
