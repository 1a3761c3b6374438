CREATE TABLE import_layout_new (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  columns VARCHAR NOT NULL,
  defaults VARCHAR NOT NULL,
  dates VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_import_layout_kind_value CHECK (kind IN ('people', 'cards', 'activities', 'notes')),
  CONSTRAINT ck_import_layout_dates_value CHECK (dates IN ('auto', 'day_first', 'month_first'))
);
INSERT INTO import_layout_new SELECT id, name, kind, columns, defaults, dates, position, active, version FROM import_layout;
DROP TABLE import_layout;
ALTER TABLE import_layout_new RENAME TO import_layout;
