"""The input of one field of a command, by its declaration: which widget, which answers, which echo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from crm_tui.domain import when, when_span
from crm_tui.domain.fields import FieldSpec, chosen_id, item, items
from crm_tui.domain.fields import Option as Answer
from crm_tui.domain.fields import Widget as Kind
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core.path_line import PathLine
from crm_tui.screens.core.reach import reaches
from crm_tui.ui.sentences import amounts
from crm_tui.widgets.fields import Leave
from crm_tui.widgets.line import Line
from crm_tui.widgets.pick import Option, Pick, among
from crm_tui.widgets.picks import Picks
from crm_tui.widgets.when_field import Echo, Offer, WhenField

if TYPE_CHECKING:
    from crm_tui.screens.core.base import CrmScreen
    from crm_tui.screens.core.free_time import FreeTime

OF_BOARD = frozenset(("stages", "every_stage", "templates", "case_types"))
"""Pickers that offer what a board has, if it is known which."""
OF_FORM = frozenset(("questions",))
"""Pickers that offer what a form asks."""
SEARCHED = frozenset(("people", "contacts", "cards"))
"""Pickers over sets that grow: digits and blanks are text there."""
FRESH = {"people": N_("New person"), "contacts": N_("New contact")}
"""Pickers in which somebody who is not known yet is made in place, and what that is called. (T31, T51)"""


def make(
    screen: CrmScreen[Any],
    spec: FieldSpec,
    raw: str = "",
    label: str = "",
    *,
    context: Mapping[str, int] | None = None,
    beside: bool = False,
    last: bool = False,
    proposed: bool = False,
) -> Widget:
    """The widget of a field, with a raw text in it (and the label of what it picks); `last` of its sheet. `proposed`:
    what is typed takes the text's place."""
    match spec.widget:
        case Kind.BODY:
            from crm_tui.widgets.body import Body

            return Body(raw, placeholder=words(spec, spec.help), id=spec.name)
        case Kind.PATH:
            return PathLine(raw, endings=(), placeholder=say(spec.help), id=spec.name)
        case Kind.WHEN:
            ground = (
                "background" if beside else "raised"
            )  # the editor's is the place itself, a form's its sheet
            return WhenField(
                lambda words: echo(screen, words, past=spec.past, ever=spec.ever, ends=bool(spec.ends)),
                raw,
                beside=beside,
                days=(spec.hours or spec.days) and not spec.past and hasattr(screen, "free_time"),
                hours=spec.hours,
                proposed=proposed,
                ground=ground,
                id=spec.name,
            )
        case Kind.PICK:
            return _pick(screen, spec, raw, label, context or {}, last=last)
        case Kind.CHOICE | Kind.FLAG:
            flags = (("1", say(N_("yes"))), ("0", say(N_("no"))))
            named = tuple((value, words(spec, text)) for value, text in spec.choices)
            options = [Option(*each) for each in named or flags]
            if spec.many:
                given = items(raw)
                return Picks(among(options), [o for o in options if items(o.value)[0] in given], id=spec.name)
            chosen = next((o for o in options if o.value == raw), None)
            meant = next((o.label for o in options if o.value == spec.default), "")
            return Pick(
                among(options),
                chosen,
                optional=not spec.required,
                placeholder=meant,
                inline=last,
                id=spec.name,
            )
    secret = spec.widget is Kind.SECRET
    placeholder = say(spec.help) if spec.help else ""
    return Line(raw, placeholder=placeholder, password=secret, whole=spec.widget is Kind.HOURS, id=spec.name)


