"""The stays of a card as rows of its data: each stage with its days, in calendar and in working time. (M35)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from crm_tui.domain.stays import Spent, Stay, in_days, returned, spent
from crm_tui.domain.worktime import WorkCalendar
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.board.facts import Datum
from crm_tui.ui import formats
from crm_tui.ui.look import Look


def data(
    look: Look, stays: Sequence[Stay], now: datetime, zone: tzinfo, calendar: WorkCalendar
) -> list[Datum]:
    """A heading and a row for each stay, the newest first; a sum for each stage that the card came back to."""
    if not stays:
        return []
    timed = [(stay, spent(stay, now, zone, calendar)) for stay in stays]
    rows = [Datum(say(N_("Time in stages")), say(N_("calendar days, working days, by when, who answered")))]
    rows += [_row(look, stay, part, now, zone, calendar) for stay, part in timed]
    for name, whole in returned((stay, part) for stay, part in reversed(timed) if part is not None):
        times = say_n("{n} time", "{n} times", whole.times)
        rows.append(Datum(f"  {name}", f"{look.glyph('leads')} {times}: {_length(look, whole, calendar)}"))
    return rows


def _row(
    look: Look, stay: Stay, part: Spent | None, now: datetime, zone: tzinfo, calendar: WorkCalendar
) -> Datum:
    today = now.astimezone(zone).date()
    came = formats.short_date(stay.entered_at.astimezone(zone).date(), today)
    left = formats.short_date(stay.left_at.astimezone(zone).date(), today) if stay.left_at else ""
    span = f"{came} {look.glyph('leads')} {left or say(N_('now'))}" if part is not None else came
    said = [span]
    if part is not None:
        said.append(_length(look, part, calendar))
    if part is not None and stay.due_on is not None:
        said.append(say(N_("due {day}"), day=formats.short_date(stay.due_on, today)))
        if stay.allowed is not None:
            said[-1] += f" ({formats.days_short(stay.allowed)})"
    who = [stay.owner or look.glyph("dash")] if part is not None else []
    if stay.moved_by is not None and stay.moved_by != stay.owner:
        who.append(say(N_("moved by {login}"), login=stay.moved_by))
    return Datum(f"  {stay.stage}", "  ".join([*said, ", ".join(who)]).rstrip())


def _length(look: Look, part: Spent, calendar: WorkCalendar) -> str:
    """`13d, 8,5 úteis  »3d`."""
    working = formats.decimal(in_days(part.minutes, calendar))
    hours = part.time.seconds // 3600
    span = formats.days_short(part.days) if part.days or not hours else say(N_("{n}h"), n=hours)
    words = say(N_("{days}, {working} working"), days=span, working=working)
    late = f"  {look.glyph('late')}{formats.days_short(part.late)}" if part.late is not None else ""
    return words + late
