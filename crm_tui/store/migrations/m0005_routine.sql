CREATE TABLE case_type (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  board_id INTEGER,
  allow_attachment BOOLEAN NOT NULL,
  max_attachment_mb INTEGER NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_case_type_name UNIQUE (name),
  CONSTRAINT ck_case_type_max_attachment_mb_whole CHECK (max_attachment_mb IS NULL OR typeof(max_attachment_mb) = 'integer'),
  CONSTRAINT fk_case_type_board_id FOREIGN KEY(board_id) REFERENCES board (id)
);
CREATE INDEX ix_case_type_board_id ON case_type (board_id);
CREATE TABLE template (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind VARCHAR NOT NULL,
  case_type_id INTEGER,
  code VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  body VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_template_kind_value CHECK (kind IN ('note')),
  CONSTRAINT uq_template_kind_code UNIQUE (kind, code),
  CONSTRAINT fk_template_case_type_id FOREIGN KEY(case_type_id) REFERENCES case_type (id)
);
CREATE INDEX ix_template_case_type_id ON template (case_type_id);
CREATE TABLE campaign (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  team_id INTEGER,
  starts_on TEXT,
  ends_on TEXT,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_campaign_kind_value CHECK (kind IN ('standard', 'reactivation')),
  CONSTRAINT uq_campaign_name UNIQUE (name),
  CONSTRAINT fk_campaign_team_id FOREIGN KEY(team_id) REFERENCES team (id)
);
CREATE TABLE campaign_action (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  campaign_id INTEGER NOT NULL,
  action_type_id INTEGER NOT NULL,
  is_default BOOLEAN NOT NULL,
  default_medium_id INTEGER,
  objective VARCHAR,
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_campaign_action_campaign_id_action_type_id UNIQUE (campaign_id, action_type_id),
  CONSTRAINT fk_campaign_action_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id),
  CONSTRAINT fk_campaign_action_action_type_id FOREIGN KEY(action_type_id) REFERENCES action_type (id),
  CONSTRAINT fk_campaign_action_default_medium_id FOREIGN KEY(default_medium_id) REFERENCES contact_medium (id)
);
CREATE TABLE campaign_result (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  campaign_action_id INTEGER NOT NULL,
  result_id INTEGER NOT NULL,
  is_default BOOLEAN NOT NULL,
  requires_detail BOOLEAN NOT NULL,
  next_mode VARCHAR NOT NULL,
  next_action_id INTEGER,
  delay_days INTEGER NOT NULL,
  delay_from VARCHAR NOT NULL,
  leads VARCHAR NOT NULL,
  to_stage_id INTEGER,
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_campaign_result_next_mode_value CHECK (next_mode IN ('none', 'ask', 'auto')),
  CONSTRAINT ck_campaign_result_delay_from_value CHECK (delay_from IN ('completion', 'previous_due')),
  CONSTRAINT ck_campaign_result_leads_value CHECK (leads IN ('nowhere', 'stage', 'loss')),
  CONSTRAINT ck_campaign_result_delay_days_whole CHECK (delay_days IS NULL OR typeof(delay_days) = 'integer'),
  CONSTRAINT uq_campaign_result_campaign_action_id_result_id UNIQUE (campaign_action_id, result_id),
  CONSTRAINT fk_campaign_result_campaign_action_id FOREIGN KEY(campaign_action_id) REFERENCES campaign_action (id),
  CONSTRAINT fk_campaign_result_result_id FOREIGN KEY(result_id) REFERENCES result (id),
  CONSTRAINT fk_campaign_result_next_action_id FOREIGN KEY(next_action_id) REFERENCES campaign_action (id),
  CONSTRAINT fk_campaign_result_to_stage_id FOREIGN KEY(to_stage_id) REFERENCES stage (id)
);
CREATE TABLE result_detail (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  result_id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_result_detail_result_id_name UNIQUE (result_id, name),
  CONSTRAINT fk_result_detail_result_id FOREIGN KEY(result_id) REFERENCES result (id)
);
ALTER TABLE result ADD COLUMN requires_detail BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE result ADD COLUMN next_mode VARCHAR DEFAULT 'none' NOT NULL CONSTRAINT ck_result_next_mode_value CHECK (next_mode IN ('none', 'ask', 'auto'));
ALTER TABLE result ADD COLUMN delay_days INTEGER DEFAULT 0 NOT NULL CONSTRAINT ck_result_delay_days_whole CHECK (delay_days IS NULL OR typeof(delay_days) = 'integer');
ALTER TABLE activity ADD COLUMN campaign_id INTEGER CONSTRAINT fk_activity_campaign_id REFERENCES campaign (id);
ALTER TABLE activity ADD COLUMN objective VARCHAR;
ALTER TABLE activity ADD COLUMN result_detail_id INTEGER CONSTRAINT fk_activity_result_detail_id REFERENCES result_detail (id);
ALTER TABLE activity ADD COLUMN phone_id INTEGER CONSTRAINT fk_activity_phone_id REFERENCES contact_point (id);
ALTER TABLE activity ADD COLUMN snoozed_until TEXT;
ALTER TABLE card ADD COLUMN case_type_id INTEGER CONSTRAINT fk_card_case_type_id REFERENCES case_type (id);
ALTER TABLE card ADD COLUMN medium_id INTEGER CONSTRAINT fk_card_medium_id REFERENCES contact_medium (id);
ALTER TABLE card ADD COLUMN referrer_id INTEGER CONSTRAINT fk_card_referrer_id REFERENCES party (id);
ALTER TABLE card ADD COLUMN campaign_id INTEGER CONSTRAINT fk_card_campaign_id REFERENCES campaign (id);
ALTER TABLE form ADD COLUMN board_id INTEGER CONSTRAINT fk_form_board_id REFERENCES board (id);
ALTER TABLE form ADD COLUMN on_card BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE form ADD COLUMN case_type_id INTEGER CONSTRAINT fk_form_case_type_id REFERENCES case_type (id);
ALTER TABLE note ADD COLUMN template_id INTEGER CONSTRAINT fk_note_template_id REFERENCES template (id);
ALTER TABLE attachment ADD COLUMN note_id INTEGER CONSTRAINT fk_attachment_note_id REFERENCES note (id);
ALTER TABLE attachment ADD COLUMN activity_id INTEGER CONSTRAINT fk_attachment_activity_id REFERENCES activity (id);
ALTER TABLE team ADD COLUMN active BOOLEAN DEFAULT 1 NOT NULL;
ALTER TABLE stage ADD COLUMN decision_required BOOLEAN DEFAULT 0 NOT NULL;
CREATE INDEX ix_activity_done ON activity (done_at, id, result_id, action_type_id) WHERE state = 'done';
CREATE INDEX ix_activity_done_by ON activity (assignee_id, done_at, id) WHERE state = 'done';
CREATE INDEX ix_activity_campaign ON activity (campaign_id, done_at, id) WHERE campaign_id IS NOT NULL AND state = 'done';
CREATE INDEX ix_card_referrer ON card (referrer_id) WHERE referrer_id IS NOT NULL;
CREATE INDEX ix_attachment_activity ON attachment (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX ix_attachment_note ON attachment (note_id) WHERE note_id IS NOT NULL;
