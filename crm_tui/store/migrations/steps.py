"""What the steps of the schema's history share: frozen statements, and keys for the profiles that a file has."""

from __future__ import annotations

from importlib.resources import files


def statements(name: str) -> list[str]:
    """The frozen statements of a step; later changes to the table classes never alter them."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [s.strip() for s in text.split(";\n") if s.strip()]


def grant(key: str, *, like: str, scope: str = "") -> str:
    """The statement that gives `key` to each profile that has `like`, as far as that reaches or with `scope`."""
    reach = f"'{scope}'" if scope else "scope"
    return f"""
INSERT INTO profile_permission (profile_id, key, scope)
SELECT profile_id, '{key}', {reach} FROM profile_permission p WHERE key = '{like}'
AND NOT EXISTS (SELECT 1 FROM profile_permission q WHERE q.profile_id = p.profile_id AND q.key = '{key}')
"""
