"""The days under a date field: which are free for whom the form is, walked by arrows; the first slot by `f5`. (X20)

The same in the parecer, in Remarcar, in Agendar: a mixin of screens with `inputs`. What is free it asks `free_time`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from textual import events
from textual.widget import Widget

from crm_tui.domain import when, when_span
from crm_tui.domain.when_echo import echo
from crm_tui.domain.when_types import WhenRefusal
from crm_tui.i18n import C_, N_, language, say, say_in
from crm_tui.screens.core.free_time import FreeTime
from crm_tui.ui import spans
from crm_tui.ui.footers import footer
from crm_tui.widgets.bars import Footer
from crm_tui.widgets.day_strip import Days, DayStrip, days_beside
from crm_tui.widgets.fields import Changed
from crm_tui.widgets.when_field import WhenField

LOW = 24
"""On a screen of fewer rows the days are opened by `down` alone."""
LABEL = 16
"""Cells before the days of the parecer, whose labels have one width."""


class ShowsDays:
    """Mixin of screens; those that have it make their date fields with `days`."""

    STRIP_GROUND = "raised"
    _strip: DayStrip | None = None
    _strip_field: WhenField | None = None
    _strip_first: date | None = None
    _strip_at: date | None = None
    _walking = False
    _slot_put: tuple[str, datetime] | None = None

    @cached_property
    def free_time(self) -> FreeTime:
        """What those for whom it is have free."""
        return FreeTime(self)

    def _show_keys(self: Any) -> None:
        """The footer of the days while they are walked, else the screen's own."""
        if not self._walking:
            self.show_footer()
            return
        *hints, last = footer("when", self.app.size.width, ascii=self.shell.look.ascii)
        self.footer.show(Footer(tuple(hints), last))

    # --- opening ------------------------------------------------------------------------------------------

    def on_descendant_focus(self: Any, event: events.DescendantFocus) -> None:
        """A date field was entered: its days stand under it, where the screen has room for them."""
        if (walking := event.widget is self._strip) != self._walking:
            self._walking = walking
            self._show_keys()
        field = _field_of(event.widget)
        if field is not None and self.size.height >= LOW and self._strip_field is not field:
            self.run_worker(self._open_days(field), group="days", exclusive=True)

    async def on_when_days_asked(self: Any, event: WhenField.DaysAsked) -> None:
        event.stop()
        await self._open_days(event.field)
        if self._strip is not None:
            if self._strip_at is None:
                self._point(self.today)
            self._strip.focus()

    async def _open_days(self: Any, field: WhenField) -> None:
        if self._strip is not None and self._strip_field is field:
            return
        row = field.parent
        if not isinstance(row, Widget) or not isinstance(row.parent, Widget):
            return
        if self._strip is not None:
            await self._strip.remove()
        self._strip = strip = DayStrip(self._strip_label, self.STRIP_GROUND)
        self._strip_field, self._strip_first, self._strip_at = field, None, None
        await row.parent.mount(strip, after=row)
        self._follow_words()

    # --- what is shown ------------------------------------------------------------------------------------

    def on_field_changed(self: Any, event: Changed) -> None:
        """The days follow the words; other people, or another kind, make them others."""
        strip, field = self._strip, self._strip_field
        if strip is None or field is None:
            return
        if event.field is not field and event.field not in (self.inputs or {}).values():
            return
        if event.field is not field and not event.settled:
            return
        if event.field is not field:
            field.read()
        self._follow_words()

    def changed(self: Any) -> None:
        """Somebody booked something: what is free is read anew."""
        super().changed()  # type: ignore[misc]
        self.free_time.forget()
        if self._strip_field is not None and self._strip_field.is_attached:
            self._strip_field.read()
            self._show_days()

    def _moment(self: Any, field: WhenField) -> date | None:
        """What the words mean: a day, or a moment on the viewer's clock."""
        words = field.raw
        if not words.strip():
            return None
        now = self.now.astimezone(self.zone).replace(tzinfo=None)
        two = when_span.parted(words, now, self.shell.calendar, language(), self.zone)
        if two is not None and (field.id or "") in when_span.ENDS:
            words = two.start
        found = when.read(words, now, self.shell.calendar, language(), zone=self.zone)
        return None if isinstance(found, WhenRefusal) else found

    def _follow_words(self: Any) -> None:
        found = self._moment(self._strip_field) if self._strip_field is not None else None
        if found is None:
            self._strip_at = None
            self._show_days()
        else:
            self._point(found.date() if isinstance(found, datetime) else found)

    def _point(self: Any, day: date) -> None:
        """The chosen day; the strip goes along if it lies beyond its edge."""
        self._strip_at = day
        count = days_beside(self._strip_width, self._strip_label)
        first = self._strip_first or self.today
        if not first <= day < first + timedelta(days=count):
            first = day - timedelta(days=1)
        self._strip_first = first
        self._show_days()

    @property
    def _strip_label(self: Any) -> int:
        """The days begin where the words of the fields do, unless these have less room for a label."""
        wide: int = getattr(self, "_label_width", 0)
        return max(LABEL, wide + 1)

    @property
    def _strip_width(self: Any) -> int:
        row = self._strip_field.parent if self._strip_field is not None else None
        return int((row.size.width if row is not None else 0) or self.app.size.width)

    def _show_days(self: Any) -> None:
        strip, free_time = self._strip, self.free_time
        if strip is None:
            return
        whose = free_time.whose()
        first = self._strip_first or self.today
        days = [first + timedelta(days=n) for n in range(days_beside(self._strip_width, self._strip_label))]
        at = self._strip_at
        shown = []
        for day in days:
            cell, idle = free_time.cell(day)
            shown.append((spans.weekday_and_day(day), cell, idle))
        moment = self._moment(self._strip_field)
        slot, words = None, ""
        if isinstance(moment, datetime):
            begin = moment.hour * 60 + moment.minute
            slot = (begin, min(begin + whose.minutes, 1440))
            end = moment + timedelta(minutes=whose.minutes)
            words = spans.between(f"{moment:%H:%M}", f"{end:%H:%M}")
        strip.show(
            Days(
                say_in("key", C_("key", "Free days")) if len(whose.users) == 1 else say(N_("All free")),
                tuple(shown),
                days.index(at) if at in days else -1,
                spans.weekday_and_day(at) if at is not None else "",
                free_time.bar(at) if at is not None else None,
                slot if at is not None else None,
                words if at is not None else "",
                free_time.off_word(at) if at is not None else "",
            )
        )

    # --- its keys -----------------------------------------------------------------------------------------

    def on_days_turned(self: Any, event: DayStrip.Turned) -> None:
        event.stop()
        at = self._strip_at or self.today
        day = _months(at, event.months) if event.months else at + timedelta(days=event.days)
        self._point(max(day, self.today))

    def on_days_pressed(self: Any, event: DayStrip.Pressed) -> None:
        event.stop()
        field = self._strip_field
        if field is None:
            return
        match event.what:
            case "today":
                self._point(self.today)
            case "slot":
                self.first_slot(field)
            case "accept":
                self._take_day(field)
            case _:
                field.focus()
                self._follow_words()

    def _take_day(self: Any, field: WhenField) -> None:
        """The chosen day goes into the field; an hour that stands there stays."""
        day, moment = self._strip_at, self._moment(field)
        if day is not None:
            timed = isinstance(moment, datetime) and field.hours
            self._put_moment(field, datetime.combine(day, moment.time()) if timed else day)
        field.focus()

    def _put_moment(self: Any, field: WhenField, at: date) -> str:
        now = self.now.astimezone(self.zone).replace(tzinfo=None)
        words = echo(at, now, language())
        field.line.replace(words, 0, len(field.line.value))
        return words

    # --- the first slot -----------------------------------------------------------------------------------

    def date_field(self: Any) -> WhenField | None:
        """The date field that has the focus, or its days."""
        if self._strip is not None and self._strip.has_focus:
            return self._strip_field  # type: ignore[no-any-return]
        return _field_of(self.focused) if self.focused is not None else None

    def action_form_slot(self: Any) -> None:
        """`f5`, from wherever one is in the form."""
        dated = (each for each in self.inputs.values() if isinstance(each, WhenField) and each.with_days)
        field = self.date_field() or next(dated, None)
        if field is None:
            self.tell(say(N_("Nothing here takes place at an hour.")))
        else:
            self.first_slot(field)

    def first_slot(self: Any, field: WhenField) -> None:
        """The first moment at which all are free, from the day that is typed on; again: the one after."""
        moment, whose, after = self._moment(field), self.free_time.whose(), self.now
        put = self._slot_put
        if put is not None and put[0] == field.raw and not field.hours:
            day = put[1].astimezone(self.zone).date() + timedelta(days=1)
            after = datetime.combine(day, datetime.min.time(), self.zone).astimezone(UTC)
        elif put is not None and put[0] == field.raw:
            after = put[1] + timedelta(minutes=whose.minutes)
        elif moment is not None:
            typed = moment if isinstance(moment, datetime) else datetime.combine(moment, datetime.min.time())
            after = max(after, typed.replace(tzinfo=self.zone).astimezone(UTC))
        found = self.free_time.slot(after)
        field.focus()
        if found is None:
            self.tell(
                say(N_("No common free hour in the next half year: try fewer people or a shorter one."))
            )
            return
        self._end_at(field, found + timedelta(minutes=whose.minutes))
        words = self._put_moment(field, found if field.hours else found.date())
        self._slot_put = (words, found.replace(tzinfo=self.zone).astimezone(UTC))

    def _end_at(self: Any, field: WhenField, end: datetime) -> None:
        """What is said to end at an hour ends later where it begins later: it lasts as long as before."""
        name = when_span.ENDS.get(field.id or "")
        ends = self.inputs.get(name) if name else None
        if ends is not None and ends.raw.strip() and isinstance(self._moment(field), datetime):
            ends.set_raw(f"{end:%H:%M}")


def _field_of(widget: Widget) -> WhenField | None:
    """The date field with days in which a widget lies."""
    found = next((each for each in (widget, *widget.ancestors) if isinstance(each, WhenField)), None)
    return found if found is not None and found.with_days else None


def _months(day: date, months: int) -> date:
    """The same day so many months later; in a shorter month its last one."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