def _pick(
    screen: CrmScreen[Any], spec: FieldSpec, raw: str, label: str, context: Mapping[str, int], *, last: bool
) -> Pick:
    """A field that names a record; of people one who is not known yet may be made in it."""
    found = partial(_picked, screen, spec, context=context)
    placeholder = say(spec.help) if spec.help else ""
    if spec.many:
        search = spec.pick in SEARCHED
        return Picks(found, _named(raw, label), search=search, placeholder=placeholder, id=spec.name)
    value = Option(raw, label or raw) if raw else None
    given: dict[str, Any] = {
        "search": spec.pick in SEARCHED,
        "optional": not spec.required,
        "placeholder": placeholder,
        "inline": last,
        "id": spec.name,
    }
    if spec.pick not in FRESH:
        return Pick(found, value, **given)
    from crm_tui.widgets.fresh_pick import FreshPick

    return FreshPick(found, value, fresh=say(FRESH[spec.pick]), contact=spec.pick == "contacts", **given)


def _named(raw: str, label: str) -> list[Option]:
    """The answers of a field of several, each with what it is called."""
    values, called = items(raw), items(label)
    known = called if len(called) == len(values) else values
    return [Option(item(value), name) for value, name in zip(values, known, strict=True)]


def words(spec: FieldSpec, text: str) -> str:
    """A label of a field in the language in force, or as it stands where it is data."""
    return text if spec.literal or not text else say(text)


def _picked(
    screen: CrmScreen[Any], spec: FieldSpec, text: str, *, context: Mapping[str, int]
) -> list[Option]:
    found = answers(screen, spec, text, context=context)
    return [
        Option(f"#{o.value}", o.label, o.hint if isinstance(o.hint, str) else say(amounts(o.hint)))
        for o in found
    ]


def answers(
    screen: CrmScreen[Any], spec: FieldSpec, text: str, *, context: Mapping[str, int]
) -> Sequence[Answer]:
    """What a field's picker offers for a text; of stages and what else belongs to a board, those of the board that is
    chosen beside it, or else of the one that `context` names, those behind its `stage` first, or of that of the stage
    that is chosen; of other boards, those to which a card of that one may go; of questions likewise those of the form,
    of items those of the offer first."""
    here = context.get("board")
    near = here if spec.pick == "other_boards" else _chosen(screen, "board") or here
    extra: dict[str, Any] = (
        {"board_id": near} if near is not None and spec.pick in (*OF_BOARD, "other_boards") else {}
    )
    if spec.pick == "stages" and "stage" in context:
        extra["beyond"] = context["stage"]
    if (
        spec.pick == "every_stage"
        and spec.name != "stage"
        and (stage := _chosen(screen, "stage")) is not None
    ):
        extra = {"beside": stage}
    form = _chosen(screen, "form") or context.get("form") if spec.pick in OF_FORM else None
    extra |= {"form_id": form} if form is not None else {}
    if spec.pick == "details":
        extra = {"result_id": _chosen(screen, "result")}
    if spec.pick == "phones":
        chosen = (_chosen(screen, "contact"), _chosen(screen, "next_contact"))
        people = (context.get("party"), context.get("contact"), *chosen)
        extra = {"parties": [each for each in people if each is not None]}
    if spec.pick == "contacts":
        extra = {"party_id": context.get("party"), "contact_id": context.get("contact")}
    if spec.pick == "offer_items" and "offer" in context:
        extra = {"offer_id": context["offer"]}
    picker = screen.shell.pickers[spec.pick or ""]
    if not reaches(screen.crm, picker):  # such as the operators; what is typed is refused when it is saved
        return ()
    found: Sequence[Answer] = screen.crm.read(picker, text, **extra)
    return found


def known(screen: CrmScreen[Any], spec: FieldSpec, text: str) -> Sequence[Answer]:
    """What a field's picker knows, wherever it is, in use or not, and whatever it is reached by: a colleague may have
    chosen what is not offered here."""
    pick, pickers = spec.pick or "", screen.shell.pickers
    picker = pickers.get(f"every_{pick.removesuffix('s')}") or pickers[pick]
    if not reaches(screen.crm, picker):
        return ()
    found: Sequence[Answer] = screen.crm.read(picker, text)
    return found


