"""Schema 11: one person once: rules of duplicates, pairs of whom somebody said that they are two, and merging."""

from __future__ import annotations

from typing import Any

from crm_tui.store.migrations.steps import grant, statements

_NAMES = {
    "pt-BR": ("Mesmo CPF ou CNPJ", "Mesmo e-mail ou telefone", "Mesmo nome"),
    "en": ("Same CPF or CNPJ", "Same e-mail or phone", "Same name"),
}
_RULE = """
INSERT INTO duplicate_rule (name, asked, by_document, by_email, by_phone, by_name, action, position, active, version)
VALUES (?, 'party', ?, ?, ?, ?, ?, ?, 1, 1)
"""


def upgrade(op: Any) -> None:
    """Nothing was asked of who is known before; the rules are those with which a new database begins."""
    for statement in statements("m0011_once.sql"):
        op.execute(statement)
    connection = op.get_bind()
    if connection.exec_driver_sql("SELECT 1 FROM profile LIMIT 1").fetchone() is None:
        return  # being made: what a new database begins with is written once all steps are done
    told = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'locale'").fetchone()
    document, reach, name = _NAMES.get(told[0] if told is not None else "", _NAMES["pt-BR"])
    rules = [
        (document, 1, 0, 0, 0, "block", 1),
        (reach, 0, 1, 1, 0, "warn", 2),
        (name, 0, 0, 0, 1, "warn", 3),
    ]
    connection.exec_driver_sql(_RULE, rules)
    op.execute(grant("party.merge", like="party.edit"))
