CREATE INDEX ix_activity_phone ON activity (phone_id) WHERE phone_id IS NOT NULL;
