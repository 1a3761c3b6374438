CREATE TABLE party_class (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_party_class_name UNIQUE (name)
);
CREATE TABLE address (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  party_id INTEGER NOT NULL,
  street VARCHAR,
  city VARCHAR,
  state VARCHAR,
  postcode VARCHAR,
  is_primary BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT fk_address_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE INDEX ix_address_party_id ON address (party_id);
CREATE TABLE consent (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  party_id INTEGER NOT NULL,
  purpose VARCHAR NOT NULL,
  basis VARCHAR NOT NULL,
  granted_at TEXT NOT NULL,
  revoked_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT fk_consent_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE INDEX ix_consent_party_id ON consent (party_id);
ALTER TABLE party ADD COLUMN class_id INTEGER CONSTRAINT fk_party_class_id REFERENCES party_class (id);
CREATE INDEX ix_party_class_id ON party (class_id);
CREATE VIRTUAL TABLE IF NOT EXISTS point_fts USING fts5(words, tokenize = "trigram");
DELETE FROM point_fts;
