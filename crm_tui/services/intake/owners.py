"""Whose the people of a file become: the operator whom it names; what cannot be is told. (M96)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crm_tui.domain.text import fold
from crm_tui.i18n import Text
from crm_tui.services.core import handing
from crm_tui.services.core.reading import Reading
from crm_tui.services.intake.contact import Contact, Owner
from crm_tui.store.queries import intake as queries


class Owners:
    """Made for one file; every name is looked up once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[str, Owner | Text] = {}
        self._users: list[tuple[int, str, str, str]] | None = None

    def placed(self, row: Contact, named: str) -> Contact:
        """The row with its owner, or with what is to be told of the one it names."""
        said = fold(named).removeprefix("@")
        if not said:
            return row
        if said not in self._known:
            self._known[said] = self._found(said, named)
        found = self._known[said]
        return (
            replace(row, doubts=(*row.doubts, found))
            if isinstance(found, Text)
            else replace(row, owner=found)
        )

    def _found(self, said: str, named: str) -> Owner | Text:
        found = [*self._meant(said)]
        if len(found) > 1:
            return Text(
                "The owner may be one of several: {name}. Somebody new becomes yours.", {"name": named[:80]}
            )
        if not found:
            return Text("There is no user {name}: somebody new becomes yours.", {"name": named[:80]})
        viewer, owner = self._reading.viewer, found[0]
        if owner.id == viewer.user_id:
            return owner
        if not handing.may_hand(viewer):
            return Text("Your profile does not allow you to hand a person over: somebody new becomes yours.")
        if not handing.attends(self._reading.connection, owner.login, owner.id):
            return Text("{login} may not attend: somebody new becomes yours.", {"login": owner.login})
        return owner

    def _meant(self, said: str) -> Iterator[Owner]:
        if self._users is None:
            self._users = self._reading.connection.execute(queries.USERS).fetchall()
        for user_id, login, name, mail in self._users:
            if said in (fold(login), fold(name), mail.lower()):
                yield Owner(user_id, login)
