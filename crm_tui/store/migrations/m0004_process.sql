ALTER TABLE stage ADD COLUMN expected_days INTEGER CONSTRAINT ck_stage_expected_days_whole CHECK (expected_days IS NULL OR typeof(expected_days) = 'integer');
ALTER TABLE stage ADD COLUMN progress_pct INTEGER CONSTRAINT ck_stage_progress_pct_whole CHECK (progress_pct IS NULL OR typeof(progress_pct) = 'integer');
ALTER TABLE stage ADD COLUMN owner_rule VARCHAR DEFAULT 'seller' NOT NULL CONSTRAINT ck_stage_owner_rule_value CHECK (owner_rule IN ('seller', 'user', 'role', 'team'));
ALTER TABLE stage ADD COLUMN default_user_id INTEGER CONSTRAINT fk_stage_default_user_id REFERENCES user (id);
ALTER TABLE stage ADD COLUMN profile_id INTEGER CONSTRAINT fk_stage_profile_id REFERENCES profile (id);
ALTER TABLE stage ADD COLUMN team_id INTEGER CONSTRAINT fk_stage_team_id REFERENCES team (id);
ALTER TABLE card ADD COLUMN stage_owner_id INTEGER CONSTRAINT fk_card_stage_owner_id REFERENCES user (id);
ALTER TABLE stage_visit ADD COLUMN due_on TEXT;
ALTER TABLE stage_visit ADD COLUMN owner_id INTEGER CONSTRAINT fk_stage_visit_owner_id REFERENCES user (id);
CREATE TABLE offer (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  board_id INTEGER,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  inactivated_on TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_offer_kind_value CHECK (kind IN ('product', 'service', 'development')),
  CONSTRAINT uq_offer_name UNIQUE (name),
  CONSTRAINT fk_offer_board_id FOREIGN KEY(board_id) REFERENCES board (id)
);
CREATE TABLE offer_item (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  offer_id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  price INTEGER NOT NULL,
  recurring BOOLEAN DEFAULT 0 NOT NULL,
  unit VARCHAR,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_offer_item_offer_id_name UNIQUE (offer_id, name),
  CONSTRAINT ck_offer_item_price_whole CHECK (price IS NULL OR typeof(price) = 'integer'),
  CONSTRAINT fk_offer_item_offer_id FOREIGN KEY(offer_id) REFERENCES offer (id)
);
CREATE TABLE card_item (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  card_id INTEGER NOT NULL,
  offer_item_id INTEGER NOT NULL,
  qty INTEGER NOT NULL,
  unit_price INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  recurring BOOLEAN DEFAULT 0 NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_card_item_qty_whole CHECK (qty IS NULL OR typeof(qty) = 'integer'),
  CONSTRAINT ck_card_item_unit_price_whole CHECK (unit_price IS NULL OR typeof(unit_price) = 'integer'),
  CONSTRAINT ck_card_item_discount_whole CHECK (discount IS NULL OR typeof(discount) = 'integer'),
  CONSTRAINT fk_card_item_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_card_item_offer_item_id FOREIGN KEY(offer_item_id) REFERENCES offer_item (id)
);
CREATE INDEX ix_card_item_card ON card_item (card_id, id);
CREATE INDEX ix_card_item_offer_item ON card_item (offer_item_id);
CREATE TABLE form (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  revision INTEGER NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_form_kind_value CHECK (kind IN ('cycle', 'qualification', 'online', 'feedback')),
  CONSTRAINT uq_form_name UNIQUE (name),
  CONSTRAINT ck_form_revision_whole CHECK (revision IS NULL OR typeof(revision) = 'integer')
);
CREATE TABLE field_def (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  form_id INTEGER NOT NULL,
  "key" VARCHAR NOT NULL,
  label VARCHAR NOT NULL,
  type VARCHAR NOT NULL,
  options VARCHAR,
  required BOOLEAN DEFAULT 0 NOT NULL,
  position INTEGER NOT NULL,
  visible_if VARCHAR,
  from_revision INTEGER NOT NULL,
  to_revision INTEGER,
  version INTEGER NOT NULL,
  CONSTRAINT ck_field_def_type_value CHECK (type IN ('text', 'long', 'int', 'money', 'date', 'bool', 'choice', 'multi')),
  CONSTRAINT ck_field_def_from_revision_whole CHECK (from_revision IS NULL OR typeof(from_revision) = 'integer'),
  CONSTRAINT ck_field_def_to_revision_whole CHECK (to_revision IS NULL OR typeof(to_revision) = 'integer'),
  CONSTRAINT fk_field_def_form_id FOREIGN KEY(form_id) REFERENCES form (id)
);
CREATE INDEX ix_field_def_form ON field_def (form_id, position, id);
CREATE TABLE form_response (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  form_id INTEGER NOT NULL,
  form_revision INTEGER NOT NULL,
  card_id INTEGER,
  party_id INTEGER,
  submitted_at TEXT NOT NULL,
  submitted_by_id INTEGER,
  source VARCHAR NOT NULL,
  score INTEGER,
  version INTEGER NOT NULL,
  CONSTRAINT ck_form_response_form_revision_whole CHECK (form_revision IS NULL OR typeof(form_revision) = 'integer'),
  CONSTRAINT ck_form_response_score_whole CHECK (score IS NULL OR typeof(score) = 'integer'),
  CONSTRAINT fk_form_response_form_id FOREIGN KEY(form_id) REFERENCES form (id),
  CONSTRAINT fk_form_response_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_form_response_party_id FOREIGN KEY(party_id) REFERENCES party (id),
  CONSTRAINT fk_form_response_submitted_by_id FOREIGN KEY(submitted_by_id) REFERENCES user (id)
);
CREATE INDEX ix_form_response_card ON form_response (card_id, form_id, id);
CREATE INDEX ix_form_response_form ON form_response (form_id);
CREATE INDEX ix_form_response_party ON form_response (party_id) WHERE party_id IS NOT NULL;
CREATE TABLE field_value (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  response_id INTEGER NOT NULL,
  field_def_id INTEGER NOT NULL,
  value VARCHAR NOT NULL,
  CONSTRAINT uq_field_value_response_id_field_def_id UNIQUE (response_id, field_def_id),
  CONSTRAINT fk_field_value_response_id FOREIGN KEY(response_id) REFERENCES form_response (id),
  CONSTRAINT fk_field_value_field_def_id FOREIGN KEY(field_def_id) REFERENCES field_def (id)
);
CREATE TABLE stage_gate (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  stage_id INTEGER NOT NULL,
  moment VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  form_id INTEGER,
  field VARCHAR,
  position INTEGER NOT NULL,
  enabled BOOLEAN DEFAULT 1 NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_stage_gate_moment_value CHECK (moment IN ('enter', 'leave')),
  CONSTRAINT ck_stage_gate_kind_value CHECK (kind IN ('primary_contact', 'valid_document', 'deal_value', 'offer_items', 'attachment', 'form', 'field', 'appointment', 'checklist')),
  CONSTRAINT fk_stage_gate_stage_id FOREIGN KEY(stage_id) REFERENCES stage (id),
  CONSTRAINT fk_stage_gate_form_id FOREIGN KEY(form_id) REFERENCES form (id)
);
CREATE INDEX ix_stage_gate_form ON stage_gate (form_id) WHERE form_id IS NOT NULL;
CREATE INDEX ix_stage_gate_stage ON stage_gate (stage_id, position, id);
CREATE TABLE stage_transition (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  from_stage_id INTEGER NOT NULL,
  to_stage_id INTEGER NOT NULL,
  label VARCHAR NOT NULL,
  to_team_id INTEGER,
  requires_reason BOOLEAN DEFAULT 0 NOT NULL,
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_stage_transition_from_stage_id_label UNIQUE (from_stage_id, label),
  CONSTRAINT fk_stage_transition_from_stage_id FOREIGN KEY(from_stage_id) REFERENCES stage (id),
  CONSTRAINT fk_stage_transition_to_stage_id FOREIGN KEY(to_stage_id) REFERENCES stage (id),
  CONSTRAINT fk_stage_transition_to_team_id FOREIGN KEY(to_team_id) REFERENCES team (id)
);
CREATE INDEX ix_stage_transition_from ON stage_transition (from_stage_id, position, id);
CREATE INDEX ix_stage_transition_to ON stage_transition (to_stage_id);
CREATE TABLE notice (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  params VARCHAR NOT NULL,
  created_at TEXT NOT NULL,
  read_at TEXT,
  CONSTRAINT ck_notice_kind_value CHECK (kind IN ('stage_due')),
  CONSTRAINT uq_notice_user_id_kind_subject UNIQUE (user_id, kind, subject),
  CONSTRAINT fk_notice_user_id FOREIGN KEY(user_id) REFERENCES user (id)
);
CREATE INDEX ix_notice_unread ON notice (user_id, id) WHERE read_at IS NULL;
CREATE TABLE supervisor_override (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  permission_key VARCHAR NOT NULL,
  entity VARCHAR NOT NULL,
  entity_id INTEGER NOT NULL,
  requested_by_id INTEGER NOT NULL,
  approved_by_id INTEGER NOT NULL,
  reason VARCHAR NOT NULL,
  at TEXT NOT NULL,
  CONSTRAINT fk_supervisor_override_requested_by_id FOREIGN KEY(requested_by_id) REFERENCES user (id),
  CONSTRAINT fk_supervisor_override_approved_by_id FOREIGN KEY(approved_by_id) REFERENCES user (id)
);
CREATE INDEX ix_supervisor_override_entity ON supervisor_override (entity, entity_id);
ALTER TABLE "user" ADD COLUMN pin_hash VARCHAR;
ALTER TABLE "user" ADD COLUMN pin_tries INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_user_pin_tries_whole CHECK (pin_tries IS NULL OR typeof(pin_tries) = 'integer');
ALTER TABLE "user" ADD COLUMN pin_locked_until TEXT;
ALTER TABLE board ADD COLUMN reopen_full BOOLEAN DEFAULT 1 NOT NULL;
ALTER TABLE board ADD COLUMN reopen_adjustment BOOLEAN DEFAULT 1 NOT NULL;
ALTER TABLE stage ADD COLUMN decision_question VARCHAR;
ALTER TABLE card ADD COLUMN offer_id INTEGER CONSTRAINT fk_card_offer_id REFERENCES offer (id);
CREATE INDEX ix_card_stage_due ON card (stage_due_on, id, stage_owner_id, owner_id) WHERE stage_due_on IS NOT NULL AND status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_stage_owner ON card (stage_owner_id, id) WHERE stage_owner_id IS NOT NULL AND status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_stage_seller ON card (owner_id, id) WHERE stage_owner_id IS NULL AND status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_stage_visit_stage ON stage_visit (stage_id, left_at, entered_at, card_id);
