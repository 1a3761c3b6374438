"""A demonstration with a user for each terminal, contacts of their own, and cards that all of them change."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

SHARED = 4
EACH = 6
"""Contacts of one's own, as far as they go round."""
_CARDS = """
SELECT id, number FROM card WHERE kind = 'opportunity' AND status = 'open' AND next_due_on IS NOT NULL
AND archived_at IS NULL AND deleted_at IS NULL ORDER BY id
"""


class Company(NamedTuple):
    """Who works, the numbers of cards that everybody changes, and of the one that is looked at."""

    logins: list[str]
    shared: list[str]
    watched: str


def hire(database: Path, terminals: int) -> Company:
    """Make the users and hand them contacts, through the door."""
    from crm_tui.bootstrap import open_crm
    from crm_tui.domain.outcome import Done
    from crm_tui.services.access.commands import AddUser
    from crm_tui.services.board.commands import HandOver

    logins = [f"t{n:02d}" for n in range(terminals)]
    crm = open_crm(database, "admin")
    with closing(crm.store) as store:
        profile = store.reader().execute("SELECT id FROM profile WHERE is_admin = 1").fetchone()[0]
        cards = store.reader().execute(_CARDS).fetchall()
        users = []
        for login in logins:
            made = crm.run(AddUser(login=login, name=f"Terminal {login}", profile=profile))
            assert isinstance(made, Done), made
            users.append(made.entity_id)
        for nth, (card, _) in enumerate(cards[SHARED + 1 : SHARED + 1 + EACH * terminals]):
            handed = crm.run(HandOver(card=card, to=users[nth % terminals]))
            assert isinstance(handed, Done), handed
    numbers = [number for _, number in cards]
    return Company(logins, numbers[:SHARED], numbers[SHARED])
