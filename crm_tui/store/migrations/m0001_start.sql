CREATE TABLE action_type (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  default_minutes INTEGER,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_action_type_kind_value CHECK (kind IN ('call', 'email', 'meeting', 'visit', 'task', 'message', 'follow_up', 'social')),
  CONSTRAINT uq_action_type_name UNIQUE (name)
);
CREATE TABLE blob (
  sha256 VARCHAR NOT NULL,
  data BLOB NOT NULL,
  CONSTRAINT pk_blob PRIMARY KEY (sha256)
);
CREATE TABLE board (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  color VARCHAR,
  number_prefix VARCHAR NOT NULL,
  next_number INTEGER NOT NULL,
  position INTEGER NOT NULL,
  archived_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_board_kind_value CHECK (kind IN ('lead', 'opportunity', 'ticket', 'delivery')),
  CONSTRAINT uq_board_name UNIQUE (name)
);
CREATE TABLE contact_medium (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_contact_medium_name UNIQUE (name)
);
CREATE TABLE lease (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  holder VARCHAR NOT NULL,
  until TEXT NOT NULL,
  CONSTRAINT uq_lease_name UNIQUE (name)
);
CREATE TABLE loss_reason (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  requires_note BOOLEAN NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_loss_reason_name UNIQUE (name)
);
CREATE TABLE meta (
  "key" VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  CONSTRAINT pk_meta PRIMARY KEY ("key")
);
CREATE TABLE profile (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  is_admin BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_profile_name UNIQUE (name)
);
CREATE TABLE request (
  request_id VARCHAR NOT NULL,
  batch VARCHAR NOT NULL,
  entity VARCHAR NOT NULL,
  entity_id INTEGER NOT NULL,
  ref VARCHAR NOT NULL,
  note VARCHAR,
  CONSTRAINT pk_request PRIMARY KEY (request_id)
);
CREATE TABLE setting (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "key" VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_setting_key UNIQUE ("key")
);
CREATE TABLE stage_stat (
  stage_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  status VARCHAR NOT NULL,
  n INTEGER NOT NULL,
  total INTEGER NOT NULL,
  CONSTRAINT pk_stage_stat PRIMARY KEY (stage_id, owner_id, status)
);
CREATE TABLE team (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  parent_id INTEGER,
  manager_id INTEGER,
  version INTEGER NOT NULL,
  CONSTRAINT ck_team_kind_value CHECK (kind IN ('sales', 'support', 'division', 'responsibility_center')),
  CONSTRAINT fk_team_parent_id FOREIGN KEY(parent_id) REFERENCES team (id),
  CONSTRAINT fk_team_manager_id FOREIGN KEY(manager_id) REFERENCES user (id)
);
CREATE INDEX ix_team_parent_id ON team (parent_id);
CREATE TABLE user (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  login VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  email VARCHAR,
  profile_id INTEGER NOT NULL,
  team_id INTEGER,
  calendar_id INTEGER,
  locale VARCHAR NOT NULL,
  timezone VARCHAR NOT NULL,
  present BOOLEAN NOT NULL,
  presence_at TEXT,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_user_login UNIQUE (login),
  CONSTRAINT fk_user_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id),
  CONSTRAINT fk_user_team_id FOREIGN KEY(team_id) REFERENCES team (id),
  CONSTRAINT fk_user_calendar_id FOREIGN KEY(calendar_id) REFERENCES work_calendar (id)
);
CREATE INDEX ix_user_team_id ON user (team_id);
CREATE TABLE work_calendar (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  timezone VARCHAR NOT NULL,
  is_default BOOLEAN NOT NULL,
  version INTEGER NOT NULL
);
CREATE TABLE attachment (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  entity VARCHAR NOT NULL,
  entity_id INTEGER NOT NULL,
  filename VARCHAR NOT NULL,
  blob_sha256 VARCHAR NOT NULL,
  mime VARCHAR NOT NULL,
  size INTEGER NOT NULL,
  added_by_id INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  deleted_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_attachment_size_whole CHECK (size IS NULL OR typeof(size) = 'integer'),
  CONSTRAINT fk_attachment_blob_sha256 FOREIGN KEY(blob_sha256) REFERENCES blob (sha256),
  CONSTRAINT fk_attachment_added_by_id FOREIGN KEY(added_by_id) REFERENCES user (id)
);
CREATE INDEX ix_attachment_entity ON attachment (entity, entity_id);
CREATE TABLE calendar_exception (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  calendar_id INTEGER,
  user_id INTEGER,
  start_on TEXT NOT NULL,
  end_on TEXT NOT NULL,
  working BOOLEAN NOT NULL,
  start_time VARCHAR,
  end_time VARCHAR,
  title VARCHAR NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT fk_calendar_exception_calendar_id FOREIGN KEY(calendar_id) REFERENCES work_calendar (id),
  CONSTRAINT fk_calendar_exception_user_id FOREIGN KEY(user_id) REFERENCES user (id)
);
CREATE INDEX ix_calendar_exception_days ON calendar_exception (calendar_id, start_on);
CREATE INDEX ix_calendar_exception_user_id ON calendar_exception (user_id);
CREATE TABLE draft (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  author_id INTEGER NOT NULL,
  command VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  copy INTEGER NOT NULL,
  payload VARCHAR NOT NULL,
  cursor VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  terminal VARCHAR NOT NULL,
  rev INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  CONSTRAINT uq_draft_author_id_command_subject_copy UNIQUE (author_id, command, subject, copy),
  CONSTRAINT fk_draft_author_id FOREIGN KEY(author_id) REFERENCES user (id)
);
CREATE INDEX ix_draft_author ON draft (author_id, saved_at);
CREATE TABLE event (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor_id INTEGER,
  entity VARCHAR NOT NULL,
  entity_id INTEGER NOT NULL,
  card_id INTEGER,
  party_id INTEGER,
  kind VARCHAR NOT NULL,
  params VARCHAR NOT NULL,
  reason VARCHAR,
  batch VARCHAR NOT NULL,
  cause_id INTEGER,
  undoes VARCHAR,
  content_digest VARCHAR NOT NULL,
  digest VARCHAR NOT NULL,
  CONSTRAINT fk_event_actor_id FOREIGN KEY(actor_id) REFERENCES user (id),
  CONSTRAINT fk_event_cause_id FOREIGN KEY(cause_id) REFERENCES event (id)
);
CREATE INDEX ix_event_actor ON event (actor_id, id);
CREATE INDEX ix_event_batch ON event (batch);
CREATE INDEX ix_event_card ON event (card_id, id);
CREATE INDEX ix_event_entity ON event (entity, entity_id, id);
CREATE INDEX ix_event_party ON event (party_id, id);
CREATE INDEX ix_event_undoes ON event (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE party (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  code VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  name_key VARCHAR NOT NULL,
  trade_name VARCHAR,
  document VARCHAR,
  document_kind VARCHAR,
  lifecycle VARCHAR NOT NULL,
  owner_id INTEGER,
  preferences VARCHAR,
  created_at TEXT NOT NULL,
  merged_into_id INTEGER,
  deleted_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_party_kind_value CHECK (kind IN ('person', 'organization')),
  CONSTRAINT ck_party_document_kind_value CHECK (document_kind IS NULL OR document_kind IN ('cpf', 'cnpj', 'foreign')),
  CONSTRAINT ck_party_lifecycle_value CHECK (lifecycle IN ('prospect', 'customer', 'former')),
  CONSTRAINT uq_party_code UNIQUE (code),
  CONSTRAINT fk_party_owner_id FOREIGN KEY(owner_id) REFERENCES user (id),
  CONSTRAINT fk_party_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES party (id)
);
CREATE INDEX ix_party_document ON party (document);
CREATE INDEX ix_party_merged_into_id ON party (merged_into_id);
CREATE INDEX ix_party_name_key ON party (name_key, id);
CREATE INDEX ix_party_owner_id ON party (owner_id);
CREATE TABLE presence (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  terminal VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  until TEXT NOT NULL,
  CONSTRAINT fk_presence_user_id FOREIGN KEY(user_id) REFERENCES user (id)
);
CREATE INDEX ix_presence_subject ON presence (subject);
CREATE TABLE profile_permission (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  profile_id INTEGER NOT NULL,
  "key" VARCHAR NOT NULL,
  scope VARCHAR NOT NULL,
  CONSTRAINT uq_profile_permission_profile_id_key UNIQUE (profile_id, "key"),
  CONSTRAINT ck_profile_permission_scope_value CHECK (scope IN ('none', 'own', 'team', 'subtree', 'all')),
  CONSTRAINT fk_profile_permission_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id)
);
CREATE TABLE result (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  tone VARCHAR NOT NULL,
  next_action_id INTEGER,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_result_tone_value CHECK (tone IN ('positive', 'neutral', 'negative')),
  CONSTRAINT uq_result_name UNIQUE (name),
  CONSTRAINT fk_result_next_action_id FOREIGN KEY(next_action_id) REFERENCES action_type (id)
);
CREATE TABLE stage (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  board_id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  category VARCHAR NOT NULL,
  color VARCHAR,
  probability INTEGER,
  stale_days INTEGER,
  wip_limit INTEGER,
  archived_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_stage_category_value CHECK (category IN ('open', 'paused', 'won', 'lost', 'done')),
  CONSTRAINT ck_stage_probability_whole CHECK (probability IS NULL OR typeof(probability) = 'integer'),
  CONSTRAINT ck_stage_stale_days_whole CHECK (stale_days IS NULL OR typeof(stale_days) = 'integer'),
  CONSTRAINT ck_stage_wip_limit_whole CHECK (wip_limit IS NULL OR typeof(wip_limit) = 'integer'),
  CONSTRAINT fk_stage_board_id FOREIGN KEY(board_id) REFERENCES board (id)
);
CREATE INDEX ix_stage_board ON stage (board_id, position);
CREATE TABLE work_hours (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  calendar_id INTEGER NOT NULL,
  weekday INTEGER NOT NULL,
  start_time VARCHAR NOT NULL,
  end_time VARCHAR NOT NULL,
  CONSTRAINT ck_work_hours_weekday_range CHECK (weekday BETWEEN 0 AND 6),
  CONSTRAINT fk_work_hours_calendar_id FOREIGN KEY(calendar_id) REFERENCES work_calendar (id)
);
CREATE INDEX ix_work_hours_calendar_id ON work_hours (calendar_id);
CREATE TABLE card (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  number VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  board_id INTEGER NOT NULL,
  stage_id INTEGER NOT NULL,
  status VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  title_key VARCHAR NOT NULL,
  description VARCHAR,
  party_id INTEGER,
  contact_id INTEGER,
  owner_id INTEGER,
  team_id INTEGER,
  value_one_off INTEGER NOT NULL,
  value_recurring INTEGER NOT NULL,
  probability INTEGER,
  expected_close_on TEXT,
  opened_at TEXT NOT NULL,
  closed_on TEXT,
  loss_reason_id INTEGER,
  loss_note VARCHAR,
  reopen_mode VARCHAR,
  reopened_at TEXT,
  stage_due_on TEXT,
  next_activity_id INTEGER,
  next_due_on TEXT,
  next_start_at TEXT,
  next_internal_on TEXT,
  last_touch_at TEXT NOT NULL,
  last_touch_event_id INTEGER,
  snoozed_until TEXT,
  rank VARCHAR NOT NULL,
  archived_at TEXT,
  deleted_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_card_kind_value CHECK (kind IN ('lead', 'opportunity', 'ticket', 'delivery')),
  CONSTRAINT ck_card_status_value CHECK (status IN ('open', 'paused', 'won', 'lost', 'converted', 'done')),
  CONSTRAINT ck_card_reopen_mode_value CHECK (reopen_mode IS NULL OR reopen_mode IN ('full', 'adjustment')),
  CONSTRAINT ck_card_value_one_off_whole CHECK (value_one_off IS NULL OR typeof(value_one_off) = 'integer'),
  CONSTRAINT ck_card_value_recurring_whole CHECK (value_recurring IS NULL OR typeof(value_recurring) = 'integer'),
  CONSTRAINT uq_card_number UNIQUE (number),
  CONSTRAINT fk_card_board_id FOREIGN KEY(board_id) REFERENCES board (id),
  CONSTRAINT fk_card_stage_id FOREIGN KEY(stage_id) REFERENCES stage (id),
  CONSTRAINT fk_card_party_id FOREIGN KEY(party_id) REFERENCES party (id),
  CONSTRAINT fk_card_contact_id FOREIGN KEY(contact_id) REFERENCES party (id),
  CONSTRAINT fk_card_owner_id FOREIGN KEY(owner_id) REFERENCES user (id),
  CONSTRAINT fk_card_team_id FOREIGN KEY(team_id) REFERENCES team (id),
  CONSTRAINT fk_card_loss_reason_id FOREIGN KEY(loss_reason_id) REFERENCES loss_reason (id)
);
CREATE INDEX ix_card_closed ON card (closed_on, id) WHERE status NOT IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_contact ON card (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX ix_card_due ON card (next_due_on, next_start_at, id, next_internal_on, owner_id) WHERE status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_owner_closed ON card (owner_id, closed_on, id) WHERE status NOT IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_owner_due ON card (owner_id, next_due_on, next_start_at, id, next_internal_on) WHERE status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_party ON card (party_id);
CREATE INDEX ix_card_stage_rank ON card (stage_id, rank, id) WHERE status IN ('open','paused') AND archived_at IS NULL AND deleted_at IS NULL;
CREATE INDEX ix_card_title_key ON card (title_key);
CREATE TABLE change (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL,
  table_name VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  op VARCHAR NOT NULL,
  row_version INTEGER,
  "before" VARCHAR,
  "after" VARCHAR,
  digest VARCHAR NOT NULL,
  CONSTRAINT ck_change_op_value CHECK (op IN ('insert', 'update', 'delete')),
  CONSTRAINT fk_change_event_id FOREIGN KEY(event_id) REFERENCES event (id)
);
CREATE INDEX ix_change_event ON change (event_id);
CREATE INDEX ix_change_row ON change (table_name, row_id, id);
CREATE TABLE contact_point (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  party_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  normalized VARCHAR NOT NULL,
  digits VARCHAR,
  reversed VARCHAR,
  is_primary BOOLEAN NOT NULL,
  opted_out BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_contact_point_kind_value CHECK (kind IN ('phone', 'mobile', 'email', 'whatsapp', 'site')),
  CONSTRAINT fk_contact_point_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE INDEX ix_contact_point_digits ON contact_point (digits);
CREATE INDEX ix_contact_point_normalized ON contact_point (normalized);
CREATE INDEX ix_contact_point_party_id ON contact_point (party_id);
CREATE INDEX ix_contact_point_reversed ON contact_point (reversed);
CREATE TABLE outbox (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  event_id INTEGER NOT NULL,
  channel VARCHAR NOT NULL,
  payload VARCHAR NOT NULL,
  not_before TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  state VARCHAR NOT NULL,
  error VARCHAR,
  CONSTRAINT ck_outbox_state_value CHECK (state IN ('waiting', 'sending', 'done', 'failed')),
  CONSTRAINT fk_outbox_event_id FOREIGN KEY(event_id) REFERENCES event (id)
);
CREATE INDEX ix_outbox_due ON outbox (state, not_before);
CREATE TABLE party_relation (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  organization_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  role VARCHAR,
  is_primary BOOLEAN NOT NULL,
  ended_on TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT fk_party_relation_organization_id FOREIGN KEY(organization_id) REFERENCES party (id),
  CONSTRAINT fk_party_relation_person_id FOREIGN KEY(person_id) REFERENCES party (id)
);
CREATE INDEX ix_party_relation_organization_id ON party_relation (organization_id);
CREATE INDEX ix_party_relation_person_id ON party_relation (person_id);
CREATE TABLE activity (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  party_id INTEGER,
  card_id INTEGER,
  contact_id INTEGER,
  action_type_id INTEGER NOT NULL,
  subject VARCHAR NOT NULL,
  description VARCHAR,
  assignee_id INTEGER NOT NULL,
  created_by_id INTEGER,
  due_on TEXT NOT NULL,
  internal_on TEXT,
  start_at TEXT,
  end_at TEXT,
  state VARCHAR NOT NULL,
  done_at TEXT,
  result_id INTEGER,
  medium_id INTEGER,
  previous_id INTEGER,
  source VARCHAR NOT NULL,
  stands_alone BOOLEAN NOT NULL,
  deleted_at TEXT,
  version INTEGER NOT NULL,
  CONSTRAINT ck_activity_state_value CHECK (state IN ('planned', 'done', 'canceled', 'no_show')),
  CONSTRAINT ck_activity_source_value CHECK (source IN ('manual', 'rule', 'import', 'auto')),
  CONSTRAINT ck_activity_span CHECK (start_at IS NULL OR end_at IS NULL OR end_at >= start_at),
  CONSTRAINT fk_activity_party_id FOREIGN KEY(party_id) REFERENCES party (id),
  CONSTRAINT fk_activity_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_activity_contact_id FOREIGN KEY(contact_id) REFERENCES party (id),
  CONSTRAINT fk_activity_action_type_id FOREIGN KEY(action_type_id) REFERENCES action_type (id),
  CONSTRAINT fk_activity_assignee_id FOREIGN KEY(assignee_id) REFERENCES user (id),
  CONSTRAINT fk_activity_created_by_id FOREIGN KEY(created_by_id) REFERENCES user (id),
  CONSTRAINT fk_activity_result_id FOREIGN KEY(result_id) REFERENCES result (id),
  CONSTRAINT fk_activity_medium_id FOREIGN KEY(medium_id) REFERENCES contact_medium (id),
  CONSTRAINT fk_activity_previous_id FOREIGN KEY(previous_id) REFERENCES activity (id)
);
CREATE INDEX ix_activity_alone ON activity (assignee_id, due_on, start_at, id, internal_on) WHERE stands_alone = 1 AND state = 'planned' AND deleted_at IS NULL;
CREATE INDEX ix_activity_card ON activity (card_id, state, due_on, start_at);
CREATE INDEX ix_activity_clash ON activity (assignee_id, start_at) WHERE state = 'planned';
CREATE INDEX ix_activity_contact ON activity (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX ix_activity_party ON activity (party_id, id);
CREATE INDEX ix_activity_previous_id ON activity (previous_id);
CREATE TABLE stage_visit (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  card_id INTEGER NOT NULL,
  stage_id INTEGER NOT NULL,
  entered_at TEXT NOT NULL,
  left_at TEXT,
  moved_by_id INTEGER,
  CONSTRAINT fk_stage_visit_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_stage_visit_stage_id FOREIGN KEY(stage_id) REFERENCES stage (id),
  CONSTRAINT fk_stage_visit_moved_by_id FOREIGN KEY(moved_by_id) REFERENCES user (id)
);
CREATE INDEX ix_stage_visit_card ON stage_visit (card_id, id);
CREATE TABLE note (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  party_id INTEGER,
  card_id INTEGER,
  activity_id INTEGER,
  kind VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  body VARCHAR NOT NULL,
  amends_id INTEGER,
  author_id INTEGER NOT NULL,
  filed_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_note_kind_value CHECK (kind IN ('attendance', 'comment', 'auto')),
  CONSTRAINT ck_note_state_value CHECK (state IN ('filed', 'void')),
  CONSTRAINT fk_note_party_id FOREIGN KEY(party_id) REFERENCES party (id),
  CONSTRAINT fk_note_card_id FOREIGN KEY(card_id) REFERENCES card (id),
  CONSTRAINT fk_note_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
  CONSTRAINT fk_note_amends_id FOREIGN KEY(amends_id) REFERENCES note (id),
  CONSTRAINT fk_note_author_id FOREIGN KEY(author_id) REFERENCES user (id)
);
CREATE INDEX ix_note_activity_id ON note (activity_id);
CREATE INDEX ix_note_amends ON note (amends_id) WHERE amends_id IS NOT NULL;
CREATE INDEX ix_note_card ON note (card_id, id);
CREATE INDEX ix_note_party ON note (party_id, id);
