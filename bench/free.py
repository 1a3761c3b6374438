"""Dias livres with half a million appointments in the base: fifty people over a month against the text it sends.

As `measures`: each function gives its figures and knows the limits they are held against.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench import agenda_base
from bench.queries import Pair, ratio
from bench.report import Figure
from crm_tui.bootstrap import open_crm
from crm_tui.services.core import hours
from crm_tui.services.free import views
from crm_tui.store.queries import free as queries

if TYPE_CHECKING:
    from bench.measures import Plan

MONTH = 31


def pairs(database: Path, users: tuple[int, ...], first: date) -> Iterator[Pair]:
    """The view of a month, and what it asks of SQLite; one person's fortnight, as a date field reads it."""
    crm = open_crm(database, "ana")
    reading = crm.reading()
    for name, people, count in (("a month", users, MONTH), ("one person's fortnight", users[:1], 14)):
        days = [first + timedelta(days=n) for n in range(count)]
        works = hours.of_users(reading.connection, people, days[0], days[-1])
        yield Pair(
            f"{len(people)} people, {name}" if len(people) > 1 else name,
            partial(views.free_days, reading, people, days[0], days[-1]),
            queries.DAYS,
            views.parameters(works, days),
        )


def free_days(plan: Plan) -> list[Figure]:
    """The view ÷ its raw SQL."""
    with plan.program.demonstration(plan.few_cards, plan.few_people) as database:
        today = date.today()  # noqa: DTZ011
        users = agenda_base.fill(database, today, plan.operators, plan.appointments)
        figures = []
        first = today - timedelta(days=MONTH)
        month, fortnight = pairs(database, users, first)
        times, mine, bare = ratio(month, database, plan.runs * 2 + 1)
        base = f"{plan.appointments:,} appointments"
        how = f"{mine:.1f} ms ÷ {bare:.1f} ms"
        figures.append(Figure(f"dias livres, {month.name}, {base} ÷ raw SQL", 1.5, 1.2, times, how=how))
        times, mine, bare = ratio(fortnight, database, plan.runs * 2 + 1)
        how = f"÷ raw SQL {times:.1f}"
        figures.append(Figure(f"dias livres, {fortnight.name}, {base}", 5, 2, mine, "ms", how))
    return figures
