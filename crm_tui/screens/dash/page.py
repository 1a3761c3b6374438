"""Painel as figures and blocks with every word said: what the widget draws, what `y` copies, what a spot means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_tui.domain.dash import FORTNIGHT, LOST_DAYS, Commitment, Dash, Kept
from crm_tui.i18n import N_, say, say_in, say_n
from crm_tui.ui import formats
from crm_tui.ui.look import Look
from crm_tui.widgets.chart import Block, Figure, Row, Spark
from crm_tui.widgets.charts import Page
from crm_tui.widgets.looks import Run, clean

COMING = 6
"""Commitments to come that are listed."""
REASONS = 6
STAGES = 6


def page(look: Look, dash: Dash) -> Page:
    """All of it."""
    return Page(
        (
            _overdue(look, dash),
            _today(look, dash),
            _contacts(dash),
            _commitments(dash),
            _open(dash),
            _won(dash),
        ),
        (_week(look, dash), _coming(dash)),
        (_by_day(look, dash), _stopped(look, dash), _lost(dash)),
    )


# --- figures


def _overdue(look: Look, dash: Dash) -> Figure:
    count, since = dash.overdue_count, dash.since_yesterday
    notes: tuple[Run, ...] = (Run(say(N_("none overdue")), "muted"),)
    if count:
        said = say(N_("{n} last two days"), n=formats.number(since))
        notes = (Run(f"{look.glyph('overdue')} ", "overdue"), Run(said, "muted"))
    days = Spark(tuple(dash.overdue.get(day, 0) for day in dash.days_before), FORTNIGHT - 1, "overdue")
    tone = "overdue" if count else "bright"
    return Figure("overdue", say(N_("Overdue")), formats.number(count), tone, notes, days)


def _today(look: Look, dash: Dash) -> Figure:
    left, done = dash.left_today, dash.done_today
    of = say(N_("{done} of {all}"), done=formats.number(done), all=formats.number(done + left))
    to_do = say(N_("{n} to do"), n=formats.number(left))
    notes = (Run(f"{look.glyph('today')} ", "today"), Run(to_do, "muted"))
    days = Spark(tuple(dash.due.get(day, 0) for day in dash.days_ahead), 0, "today")
    return Figure("today", say(N_("Today")), of, "today" if left else "bright", notes, days)


def _contacts(dash: Dash) -> Figure:
    days = Spark(tuple(dash.done.get(day, 0) for day in dash.days_before), FORTNIGHT - 1, "accent")
    notes = (Run(say(N_("{n} today"), n=formats.number(dash.done_today)), "muted"),)
    return Figure(
        "contacts", say(N_("Contacts this week")), formats.number(dash.contacts), "bright", notes, days
    )


def _commitments(dash: Dash) -> Figure:
    today = len(dash.of_days(dash.today, dash.today))
    coming = dash.coming
    notes: tuple[Run, ...] = (Run(say(N_("none to come")), "muted"),)
    if coming:
        notes = (Run(f"{say(N_('next'))} ", "muted"), Run(_near(dash, coming[0]), "text"))
    days = Spark(tuple(len(dash.of_days(day, day)) for day in dash.days_ahead), 0, "accent")
    value = say(N_("{n} today"), n=formats.number(today))
    return Figure("commitments", say(N_("Appointments")), value, "bright", notes, days)


def _open(dash: Dash) -> Figure:
    total = dash.open_sum
    weighted = say(N_("w. {sum}"), sum=formats.money_list(total.weighted, "0"))
    cards = say_n("{count} card", "{count} cards", total.cards, count=formats.number(total.cards))
    return Figure(
        "open",
        say_in("money", "Open"),
        formats.money_total(total.cents),
        notes=(Run(weighted, "muted"),),
        more=(Run(cards, "muted"),),
    )


def _won(dash: Dash) -> Figure:
    won = dash.won
    name = say(N_("Won in {month}"), month=formats.month(dash.today))
    cards = say_n("{count} card", "{count} cards", won.cards, count=formats.number(won.cards))
    days = Spark(tuple(dash.won_on(day) for day in dash.days_before), FORTNIGHT - 1, "open")
    tone = "open" if won.cents else "bright"
    return Figure("won", name, formats.money_total(won.cents), tone, (Run(cards, "muted"),), days)


# --- blocks


def _by_day(look: Look, dash: Dash) -> Block:
    rows = tuple(
        Row(
            f"contacts:{day.day}",
            _day(day.day),
            ((day.done, "bar_accent"), (day.overdue, "bar_overdue")),
            (
                Run(formats.number(day.done), "bright", True),
                Run(f"{look.glyph('overdue')} {formats.number(day.overdue)}", "overdue")
                if day.overdue
                else Run(""),
            ),
            strong=day.day == dash.today,
        )
        for day in dash.contact_days()
    )
    return Block("contacts", say(N_("Contacts by day")), say(N_("done, overdue")), rows)


def _week(look: Look, dash: Dash) -> Block:
    rows = tuple(
        Row(
            f"kept:{day.day}",
            _day(day.day),
            (
                (day.held, "bar_open"),
                (day.missed, "busy"),
                (day.over, "bar_overdue"),
                (day.coming, "bar_accent"),
            ),
            (
                Run(_some(look, "closed", day.held), "open"),
                Run(_some(look, "dash", day.missed), "text"),
                Run(_some(look, "overdue", day.over), "overdue"),
                Run(_some(look, "open", day.coming), "bright", True),
                Run(formats.hours(day.minutes) if day.minutes else "", "muted"),
            ),
            strong=day.day == dash.today,
        )
        for day in dash.kept_by_day()
    )
    columns = say(N_("held, missed, to come, hours"))
    return Block("kept", say(N_("Appointments of the week")), columns, rows)


def _coming(dash: Dash) -> Block:
    coming = dash.coming
    rows = tuple(
        Row(
            f"next:{each.id}",
            _when(dash, each),
            numbers=(Run(each.whose, "muted"),) if dash.team else (),
            words=clean(each.party or each.subject or each.action),
            beside=clean(each.subject or each.action) if each.party else "",
        )
        for each in coming[:COMING]
    )
    more = len(coming) - len(rows)
    if not rows:
        note = say(N_("Nothing is agreed."))
    else:
        note = (
            say_n("and {n} more until {day}", "and {n} more until {day}", more, day=_last(dash))
            if more
            else ""
        )
    return Block("next", say(N_("Next appointments")), "", rows, note)


def _stopped(look: Look, dash: Dash) -> Block:
    rows = tuple(
        Row(
            f"stopped:{each.stage_id}",
            clean(each.stage),
            ((each.cents, "bar_stale"),),
            (
                Run(f"{look.glyph('stale')} {each.stale}" if each.stale else "", "stale"),
                Run(f"{look.glyph('late')} {each.late}" if each.late else "", "today"),
                Run(formats.money_list(each.cents, look.glyph("dash")), "bright"),
            ),
        )
        for each in dash.stopped[:STAGES]
    )
    note = say(N_("No card stands still or is late.")) if not rows else ""
    if len(rows) > 1 and dash.stopped[0].cents:
        note = say(N_("most money stands still in {stage}"), stage=clean(dash.stopped[0].stage))
    return Block("stopped", say(N_("Where cards stop")), say(N_("stale, late, R$")), rows, note)


def _lost(dash: Dash) -> Block:
    lost = dash.lost()
    rows = tuple(
        Row(
            f"lost:{each.reason_id}",
            clean(each.reason) or say(N_("no reason said")),
            ((each.cards, "busy"),),
            (Run(formats.number(each.cards), "bright", True), Run(formats.money_list(each.cents), "text")),
        )
        for each in lost[:REASONS]
    )
    rest = lost[REASONS:]
    note = say(N_("No card was lost.")) if not rows else ""
    if rest:
        note = say_n("and {n} more reason", "and {n} more reasons", len(rest))
    title = say(N_("Why cards are lost, {n} days"), n=LOST_DAYS)
    return Block("lost", title, say(N_("cards, R$")), rows, note)


# --- words


def _day(day: date) -> str:
    return f"{formats.weekday(day)} {day:%d}"


def _some(look: Look, glyph: str, count: int) -> str:
    return f"{look.glyph(glyph)} {formats.number(count)}" if count else ""


def _when(dash: Dash, each: Commitment) -> str:
    """`sex 20 09:30`; today by its name."""
    day = each.day(dash.zone)
    word = say_in("day", "today") if day == dash.today else _day(day)
    return f"{word} {formats.clock(each.start_at, dash.zone)}"


def _near(dash: Dash, each: Commitment) -> str:
    """The same, of today the hour alone."""
    clock = formats.clock(each.start_at, dash.zone)
    day = each.day(dash.zone)
    return clock if day == dash.today else f"{_day(day)} {clock}"


def _last(dash: Dash) -> str:
    return formats.day_word(dash.days_ahead[-1], dash.today)


KEPT_WORDS = {
    Kept.HELD: N_("held"),
    Kept.MISSED: N_("missed"),
    Kept.OVER: N_("not registered"),
    Kept.COMING: N_("to come"),
}
"""What became of an appointment, as one says it."""


def title(dash: Dash) -> tuple[str, str]:
    """What the page is called, and whose days it shows."""
    name = say(N_("The team's week")) if dash.team else say(N_("My week"))
    first, last = dash.week
    begins = f"{formats.weekday(first)} {first:%d}" + ("" if first.month == last.month else f"{first:/%m}")
    days = say(N_("{first} to {last}"), first=begins, last=formats.day_full(last))
    team = say_n("{n} operator", "{n} operators", len(dash.users))
    return name, f"{days}  {team if dash.team else dash.logins.get(dash.users[0], '')}"


def as_text(shown: Page, heading: str) -> str:
    """The numbers as one pastes them into a message: a line each."""
    lines = [heading, ""]
    for figure in shown.figures:
        words = [figure.value, *_told(figure.notes), *_told(figure.more)]
        lines.append(f"{figure.name}: {', '.join(words)}")
    for block in shown.blocks():
        lines += ["", f"{block.title} ({block.columns})" if block.columns else block.title]
        for row in block.rows:
            words = [row.words, row.beside, *(run.text for run in row.numbers if run.text)]
            lines.append(f"{row.label}  {'  '.join(filter(None, words))}".rstrip())
        lines += [block.note] if block.note else []
    return "\n".join(lines)


def _told(runs: Sequence[Run]) -> list[str]:
    said = "".join(run.text for run in runs).strip()
    return [said] if said else []


_MEANT = {
    "overdue": N_("bars: the day on which they fell due, fourteen days up to today"),
    "today": N_("bars: what falls due today and on the thirteen days to come"),
    "contacts": N_("bars: what was registered on the last fourteen days"),
    "commitments": N_("bars: appointments of today and of the thirteen days to come"),
    "open": N_("all open cards; weighted by the chances of their stages"),
    "won": N_("bars: what was won on the last fourteen days"),
}


def meant(shown: Page, key: str) -> str:
    """What the number under the cursor says beside itself."""
    figure = next((each for each in shown.figures if each.key == key), None)
    return f"{figure.name}, {say(_MEANT[key])}" if figure is not None else ""