def _chosen(screen: CrmScreen[Any], name: str) -> int | None:
    """The board, or the form, that a form's own field of that name says."""
    field = getattr(screen, "inputs", {}).get(name)
    return chosen_id(raw_of(field)) if field is not None else None


def settle(widgets: Iterable[Widget]) -> None:
    """Take what is highlighted in pick fields, as `tab` does: a form is saved as it looks."""
    for widget in widgets:
        if isinstance(widget, Pick):
            widget.settle()


def raw_of(widget: Widget) -> str:
    """The raw text of any field."""
    return str(widget.raw)  # type: ignore[attr-defined]


def put(widget: Widget, raw: str, label: str = "") -> None:
    """Put a raw text in, as from a draft."""
    if isinstance(widget, Picks):
        widget.set_values(_named(raw, label))
    elif isinstance(widget, Pick):
        widget.set_value(Option(raw, label or raw) if raw else None)
    elif isinstance(widget, (Line, WhenField)):
        widget.set_raw(raw)
    else:
        widget.set_raw(raw)  # type: ignore[attr-defined]


def changed(widget: Widget) -> None:
    """A field that was refused is right again once it is changed; a date says itself whether it is read."""
    if not isinstance(widget, WhenField):
        mark_wrong(widget, False)


def mark_wrong(widget: Widget, wrong: bool) -> None:
    """Draw a field as refused, or as right again."""
    target = widget.line if isinstance(widget, WhenField) else widget
    if hasattr(target, "wrong"):
        target.wrong = wrong


def echo(
    screen: CrmScreen[Any],
    words: str,
    *,
    day: bool = False,
    past: bool = False,
    ever: bool = False,
    ends: bool = False,
) -> Echo:
    """What the words of a date field mean, for the line under it: said in full, with what clashes.

    `day`: the field keeps the day alone, so no hour is promised; `past`: its days lie behind, `ever`: they may;
    `ends`: the phrase may say, too, when it ends.
    """
    if not words.strip():
        return Echo()
    zone = screen.zone
    now = screen.now.astimezone(zone).replace(tzinfo=None)
    calendar = screen.shell.calendar
    two = when_span.parted(words, now, calendar, language(), zone) if ends else None
    words = two.start if two is not None else words
    found = when.read(words, now, calendar, language(), zone=zone, past=past, ever=ever)
    if isinstance(found, when.WhenRefusal):
        return Echo(
            refusal=say(when.sentence(found, words, now, language())),
            start=found.start,
            end=found.end,
            offers=tuple(
                Offer(o.words, when.describe(o.value, now, calendar, language()).distance)
                for o in found.offers
            ),
        )
    if day and isinstance(found, datetime):
        found = found.date()
    told = when.describe(found, now, calendar, language(), words=words)
    notes = [told.distance, *told.warnings, *told.corrected]
    tone = "today" if told.warnings else "muted"
    if isinstance(found, datetime) and not past and found > now:
        against, worse = _free_time(screen).told(found)
        notes.insert(0, against)  # first, because the end of the row may be cut
        tone = worse if worse and (worse == "overdue" or tone == "muted") else tone
    date = f"{told.echo}–{two.end}" if two is not None else told.echo
    return Echo(date=date, note=" · ".join(n for n in notes if n), tone=tone)


def _free_time(screen: CrmScreen[Any]) -> FreeTime:
    """What those for whom a screen is have free: its own where it shows days, else read for this once."""
    from crm_tui.screens.core.free_time import FreeTime

    kept = getattr(screen, "free_time", None)
    return kept if isinstance(kept, FreeTime) else FreeTime(screen)


def left(inputs: Mapping[str, Widget], leave: Leave) -> bool:
    """A field is left by its key: the next or the one before is entered. True: Enter left the last one."""
    order = list(inputs)
    holder = next((n for n, w in inputs.items() if leave.field is w or w in leave.field.ancestors), "")
    at = order.index(holder) + leave.step if holder in order else 0
    if 0 <= at < len(order):
        inputs[order[at]].focus()
    return leave.key == "enter" and at >= len(order)
