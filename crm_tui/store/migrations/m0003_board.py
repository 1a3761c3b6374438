"""Schema 3: labels, members, checklists, base cards, rights on boards, saved views, conversion."""

from __future__ import annotations

from typing import Any

from crm_tui.domain.text import word_row, words_of
from crm_tui.store.migrations.steps import grant, statements

_NOTES = """
CREATE VIRTUAL TABLE IF NOT EXISTS note_fts USING fts5(words, tokenize = "ascii", prefix = '2 3')
"""


def upgrade(op: Any) -> None:
    """New tables, then columns of the old ones, then the keys that came with them."""
    for statement in statements("m0003_board.sql"):
        op.execute(statement)
    op.execute(grant("card.convert", like="card.move"))
    op.execute(grant("filter.save", like="card.read", scope="own"))
    _search_columns(op.get_bind())


def _search_columns(bind: Any) -> None:
    """The words by which filters find what is there already."""

    def rows_of(sql: str) -> Any:
        return bind.exec_driver_sql(sql).fetchall()

    cards = [(word_row(title), row_id) for row_id, title in rows_of("SELECT id, title FROM card")]
    people = [
        (word_row(name, trade_name or ""), row_id)
        for row_id, name, trade_name in rows_of("SELECT id, name, trade_name FROM party")
    ]
    notes = [(row_id, " ".join(words_of(body))) for row_id, body in rows_of("SELECT id, body FROM note")]
    bind.exec_driver_sql(_NOTES)
    for sql, rows in (
        ("UPDATE card SET title_words = ? WHERE id = ?", cards),
        ("UPDATE party SET name_words = ? WHERE id = ?", people),
        ("INSERT INTO note_fts (rowid, words) VALUES (?, ?)", notes),
    ):
        if rows:
            bind.exec_driver_sql(sql, rows)
