"""The words of cards that have no story of their own, and the hours at which people work.

Draws from `data/demo/words.toml` with the generator's own dice; knows nothing of rows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from crm_tui.store.demo.company import House
from crm_tui.store.demo.files import told

_BY_WORD = (
    ("e-mail", "E-mail"),
    ("mandar", "WhatsApp"),
    ("visita", "Visita"),
    ("reunião", "Reunião"),
    ("apresentação", "Reunião"),
    ("demonstração", "Reunião"),
    ("mostrar", "Reunião"),
    ("levar", "Visita"),
    ("ligar", "Ligação"),
    ("ligação", "Ligação"),
    ("retorn", "Retornar ligação"),
    ("cobrar", "Ligação"),
    ("confirmar", "Ligação"),
)
_MEDIUM = {
    "Ligação": "Telefone",
    "Retornar ligação": "Telefone",
    "WhatsApp": "WhatsApp",
    "E-mail": "E-mail",
    "Reunião": "Vídeo",
    "Visita": "Presencial",
    "Tarefa": "Telefone",
}
_ACTIONS = ("Ligação", "Ligação", "Ligação", "WhatsApp", "WhatsApp", "E-mail", "Reunião", "Visita")
_RESULTS = ("Positivo", "Positivo", "Positivo", "Neutro", "Neutro", "Negativo")
_BANK = {"Positivo": "positive", "Neutro": "neutral", "Negativo": "negative"}


class Teller:
    """Invents what was said and done."""

    def __init__(self, house: House, rng: Random) -> None:
        self._house = house
        self._rng = rng

    def action_for(self, subject: str) -> str:
        """The kind of action that a step's words speak of."""
        low = subject.lower()
        return next((action for word, action in _BY_WORD if word in low), "Tarefa")

    def clock(self, *, until: str = "17:45") -> str:
        """A minute of the working day, as `HH:MM`."""
        last = int(until[:2]) * 60 + int(until[3:])
        minute = self._rng.randrange(8 * 60 + 5, last)
        return f"{minute // 60:02d}:{minute % 60:02d}"

    def office_hours(self, when: datetime) -> datetime:
        """The same day (the Friday before, if it is a weekend) at a working hour."""
        hour, minute = self.clock().split(":")
        when -= timedelta(days=max(0, when.weekday() - 4))
        return when.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)

    def note(
        self, board: str, by: str, when: datetime, *, first: bool = False, outcome: str = ""
    ) -> dict[str, Any]:
        """One parecer: who, when, the action, the result and the words."""
        action = self._rng.choice(_ACTIONS)
        result = self._rng.choice(_RESULTS[:5])
        if outcome:
            result = "Negativo" if outcome.startswith("lost") else "Positivo"
        elif first:
            result = self._rng.choice(_RESULTS[:3])
        of = "ticket" if board == "Suporte" else "opening" if first and not outcome else _BANK[result]
        return {
            "when": when,
            "by": by,
            "action": action,
            "result": result,
            "medium": _MEDIUM[action],
            "text": self._rng.choice(told("words")[of]["texts"]),
        }
