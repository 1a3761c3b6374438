"""Schema 2: who moves cards may also close, archive and delete them, within the same reach."""

from __future__ import annotations

from typing import Any

_GRANTED = ("card.close", "card.archive", "card.delete")
_GRANT = """
INSERT INTO profile_permission (profile_id, key, scope)
SELECT profile_id, '{key}', scope FROM profile_permission p WHERE key = 'card.move'
AND NOT EXISTS (SELECT 1 FROM profile_permission q WHERE q.profile_id = p.profile_id AND q.key = '{key}')
"""


def upgrade(op: Any) -> None:
    """Grant the new keys to the profiles that a file has."""
    for key in _GRANTED:
        op.execute(_GRANT.format(key=key))
