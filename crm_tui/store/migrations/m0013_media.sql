CREATE TABLE media_source (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_media_source_name UNIQUE (name)
);
ALTER TABLE card ADD COLUMN media_id INTEGER CONSTRAINT fk_card_media_id REFERENCES media_source (id);
CREATE INDEX ix_address_city ON address (city, party_id);
CREATE INDEX ix_address_state ON address (state, party_id);
