CREATE TABLE notice_new (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  params VARCHAR NOT NULL,
  created_at TEXT NOT NULL,
  read_at TEXT,
  CONSTRAINT ck_notice_kind_value CHECK (kind IN ('stage_due', 'appointment')),
  CONSTRAINT uq_notice_user_id_kind_subject UNIQUE (user_id, kind, subject),
  CONSTRAINT fk_notice_user_id FOREIGN KEY(user_id) REFERENCES user (id)
);
INSERT INTO notice_new SELECT id, user_id, kind, subject, params, created_at, read_at FROM notice;
DROP TABLE notice;
ALTER TABLE notice_new RENAME TO notice;
CREATE INDEX ix_notice_unread ON notice (user_id, id) WHERE read_at IS NULL;
ALTER TABLE activity_series ADD COLUMN left_out VARCHAR;
