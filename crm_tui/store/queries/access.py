"""Who an operator is and what the profile grants."""

from __future__ import annotations

import sqlite3
from zoneinfo import ZoneInfo

from crm_tui.domain.access import Scope, Viewer

BY_LOGIN = """
SELECT u.id, u.login, u.name, u.locale, u.timezone, u.team_id, u.profile_id, p.is_admin
FROM "user" u JOIN profile p ON p.id = u.profile_id
WHERE u.login = :login AND u.active = 1
"""
GRANTS = "SELECT key, scope FROM profile_permission WHERE profile_id = :profile_id"
BOARDS = """
SELECT b.id, b.restricted, coalesce(m.can_view, 0), coalesce(m.can_attend, 0), coalesce(m.can_manage, 0)
FROM board b LEFT JOIN board_member m ON m.board_id = b.id AND m.user_id = :user_id
WHERE b.restricted = 1 OR m.can_manage = 1
"""
"""Only the boards on which membership makes a difference."""
TEAM = 'SELECT id FROM "user" WHERE team_id = :team_id'
SUBTREE = """
WITH RECURSIVE below (id) AS (
  SELECT id FROM team WHERE id = :team_id OR manager_id = :user_id
  UNION
  SELECT t.id FROM team t JOIN below b ON t.parent_id = b.id
)
SELECT u.id FROM "user" u JOIN below b ON b.id = u.team_id
"""
USERS = """
SELECT u.id, u.login, u.name, u.email, u.profile_id, p.name, u.team_id, t.name, u.locale, u.timezone,
       u.active, u.version, u.calendar_id, c.name
FROM "user" u JOIN profile p ON p.id = u.profile_id LEFT JOIN team t ON t.id = u.team_id
LEFT JOIN work_calendar c ON c.id = u.calendar_id
WHERE u.active = 1 OR :active = 0 ORDER BY u.active DESC, u.name
"""
PIN_OF = 'SELECT id, iif(active, pin_hash, NULL) FROM "user" WHERE login = :login'
COMPANY = "SELECT id, value, version FROM setting WHERE key = 'company'"
"""Whose base it is."""
HAS_PIN = 'SELECT pin_hash IS NOT NULL FROM "user" WHERE id = :id'
DEMONSTRATION = "SELECT value FROM meta WHERE key = 'demonstration'"
"""Who acts in a demonstration; no row in an operator's own database."""
PROFILES = "SELECT id, name FROM profile WHERE active = 1 ORDER BY is_admin DESC, name"
EVERY_PROFILE = """
SELECT p.id, p.version, p.name, p.is_admin, p.active,
  (SELECT count(*) FROM "user" u WHERE u.profile_id = p.id AND u.active = 1),
  (SELECT json_group_object(g.key, g.scope) FROM profile_permission g WHERE g.profile_id = p.id)
FROM profile p ORDER BY p.is_admin DESC, p.name, p.id
"""
"""What each allows is a JSON object of scopes by permission key."""
TEAMS = "SELECT id, name FROM team WHERE active = 1 ORDER BY name"
EVERY_TEAM = """
SELECT t.id, t.version, t.name, t.kind, t.parent_id, p.name, t.manager_id, u.name, t.active,
  (SELECT count(*) FROM "user" x WHERE x.team_id = t.id AND x.active = 1), t.calendar_id, c.name
FROM team t LEFT JOIN team p ON p.id = t.parent_id LEFT JOIN "user" u ON u.id = t.manager_id
LEFT JOIN work_calendar c ON c.id = t.calendar_id ORDER BY t.name, t.id
"""


def viewer(connection: sqlite3.Connection, login: str) -> Viewer | None:
    """The operator of this login with everything that decides what is allowed; None if not an active user."""
    row = connection.execute(BY_LOGIN, {"login": login}).fetchone()
    if row is None:
        return None
    user_id, found, name, locale, timezone, team_id, profile_id, is_admin = row
    grants = {
        key: Scope(scope) for key, scope in connection.execute(GRANTS, {"profile_id": profile_id}).fetchall()
    }
    team = connection.execute(TEAM, {"team_id": team_id}).fetchall() if team_id else []
    rights = () if is_admin else connection.execute(BOARDS, {"user_id": user_id}).fetchall()
    below = connection.execute(SUBTREE, {"team_id": team_id, "user_id": user_id}).fetchall()
    return Viewer(
        user_id=user_id,
        login=found,
        name=name,
        is_admin=bool(is_admin),
        zone=ZoneInfo(timezone),
        locale=locale,
        grants=grants,
        team_ids=frozenset(i for (i,) in team) | {user_id},
        subtree_ids=frozenset(i for (i,) in below) | {user_id},
        hidden=frozenset(b for b, restricted, view, _, _ in rights if restricted and not view),
        unattended=frozenset(
            b for b, restricted, view, attend, _ in rights if restricted and not (view and attend)
        ),
        run=frozenset(b for b, restricted, view, _, manage in rights if manage and (view or not restricted)),
    )
