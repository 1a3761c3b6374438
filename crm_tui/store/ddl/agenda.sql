-- Whose time an activity takes, kept by triggers: whoever writes activities or attendees, undo too, keeps it right.
-- The steps of a deleted card take none, until it is put back.
CREATE TRIGGER agenda_insert AFTER INSERT ON activity
WHEN NEW.start_at IS NOT NULL OR NEW.all_day
BEGIN
  INSERT OR IGNORE INTO agenda_slot (user_id, start_at, activity_id, end_at, busy)
  SELECT NEW.assignee_id, NEW.start_at, NEW.id,
    coalesce(NEW.end_at, strftime('%Y-%m-%dT%H:%M:%fZ', NEW.start_at, '+30 minutes')),
    NEW.busy AND NEW.deleted_at IS NULL AND NEW.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = NEW.card_id AND c.deleted_at IS NOT NULL)
  WHERE NEW.start_at IS NOT NULL AND NOT NEW.all_day;
  INSERT OR IGNORE INTO agenda_day (user_id, due_on, activity_id, last_on, busy)
  SELECT NEW.assignee_id, NEW.due_on, NEW.id, coalesce(NEW.last_on, NEW.due_on),
    NEW.busy AND NEW.deleted_at IS NULL AND NEW.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = NEW.card_id AND c.deleted_at IS NOT NULL)
  WHERE NEW.all_day;
END;

CREATE TRIGGER agenda_delete AFTER DELETE ON activity
WHEN OLD.start_at IS NOT NULL OR OLD.all_day
BEGIN
  DELETE FROM agenda_slot WHERE activity_id = OLD.id AND start_at = OLD.start_at AND user_id = OLD.assignee_id;
  DELETE FROM agenda_day WHERE activity_id = OLD.id AND due_on = OLD.due_on AND user_id = OLD.assignee_id;
END;

CREATE TRIGGER agenda_update
AFTER UPDATE OF assignee_id, start_at, end_at, due_on, last_on, all_day, busy, state, deleted_at ON activity
WHEN OLD.start_at IS NOT NULL OR OLD.all_day OR NEW.start_at IS NOT NULL OR NEW.all_day
BEGIN
  DELETE FROM agenda_slot WHERE activity_id = OLD.id AND start_at = OLD.start_at
    AND user_id IN (SELECT OLD.assignee_id UNION ALL
      SELECT user_id FROM activity_attendee WHERE activity_id = OLD.id AND user_id IS NOT NULL);
  DELETE FROM agenda_day WHERE activity_id = OLD.id AND due_on = OLD.due_on
    AND user_id IN (SELECT OLD.assignee_id UNION ALL
      SELECT user_id FROM activity_attendee WHERE activity_id = OLD.id AND user_id IS NOT NULL);
  INSERT OR IGNORE INTO agenda_slot (user_id, start_at, activity_id, end_at, busy)
  SELECT w.user_id, NEW.start_at, NEW.id,
    coalesce(NEW.end_at, strftime('%Y-%m-%dT%H:%M:%fZ', NEW.start_at, '+30 minutes')),
    NEW.busy AND NEW.deleted_at IS NULL AND NEW.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = NEW.card_id AND c.deleted_at IS NOT NULL)
    AND w.response <> 'declined'
  FROM (SELECT NEW.assignee_id AS user_id, '' AS response UNION ALL
    SELECT user_id, response FROM activity_attendee WHERE activity_id = NEW.id AND user_id IS NOT NULL) w
  WHERE NEW.start_at IS NOT NULL AND NOT NEW.all_day;
  INSERT OR IGNORE INTO agenda_day (user_id, due_on, activity_id, last_on, busy)
  SELECT w.user_id, NEW.due_on, NEW.id, coalesce(NEW.last_on, NEW.due_on),
    NEW.busy AND NEW.deleted_at IS NULL AND NEW.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = NEW.card_id AND c.deleted_at IS NOT NULL)
    AND w.response <> 'declined'
  FROM (SELECT NEW.assignee_id AS user_id, '' AS response UNION ALL
    SELECT user_id, response FROM activity_attendee WHERE activity_id = NEW.id AND user_id IS NOT NULL) w
  WHERE NEW.all_day;
END;

CREATE TRIGGER agenda_attendee_insert AFTER INSERT ON activity_attendee
WHEN NEW.user_id IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO agenda_slot (user_id, start_at, activity_id, end_at, busy)
  SELECT NEW.user_id, a.start_at, a.id,
    coalesce(a.end_at, strftime('%Y-%m-%dT%H:%M:%fZ', a.start_at, '+30 minutes')),
    a.busy AND a.deleted_at IS NULL AND a.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = a.card_id AND c.deleted_at IS NOT NULL)
    AND NEW.response <> 'declined'
  FROM activity a WHERE a.id = NEW.activity_id AND a.start_at IS NOT NULL AND NOT a.all_day;
  INSERT OR IGNORE INTO agenda_day (user_id, due_on, activity_id, last_on, busy)
  SELECT NEW.user_id, a.due_on, a.id, coalesce(a.last_on, a.due_on),
    a.busy AND a.deleted_at IS NULL AND a.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = a.card_id AND c.deleted_at IS NOT NULL)
    AND NEW.response <> 'declined'
  FROM activity a WHERE a.id = NEW.activity_id AND a.all_day;
END;

CREATE TRIGGER agenda_attendee_delete AFTER DELETE ON activity_attendee
WHEN OLD.user_id IS NOT NULL
BEGIN
  DELETE FROM agenda_slot WHERE activity_id = OLD.activity_id AND user_id = OLD.user_id
    AND start_at = (SELECT start_at FROM activity WHERE id = OLD.activity_id)
    AND user_id <> (SELECT assignee_id FROM activity WHERE id = OLD.activity_id);
  DELETE FROM agenda_day WHERE activity_id = OLD.activity_id AND user_id = OLD.user_id
    AND due_on = (SELECT due_on FROM activity WHERE id = OLD.activity_id)
    AND user_id <> (SELECT assignee_id FROM activity WHERE id = OLD.activity_id);
END;

CREATE TRIGGER agenda_attendee_answer AFTER UPDATE OF response ON activity_attendee
WHEN NEW.user_id IS NOT NULL
BEGIN
  UPDATE agenda_slot SET busy = NEW.response <> 'declined' AND (SELECT a.busy AND a.deleted_at IS NULL
    AND a.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = a.card_id AND c.deleted_at IS NOT NULL) FROM activity a WHERE a.id = NEW.activity_id)
  WHERE activity_id = NEW.activity_id AND user_id = NEW.user_id
    AND start_at = (SELECT start_at FROM activity WHERE id = NEW.activity_id)
    AND user_id <> (SELECT assignee_id FROM activity WHERE id = NEW.activity_id);
  UPDATE agenda_day SET busy = NEW.response <> 'declined' AND (SELECT a.busy AND a.deleted_at IS NULL
    AND a.state IN ('planned', 'done')
    AND NOT EXISTS (SELECT 1 FROM card c WHERE c.id = a.card_id AND c.deleted_at IS NOT NULL) FROM activity a WHERE a.id = NEW.activity_id)
  WHERE activity_id = NEW.activity_id AND user_id = NEW.user_id
    AND due_on = (SELECT due_on FROM activity WHERE id = NEW.activity_id)
    AND user_id <> (SELECT assignee_id FROM activity WHERE id = NEW.activity_id);
END;

CREATE TRIGGER agenda_card AFTER UPDATE OF deleted_at ON card
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE activity SET busy = busy WHERE card_id = NEW.id AND (start_at IS NOT NULL OR all_day);
END;
