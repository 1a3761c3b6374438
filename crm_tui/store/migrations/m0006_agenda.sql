CREATE TABLE activity_series (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  rrule VARCHAR NOT NULL,
  zone VARCHAR NOT NULL,
  first_on TEXT NOT NULL,
  start_time VARCHAR,
  made_until TEXT NOT NULL,
  uid VARCHAR,
  version INTEGER NOT NULL
);
CREATE TABLE activity_attendee (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  activity_id INTEGER NOT NULL,
  user_id INTEGER,
  party_id INTEGER,
  address VARCHAR,
  response VARCHAR NOT NULL,
  CONSTRAINT ck_activity_attendee_response_value CHECK (response IN ('none', 'accepted', 'tentative', 'declined')),
  CONSTRAINT ck_activity_attendee_who CHECK ((user_id IS NOT NULL) + (party_id IS NOT NULL) + (address IS NOT NULL) = 1),
  CONSTRAINT fk_activity_attendee_activity_id FOREIGN KEY(activity_id) REFERENCES activity (id),
  CONSTRAINT fk_activity_attendee_user_id FOREIGN KEY(user_id) REFERENCES user (id),
  CONSTRAINT fk_activity_attendee_party_id FOREIGN KEY(party_id) REFERENCES party (id)
);
CREATE INDEX ix_activity_attendee_activity ON activity_attendee (activity_id);
CREATE UNIQUE INDEX ix_activity_attendee_address ON activity_attendee (address, activity_id) WHERE address IS NOT NULL;
CREATE UNIQUE INDEX ix_activity_attendee_party_id ON activity_attendee (party_id, activity_id) WHERE party_id IS NOT NULL;
CREATE UNIQUE INDEX ix_activity_attendee_user_id ON activity_attendee (user_id, activity_id) WHERE user_id IS NOT NULL;
CREATE TABLE agenda_slot (
  user_id INTEGER NOT NULL,
  start_at TEXT NOT NULL,
  activity_id INTEGER NOT NULL,
  end_at TEXT NOT NULL,
  busy BOOLEAN NOT NULL,
  CONSTRAINT pk_agenda_slot PRIMARY KEY (user_id, start_at, activity_id)
) WITHOUT ROWID;
CREATE TABLE agenda_day (
  user_id INTEGER NOT NULL,
  due_on VARCHAR NOT NULL,
  activity_id INTEGER NOT NULL,
  last_on VARCHAR NOT NULL,
  busy BOOLEAN NOT NULL,
  CONSTRAINT pk_agenda_day PRIMARY KEY (user_id, due_on, activity_id)
) WITHOUT ROWID;
CREATE TABLE local_holiday (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  state VARCHAR NOT NULL,
  city VARCHAR NOT NULL,
  day VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT uq_local_holiday_state_city_day UNIQUE (state, city, day)
);
ALTER TABLE team ADD COLUMN calendar_id INTEGER CONSTRAINT fk_team_calendar_id REFERENCES work_calendar (id);
ALTER TABLE work_calendar ADD COLUMN state VARCHAR;
ALTER TABLE work_calendar ADD COLUMN city VARCHAR;
ALTER TABLE work_calendar ADD COLUMN holidays_until INTEGER;
ALTER TABLE work_calendar ADD COLUMN active BOOLEAN DEFAULT 1 NOT NULL;
ALTER TABLE calendar_exception ADD COLUMN origin VARCHAR DEFAULT 'hand' NOT NULL CONSTRAINT ck_calendar_exception_origin_value CHECK (origin IN ('hand', 'holiday'));
ALTER TABLE activity ADD COLUMN zone VARCHAR;
ALTER TABLE activity ADD COLUMN all_day BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE activity ADD COLUMN last_on TEXT;
ALTER TABLE activity ADD COLUMN busy BOOLEAN DEFAULT 1 NOT NULL;
ALTER TABLE activity ADD COLUMN private BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE activity ADD COLUMN location VARCHAR;
ALTER TABLE activity ADD COLUMN remind_minutes INTEGER;
ALTER TABLE activity ADD COLUMN series_id INTEGER CONSTRAINT fk_activity_series_id REFERENCES activity_series (id);
ALTER TABLE activity ADD COLUMN occurrence_on TEXT;
ALTER TABLE activity ADD COLUMN detached BOOLEAN DEFAULT 0 NOT NULL;
ALTER TABLE activity ADD COLUMN uid VARCHAR;
ALTER TABLE activity ADD COLUMN sequence INTEGER DEFAULT 0 NOT NULL;
CREATE INDEX ix_activity_remind ON activity (start_at) WHERE remind_minutes IS NOT NULL AND state = 'planned';
CREATE INDEX ix_activity_series ON activity (series_id, occurrence_on) WHERE series_id IS NOT NULL;
CREATE INDEX ix_activity_uid ON activity (uid, occurrence_on) WHERE uid IS NOT NULL;
CREATE INDEX ix_activity_untimed ON activity (assignee_id, due_on, id) WHERE start_at IS NULL AND all_day = 0 AND state = 'planned';
