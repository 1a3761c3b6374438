ALTER TABLE stage ADD COLUMN expected_days INTEGER CONSTRAINT ck_stage_expected_days_whole CHECK (expected_days IS NULL OR typeof(expected_days) = 'integer');
ALTER TABLE stage ADD COLUMN progress_pct INTEGER CONSTRAINT ck_stage_progress_pct_whole CHECK (progress_pct IS NULL OR typeof(progress_pct) = 'integer');
ALTER TABLE stage ADD COLUMN owner_rule VARCHAR DEFAULT 'seller' NOT NULL CONSTRAINT ck_stage_owner_rule_value CHECK (owner_rule IN ('seller', 'user', 'role', 'team'));
ALTER TABLE stage ADD COLUMN default_user_id INTEGER CONSTRAINT fk_stage_default_user_id REFERENCES user (id);
ALTER TABLE stage ADD COLUMN profile_id INTEGER CONSTRAINT fk_stage_profile_id REFERENCES profile (id);
ALTER TABLE stage ADD COLUMN team_id INTEGER CONSTRAINT fk_stage_team_id REFERENCES team (id);
ALTER TABLE card ADD COLUMN stage_owner_id INTEGER CONSTRAINT fk_card_stage_owner_id REFERENCES user (id);
ALTER TABLE stage_visit ADD COLUMN due_on TEXT;
ALTER TABLE stage_visit ADD COLUMN owner_id INTEGER CONSTRAINT fk_stage_visit_owner_id REFERENCES user (id);
