"""The world of the table of phrases: Brazil's holidays round 2026, and how many examples to try."""

from __future__ import annotations

import os
from datetime import date, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from crm_tui.domain.worktime import DayException, ExceptionKind, WorkCalendar

HOLIDAYS = {
    date(2026, 11, 20): "Consciência Negra",
    date(2026, 12, 25): "Natal",
    date(2027, 1, 1): "Confraternização",
    date(2027, 3, 26): "Sexta-feira Santa",
}
CALENDAR = WorkCalendar(
    exceptions={day: DayException(ExceptionKind.HOLIDAY, title) for day, title in HOLIDAYS.items()}
)
THURSDAY = datetime(2026, 11, 19, 9, 40)  # the eve of a holiday
FRIDAY = datetime(2026, 11, 27, 18, 40)
WEDNESDAY = datetime(2026, 12, 30, 14, 10)
SUNDAY = datetime(2027, 2, 28, 10, 15)

LANGUAGES = ("pt-BR", "en")

# CRM_TUI_EXAMPLES=4000 tries as many as the specification was measured with.
FEW = settings(
    max_examples=int(os.environ.get("CRM_TUI_EXAMPLES", "120")),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

nows = st.datetimes(datetime(2024, 1, 1), datetime(2034, 12, 31))
