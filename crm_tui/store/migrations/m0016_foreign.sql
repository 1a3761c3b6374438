CREATE TABLE foreign_ref (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  foreign_id VARCHAR NOT NULL,
  party_id INTEGER,
  card_id INTEGER,
  activity_id INTEGER,
  note_id INTEGER,
  said VARCHAR NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_foreign_ref_kind_value CHECK (kind IN ('party', 'card', 'activity', 'note')),
  CONSTRAINT uq_foreign_ref_foreign_id_kind_source UNIQUE (foreign_id, kind, source),
  CONSTRAINT fk_foreign_ref_party_id FOREIGN KEY(party_id) REFERENCES party (id),
  CONSTRAINT fk_foreign_ref_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_foreign_ref_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
  CONSTRAINT fk_foreign_ref_note_id FOREIGN KEY(note_id) REFERENCES note (id)
);
CREATE INDEX ix_foreign_ref_party ON foreign_ref (party_id, source, foreign_id) WHERE party_id IS NOT NULL;
CREATE INDEX ix_foreign_ref_card ON foreign_ref (card_id, source, foreign_id) WHERE card_id IS NOT NULL;
CREATE INDEX ix_foreign_ref_activity ON foreign_ref (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX ix_foreign_ref_note ON foreign_ref (note_id) WHERE note_id IS NOT NULL;
