"""Who may see which row, as conditions that every reading query shares. Knows no view and no table of its own.

The parameters come from `services.core.scope`: `all`, `owners` (a JSON array) and `unowned` say how far
`card.read` reaches, `party_all`, `party_owners` and `party_unowned` the same of `party.read`.
"""

from __future__ import annotations


def owned(column: str) -> str:
    """The row is within reach by this owner's (or assignee's) column."""
    return f"(:all OR {column} IN (SELECT value FROM json_each(:owners)) OR (:unowned AND {column} IS NULL))"


def party_seen(alias: str) -> str:
    """A person is seen by whoever reaches its owner, or may see one of its cards. (MODEL.md §5.1)"""
    return f"""(:party_all OR {alias}.owner_id IN (SELECT value FROM json_each(:party_owners))
  OR (:party_unowned AND {alias}.owner_id IS NULL)
  OR EXISTS (SELECT 1 FROM card seen WHERE (seen.party_id = {alias}.id OR seen.contact_id = {alias}.id)
             AND seen.deleted_at IS NULL AND {owned("seen.owner_id")}))"""
