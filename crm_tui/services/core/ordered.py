"""What is read of lists that are names in an order, each in use or not: channels, media, classes of people.

Each has its own views, because each says who may read it; what they do is the same. (M49, M50, M1)
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_tui.domain.fields import Option
from crm_tui.domain.register import RegisterRow
from crm_tui.i18n import N_, Text
from crm_tui.services.core.reading import Reading
from crm_tui.services.core.scope import matching


@dataclass(frozen=True, slots=True)
class Ordered:
    """`every` asks for id, name, whether it is in use, and version, in the order of the list."""

    every: str

    def pick(self, reading: Reading, text: str, *, out_of_use: bool = False) -> list[Option]:
        """What matches a text of those in use, or of all."""
        found = [(i, name) for i, name, active, _ in self._rows(reading) if active or out_of_use]
        return matching([Option(i, name, "", name) for i, name in found], text)

    def listed(self, reading: Reading) -> list[RegisterRow]:
        """As settings list them, those out of use in their places."""
        return [
            RegisterRow(
                i,
                version,
                name,
                (name, "" if active else Text(N_("out of use"))),
                {"name": name},
                active=bool(active),
            )
            for i, name, active, version in self._rows(reading)
        ]

    def _rows(self, reading: Reading) -> list[tuple[int, str, int, int]]:
        return reading.connection.execute(self.every).fetchall()
