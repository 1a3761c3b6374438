CREATE TABLE channel (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_channel_name UNIQUE (name)
);
CREATE TABLE label (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  board_id INTEGER,
  name VARCHAR NOT NULL,
  color VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_label_color_value CHECK (color IN ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink')),
  CONSTRAINT fk_label_board_id FOREIGN KEY(board_id) REFERENCES board (id)
);
CREATE INDEX ix_label_board ON label (board_id, position);
CREATE TABLE card_label (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  card_id INTEGER NOT NULL,
  label_id INTEGER NOT NULL,
  CONSTRAINT uq_card_label_card_id_label_id UNIQUE (card_id, label_id),
  CONSTRAINT fk_card_label_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_card_label_label_id FOREIGN KEY(label_id) REFERENCES label (id)
);
CREATE INDEX ix_card_label_label ON card_label (label_id, card_id);
CREATE TABLE card_member (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  card_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  CONSTRAINT uq_card_member_card_id_user_id UNIQUE (card_id, user_id),
  CONSTRAINT fk_card_member_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_card_member_user_id FOREIGN KEY(user_id) REFERENCES user (id)
);
CREATE INDEX ix_card_member_user ON card_member (user_id, card_id);
CREATE TABLE checklist_item (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  card_id INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  done_at TEXT,
  done_by_id INTEGER,
  version INTEGER NOT NULL,
  CONSTRAINT fk_checklist_item_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_checklist_item_done_by_id FOREIGN KEY(done_by_id) REFERENCES user (id)
);
CREATE INDEX ix_checklist_item_card ON checklist_item (card_id, position, id);
CREATE TABLE board_member (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  board_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  can_view BOOLEAN NOT NULL,
  can_attend BOOLEAN NOT NULL,
  can_manage BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_board_member_board_id_user_id UNIQUE (board_id, user_id),
  CONSTRAINT fk_board_member_board_id FOREIGN KEY(board_id) REFERENCES board (id),
  CONSTRAINT fk_board_member_user_id FOREIGN KEY(user_id) REFERENCES user (id)
);
CREATE INDEX ix_board_member_user ON board_member (user_id);
CREATE TABLE card_template (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  board_id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  description VARCHAR,
  payload VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  archived_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT uq_card_template_board_id_name UNIQUE (board_id, name),
  CONSTRAINT fk_card_template_board_id FOREIGN KEY(board_id) REFERENCES board (id)
);
CREATE TABLE saved_filter (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  team_id INTEGER,
  place VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  "query" VARCHAR NOT NULL,
  shortcut INTEGER,
  version INTEGER NOT NULL,
  CONSTRAINT ck_saved_filter_place_value CHECK (place IN ('today', 'board', 'people', 'agenda', 'history')),
  CONSTRAINT ck_saved_filter_shortcut_whole CHECK (shortcut IS NULL OR typeof(shortcut) = 'integer'),
  CONSTRAINT fk_saved_filter_user_id FOREIGN KEY(user_id) REFERENCES user (id),
  CONSTRAINT fk_saved_filter_team_id FOREIGN KEY(team_id) REFERENCES team (id)
);
CREATE INDEX ix_saved_filter_user ON saved_filter (user_id, place);
ALTER TABLE board ADD COLUMN restricted BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE board ADD COLUMN one_open_card_per_party BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE board ADD COLUMN stale_held BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE board ADD COLUMN page_size INTEGER DEFAULT 50 NOT NULL CONSTRAINT ck_board_page_size_whole CHECK (page_size IS NULL OR typeof(page_size) = 'integer');
ALTER TABLE board ADD COLUMN conversion_board_id INTEGER CONSTRAINT fk_board_conversion_board_id REFERENCES board (id);
ALTER TABLE board ADD COLUMN conversion_stage_id INTEGER CONSTRAINT fk_board_conversion_stage_id REFERENCES stage (id);
ALTER TABLE card ADD COLUMN interest_level INTEGER CONSTRAINT ck_card_interest_level_whole CHECK (interest_level IS NULL OR typeof(interest_level) = 'integer');
ALTER TABLE card ADD COLUMN channel_id INTEGER CONSTRAINT fk_card_channel_id REFERENCES channel (id);
ALTER TABLE card ADD COLUMN converted_at TEXT;
ALTER TABLE card ADD COLUMN origin_card_id INTEGER CONSTRAINT fk_card_origin_card_id REFERENCES card (id);
ALTER TABLE card ADD COLUMN journey_id INTEGER CONSTRAINT fk_card_journey_id REFERENCES card (id);
ALTER TABLE card ADD COLUMN title_words VARCHAR DEFAULT '' NOT NULL;
ALTER TABLE party ADD COLUMN name_words VARCHAR DEFAULT '' NOT NULL;
DROP INDEX ix_contact_point_party_id;
CREATE INDEX ix_contact_point_party_id ON contact_point (party_id, kind, digits, normalized);
CREATE INDEX ix_card_archived ON card (owner_id, id) WHERE archived_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_board ON card (board_id, id);
CREATE INDEX ix_card_journey ON card (journey_id) WHERE journey_id IS NOT NULL;
CREATE INDEX ix_card_origin ON card (origin_card_id) WHERE origin_card_id IS NOT NULL;
ALTER TABLE event ADD COLUMN board_id INTEGER;
UPDATE event SET board_id = (SELECT c.board_id FROM card c WHERE c.id = event.card_id) WHERE card_id IS NOT NULL;
UPDATE event SET board_id = entity_id WHERE entity = 'board';
UPDATE event SET board_id = (SELECT s.board_id FROM stage s WHERE s.id = event.entity_id) WHERE entity = 'stage';
UPDATE event SET board_id = (SELECT max(e.board_id) FROM event e WHERE e.batch = event.undoes)
WHERE board_id IS NULL AND undoes IS NOT NULL;
CREATE INDEX ix_event_board ON event (board_id, id) WHERE board_id IS NOT NULL;
