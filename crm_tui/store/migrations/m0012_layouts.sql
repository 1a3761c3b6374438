CREATE TABLE import_layout (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  columns VARCHAR NOT NULL,
  defaults VARCHAR NOT NULL,
  dates VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  active BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT ck_import_layout_kind_value CHECK (kind IN ('people', 'cards')),
  CONSTRAINT ck_import_layout_dates_value CHECK (dates IN ('auto', 'day_first', 'month_first'))
);
