"""A bare application with a look: the stage on which the widgets are tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from textual.app import App, ComposeResult
from textual.widget import Widget

from crm_tui.domain.followup import QueueRow
from crm_tui.ui.look import Look

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 19, 13, 42, tzinfo=UTC)
"""Thursday 19/11/2026, 10:42 in São Paulo: today in every picture."""
TODAY = date(2026, 11, 19)


class Stage(App[None]):
    """Shows what `build` yields and keeps every message that `keep` names."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, build: Callable[[], list[Widget]], look: Look | None = None) -> None:
        super().__init__()
        self.look = look or Look()
        self._build = build
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield from self._build()

    def screen_text(self) -> list[str]:
        """What stands on the screen, row by row, right blanks stripped."""
        strips = self.screen._compositor.render_strips()
        return ["".join(s.text for s in strip).rstrip() for strip in strips]


def row(
    key: int,
    due: int | None = 0,
    *,
    hour: tuple[int, int] | None = None,
    **changes: object,
) -> QueueRow:
    """A queue row due `due` days from today (None: no step), at `hour` local time if given."""
    day = None if due is None else TODAY + timedelta(days=due)
    start = None
    if day is not None and hour is not None:
        start = datetime(day.year, day.month, day.day, *hour, tzinfo=ZONE).astimezone(UTC)
    values: dict[str, object] = {
        "key": key, "card_id": key, "activity_id": key, "number": f"OP-{key:04}", "title": f"Negócio {key}",
        "subject": "Retorno da proposta", "party_id": key, "party": f"Pessoa {key}", "owner_id": 1,
        "owner": "ana", "board": "Vendas", "stage": "Proposta", "status": "open",
        "due_on": day, "start_at": start,
        "internal_on": None, "value_cents": 1_240_000, "stale_days": None, "late_days": None,
        "reopened": False, "version": 1,
    }  # fmt: skip
    return QueueRow(**(values | changes))  # type: ignore[arg-type]
