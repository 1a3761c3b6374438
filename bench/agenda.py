"""The agenda with half a million appointments in the base: a key in the week of fifty people, from month to month.

As `measures`: each function gives its figures and knows the limits they are held against.
"""

from __future__ import annotations

import time
from datetime import date
from statistics import median, quantiles
from typing import TYPE_CHECKING

from bench import agenda_base
from bench.program import QUIT, READY
from bench.report import Figure

if TYPE_CHECKING:
    from bench.measures import Plan
    from tests.tools.term import Term

WALK = ("down", "down", "up", "right", "left")
REST = 0.3
"""Seconds of silence after which the grid and the pane below it stand."""


def keys(plan: Plan) -> list[Figure]:
    """Cursor keys in a week of everybody, then one month after the other."""
    with plan.program.demonstration(plan.few_cards, plan.few_people) as database:
        agenda_base.fill(database, date.today(), plan.operators, plan.appointments)  # noqa: DTZ011
        with plan.program.open(database) as term:
            term.wait(READY, 60)
            term.settle(1.0)
            term.press("3", quiet=1.0)
            _everybody(term)
            walked = [_settled(term, WALK[n % len(WALK)])[0] for n in range(plan.keys)]
            term.press("s", quiet=REST)
            term.press("m", quiet=1.0)
            months = [_settled(term, "pagedown")[1] for _ in range(plan.moves)]
            term.quit(QUIT)
    base = f"{plan.operators} people, {plan.appointments:,} appointments"
    told = f"median {median(walked):.1f} ms of {len(walked)} keys"
    turned = f"95 of 100 {quantiles(months, n=20)[-1]:.0f} ms, of {len(months)}"
    return [
        Figure(f"a key in the week, {base}, 95 of 100", 50, 25, quantiles(walked, n=20)[-1], "ms", told),
        Figure(f"from month to month, {base}, settled", 80, 40, median(months), "ms", turned),
    ]


def _everybody(term: Term) -> None:
    """`O`: the team of all, by its name."""
    term.press("O", quiet=REST)
    term.type("vend")
    term.settle(REST)
    term.press("enter", quiet=REST)
    term.press("ctrl+s", quiet=2.0)


def _settled(term: Term, key: str) -> tuple[float, float]:
    """Milliseconds from a key to the first and to the last change that follows it."""
    asked = time.perf_counter()
    answer = term.press(key, quiet=REST)
    last = term.last_change
    shown = answer.shown_ms or 0.0
    return shown, max(shown, (last - asked) * 1000) if last is not None and last > asked else shown
