-- Cards and cents per stage, owner and status (no measurable write cost).
CREATE TRIGGER stage_stat_insert AFTER INSERT ON card
WHEN NEW.archived_at IS NULL AND NEW.deleted_at IS NULL
BEGIN
  INSERT INTO stage_stat (stage_id, owner_id, status, n, total)
  VALUES (NEW.stage_id, coalesce(NEW.owner_id, 0), NEW.status, 1, NEW.value_one_off + NEW.value_recurring)
  ON CONFLICT (stage_id, owner_id, status) DO UPDATE SET n = n + 1, total = total + excluded.total;
END;

CREATE TRIGGER stage_stat_delete AFTER DELETE ON card
WHEN OLD.archived_at IS NULL AND OLD.deleted_at IS NULL
BEGIN
  UPDATE stage_stat SET n = n - 1, total = total - OLD.value_one_off - OLD.value_recurring
  WHERE stage_id = OLD.stage_id AND owner_id = coalesce(OLD.owner_id, 0) AND status = OLD.status;
END;

CREATE TRIGGER stage_stat_leave
AFTER UPDATE OF stage_id, owner_id, status, value_one_off, value_recurring, archived_at, deleted_at ON card
WHEN OLD.archived_at IS NULL AND OLD.deleted_at IS NULL
BEGIN
  UPDATE stage_stat SET n = n - 1, total = total - OLD.value_one_off - OLD.value_recurring
  WHERE stage_id = OLD.stage_id AND owner_id = coalesce(OLD.owner_id, 0) AND status = OLD.status;
END;

CREATE TRIGGER stage_stat_arrive
AFTER UPDATE OF stage_id, owner_id, status, value_one_off, value_recurring, archived_at, deleted_at ON card
WHEN NEW.archived_at IS NULL AND NEW.deleted_at IS NULL
BEGIN
  INSERT INTO stage_stat (stage_id, owner_id, status, n, total)
  VALUES (NEW.stage_id, coalesce(NEW.owner_id, 0), NEW.status, 1, NEW.value_one_off + NEW.value_recurring)
  ON CONFLICT (stage_id, owner_id, status) DO UPDATE SET n = n + 1, total = total + excluded.total;
END;
