"""The end of a rule, read in one place: a day, an instant, an hour on the series' own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from crm_tui.domain.recurring import until_of

MANAUS = ZoneInfo("America/Manaus")


def test_an_until_is_a_day_an_instant_or_an_hour_on_the_series_clock() -> None:
    assert until_of("20261231", MANAUS) == date(2026, 12, 31)
    assert until_of("20261231T020000Z", MANAUS) == datetime(2026, 12, 31, 2, tzinfo=UTC)
    local = until_of("20261231T020000", MANAUS)
    assert local == datetime(2026, 12, 31, 2, tzinfo=MANAUS) == datetime(2026, 12, 31, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "value", ["", "2026", "20261301", "20261231T25", "20261231T250000", "20261231T0200", "amanhã"]
)
def test_an_until_that_says_no_end_is_none(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of whichever part
        until_of(value, MANAUS)
