"""Schema 13: the media where those who come saw us first; people by the city and state of their address."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import statements

_NAMES = {
    "pt-BR": ("Google", "Redes sociais", "Indicação", "Anúncio", "Feira ou evento"),
    "en": ("Google", "Social media", "Word of mouth", "Advertisement", "Fair or event"),
}
_SOURCE = "INSERT INTO media_source (name, position, active, version) VALUES (?, ?, 1, 1)"


def upgrade(op: Any) -> None:
    """No card says yet where its person saw us; the list is the one with which a new database begins."""
    for statement in statements("m0013_media.sql"):
        op.execute(statement)
    connection = op.get_bind()
    if connection.exec_driver_sql("SELECT 1 FROM profile LIMIT 1").fetchone() is None:
        return  # being made: what a new database begins with is written once all steps are done
    told = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'locale'").fetchone()
    names = _NAMES.get(told[0] if told is not None else "", _NAMES["pt-BR"])
    connection.exec_driver_sql(_SOURCE, [(name, n) for n, name in enumerate(names, start=1)])
