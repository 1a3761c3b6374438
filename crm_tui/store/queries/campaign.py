"""Campaigns, what follows from a result, and the registers of actions, results, details and mediums."""

from __future__ import annotations

from crm_tui.store.queries.sight import on_board

RULE = """
SELECT r.id, r.name, r.active, coalesce(o.requires_detail, r.requires_detail),
       (SELECT count(*) FROM result_detail d WHERE d.result_id = r.id AND d.active = 1),
       coalesce(o.next_mode, r.next_mode), t.id, t.name, n.objective,
       coalesce(o.delay_days, r.delay_days), coalesce(o.delay_from, 'completion'), coalesce(o.leads, 'nowhere'),
       s.id, s.name, s.board_id
FROM result r
LEFT JOIN campaign_action a ON a.campaign_id = :campaign_id AND a.action_type_id = :action_id
LEFT JOIN campaign_result o ON o.campaign_action_id = a.id AND o.result_id = r.id
LEFT JOIN campaign_action n ON n.id = o.next_action_id
LEFT JOIN action_type t ON t.id = iif(o.id IS NULL, r.next_action_id, n.action_type_id) AND t.active = 1
LEFT JOIN stage s ON s.id = o.to_stage_id AND s.archived_at IS NULL
WHERE r.id = :result_id
"""
"""What follows from a result; what a campaign says of it for one of its actions goes first."""
DEFAULTS = """
SELECT t.id, t.name, m.id, m.name, r.id, r.name
FROM campaign_action a JOIN action_type t ON t.id = a.action_type_id AND t.active = 1
LEFT JOIN contact_medium m ON m.id = a.default_medium_id AND m.active = 1
LEFT JOIN campaign_result o ON o.campaign_action_id = a.id AND o.is_default = 1
LEFT JOIN result r ON r.id = o.result_id AND r.active = 1
WHERE a.campaign_id = :campaign_id AND (a.action_type_id = :action_id OR (:action_id IS NULL AND a.is_default = 1))
ORDER BY a.position, a.id, o.position, o.id LIMIT 1
"""
"""What a campaign's action, or its default one, fills."""

MEANT = """
SELECT c.id, c.name FROM campaign c WHERE c.active = 1 AND c.id = coalesce(
  (SELECT a.campaign_id FROM activity a WHERE a.id = :activity_id AND a.state = 'planned'),
  (SELECT k.campaign_id FROM card k WHERE k.id = :card_id))
"""
"""For which campaign an attendance is, where nothing else is said: its planned step's, else its card's."""
IN_USE = """
SELECT c.id, c.name FROM campaign c
WHERE c.active = 1 AND (c.starts_on IS NULL OR c.starts_on <= :today) AND (c.ends_on IS NULL OR c.ends_on >= :today)
AND (c.team_id IS NULL OR :all OR c.team_id = (SELECT team_id FROM "user" WHERE id = :user_id))
ORDER BY c.position, c.id
"""
"""Those that run today, of all teams or of one's own."""
EVERY = """
SELECT c.id, c.name, c.kind, c.team_id, t.name, c.starts_on, c.ends_on, c.active, c.version,
       (SELECT count(*) FROM campaign_action a WHERE a.campaign_id = c.id)
FROM campaign c LEFT JOIN team t ON t.id = c.team_id ORDER BY c.position, c.id
"""
ACTIONS = """
SELECT a.id, a.campaign_id, c.name, a.action_type_id, t.name, a.is_default, a.default_medium_id, m.name, a.objective,
       a.version, (SELECT count(*) FROM campaign_result r WHERE r.campaign_action_id = a.id)
FROM campaign c JOIN campaign_action a ON a.campaign_id = c.id JOIN action_type t ON t.id = a.action_type_id
LEFT JOIN contact_medium m ON m.id = a.default_medium_id
ORDER BY c.position, c.id, a.position, a.id
"""
RESULTS = f"""
SELECT o.id, o.campaign_action_id, c.id, c.name, t.name, o.result_id, r.name, o.is_default, o.requires_detail,
       o.next_mode, o.next_action_id, nt.name, o.delay_days, o.delay_from, o.leads, o.to_stage_id, s.name, o.version
FROM campaign c JOIN campaign_action a ON a.campaign_id = c.id JOIN action_type t ON t.id = a.action_type_id
JOIN campaign_result o ON o.campaign_action_id = a.id JOIN result r ON r.id = o.result_id
LEFT JOIN campaign_action n ON n.id = o.next_action_id LEFT JOIN action_type nt ON nt.id = n.action_type_id
LEFT JOIN stage s ON s.id = o.to_stage_id AND {on_board("s.board_id")}
ORDER BY c.position, c.id, a.position, a.id, o.position, o.id
"""
