"""A form as it is answered about a card: its questions in one sheet, those that an answer calls for at once. (E41, B66)

The generated form in everything but its fields, which are the form's own questions and not a command's. Settings show
the same sheet as a preview, in which nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.form import FormAsked
from crm_tui.domain.form_read import Judged, days, judge
from crm_tui.domain.outcome import Refusal
from crm_tui.domain.subject import subject_of_answers
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core import inputs
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.kept import shape
from crm_tui.screens.core.parking import Parked
from crm_tui.screens.form.rows import column_of, row_of
from crm_tui.services.board import views as boards
from crm_tui.services.form import views
from crm_tui.services.party import views as people
from crm_tui.ui.sentences import in_words
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.drafts import DraftRow

AGAIN = frozenset(("revision", "seen"))
"""Fields that a refusal names where the form, or its answers, are others than those that stood here."""


def answer(
    shell: Shell,
    form: int,
    card: int | None = None,
    party: int | None = None,
    draft: DraftRow | None = None,
    at: str = "",
    **_: Any,
) -> AnswerScreen | None:
    """The form as it is asked now about this card, or about this person, `at` a question if one is named; None if it or
    they are gone or hidden."""
    if card is None:
        found = _of_person(shell, party, form, draft)
        if found is not None:
            found.at = at
        return found
    asked: FormAsked | None = shell.crm.read(views.asked, card, form)
    detail = shell.crm.read(boards.detail, card)
    if asked is None or detail is None:
        below = shell.screen
        if isinstance(below, CrmScreen):
            below.tell(say(N_("The form or its card is gone: what was typed stays among the drafts.")))
        return None
    return AnswerScreen(asked, card=card, about=detail.party or detail.title, draft=draft)


def _of_person(shell: Shell, party: int | None, form: int, draft: DraftRow | None) -> AnswerScreen | None:
    asked: FormAsked | None = shell.crm.read(views.asked_of_person, party, form)
    detail = shell.crm.read(people.detail, party)
    if asked is None or detail is None:
        below = shell.screen
        if isinstance(below, CrmScreen):
            below.tell(say(N_("The form or the person is gone: what was typed stays among the drafts.")))
        return None
    return AnswerScreen(asked, party=party, about=f"{detail.name}  {detail.code}", draft=draft)


def form_preview(shell: Shell, cards: Sequence[tuple[int, int, str]], **_: Any) -> AnswerScreen | None:
    """The form of a register's row as it would be asked."""
    asked: FormAsked | None = shell.crm.read(views.preview, cards[0][0])
    return None if asked is None else AnswerScreen(asked, about=say(N_("preview: nothing is kept")))


class AnswerScreen(FormScreen):
    """See the module. Without a `card` or a `party` it is a preview."""

    at = ""
    """The key of the question where one begins."""

    DEFAULT_CSS = """
    AnswerScreen .asked { height: auto; width: 100%; }
    AnswerScreen .asked > Body { height: 4; width: 1fr; }
    AnswerScreen .asked > Line, AnswerScreen .asked > Pick, AnswerScreen .asked > WhenField { width: 1fr; }
    AnswerScreen .-stacked > Widget { margin: 0 0 0 2; }
    AnswerScreen .-stacked > FieldLabel { margin: 0; }
    """

    def __init__(
        self,
        asked: FormAsked,
        *,
        card: int | None = None,
        party: int | None = None,
        about: str = "",
        draft: DraftRow | None = None,
    ) -> None:
        self.card, self.party, self.form_asked = card, party, asked
        self.rows: dict[str, Widget] = {}
        super().__init__(
            "answer_form" if party is None else "fill_person",
            heading=clean(asked.name),
            about=clean(about),
            fixed=self._about(asked),
            raw=asked.raw,
            subject=subject_of_answers(card if party is not None else card or 0, asked.form_id, party),
            done=say(N_("{form} answered"), form=clean(asked.name)),
            draft=draft,
        )

    def _about(self, asked: FormAsked) -> dict[str, str]:
        known = {"form": f"#{asked.form_id}", "revision": str(asked.revision), "seen": str(asked.seen)}
        if self.party is not None:
            return {"party": f"#{self.party}", **known}
        return known if self.card is None else {"card": f"#{self.card}", **known}

    @property
    def kept(self) -> bool:
        """Whether there is something that it is answered about."""
        return self.card is not None or self.party is not None

    def hindrance(self, shell: Shell) -> Refusal | None:
        return super().hindrance(shell) if self.kept else None

    # --- what is shown ------------------------------------------------------------------------------------

    def _every_spec(self) -> list[FieldSpec]:
        return [question.spec for question in self.form_asked.questions]

    def _row(self, spec: FieldSpec, kept: Mapping[str, str], *, last: bool) -> Widget:
        raw = kept.get(spec.name, self.first.get(spec.name, ""))
        widget = inputs.make(self, spec, raw, last=last)
        width = self.app.size.width
        label, row = row_of(spec, widget, column_of(self._specs(), width), width)
        self.inputs[spec.name], self.field_labels[spec.name], self.rows[spec.name] = widget, label, row
        return row

    def _shown(self) -> None:
        super()._shown()
        lost = self._lost()
        if lost:
            self.message.say(lost, "today")

    def _begin(self) -> Widget | None:
        """The one that was named, else the first question without an answer; of a draft, the field that one left."""
        if self._found is not None:
            return super()._begin()
        if self.at in self._in_sight():
            return self._in_sight()[self.at]
        shown = list(self._in_sight().values())
        return next((each for each in shown if not inputs.raw_of(each)), next(iter(shown), None))

    def _judged(self) -> Judged:
        day = days(self.now, self.zone, self.shell.calendar, language())
        return judge(self.form_asked.questions, self.raw(), day)

    def _hidden(self) -> frozenset[str]:
        return frozenset(self.inputs.keys() - self._judged().shown)

    def _show_asked(self) -> None:
        """Show the questions that are asked with the answers as they stand, and no others."""
        hidden = self._hidden()
        for key, row in self.rows.items():
            row.display = key not in hidden

    # --- draft --------------------------------------------------------------------------------------------

    def _waiting(self) -> DraftRow | None:
        return self.parking.found() if self.kept else None

    def _taken_up(self, draft: DraftRow) -> dict[str, str]:
        """What was typed, beside the answers in force then: who was quicker is told when this is saved."""
        self.parking.take(draft)
        began = shape(draft.payload)
        if {"raw", "fixed"} <= began.keys():
            self.first = dict(began["raw"])
            self.fixed["seen"] = began["fixed"].get("seen", self.fixed["seen"])
        return dict(draft.payload)

    def _lost(self) -> str:
        """What a draft holds for questions that are asked no more: it is shown, so that it can be put elsewhere."""
        kept = self._found.payload if self._found is not None else {}
        known = {question.key for question in self.form_asked.questions}
        rest = [f"{key}: {text}" for key, text in kept.items() if ":" not in key and key not in known]
        filled = [each for each in rest if not each.endswith(": ")]
        if not filled:
            return ""
        told = clean("; ".join(filled))
        return say(N_("No longer asked, and typed before: {texts}"), texts=told)

    def _collect(self) -> Parked | None:
        """A list of drafts tells it by the form's name."""
        found = super()._collect() if self.kept else None
        return found._replace(text=self.heading) if found is not None else None

    # --- saving -------------------------------------------------------------------------------------------

    def action_form_save(self) -> None:
        if not self.kept:
            self.tell(say(N_("This is a preview: cards are where it is answered.")))
        else:
            super().action_form_save()

    def _wanted(self, target: Mapping[str, str]) -> dict[str, str]:
        shown = self._judged().shown
        answers = {key: text for key, text in self.raw().items() if key in shown}
        return {**self.fixed, "answers": json.dumps(answers, ensure_ascii=False)}

    async def refuse(self, refusal: Refusal) -> None:
        """A form that is another now is shown as it is, with what was typed in it; else the answer is mended here."""
        if AGAIN & {*refusal.fields}:
            await self._renew()
            self.message.say(say(in_words(refusal.reason, self.now, self.zone)), "overdue")
        else:
            await super().refuse(refusal)

    async def _open_missing(self, names: Collection[str]) -> None:
        """A question that is asked since: the form is read anew."""
        self._show_asked()
        if any(name not in self.inputs for name in names):
            await self._renew()

    async def _renew(self) -> None:
        """The form and its answers as they are now. What was typed stays; what was left alone becomes the answer that
        stands there by now."""
        asked: FormAsked | None = (
            self.crm.read(views.asked_of_person, self.party, self.form_asked.form_id)
            if self.party is not None
            else self.crm.read(views.asked, self.card, self.form_asked.form_id)
        )
        if asked is None or self.sheet is None:
            return
        typed = {key: text for key, text in self.raw().items() if text != self.first.get(key, "")}
        here = next((key for key, widget in self.inputs.items() if widget.has_focus_within), "")
        self.form_asked, self.first = asked, dict(asked.raw)
        self.fixed = self._about(asked)
        await self.sheet.inner.query(".asked").remove()
        for known in (self.inputs, self.field_labels, self.rows):
            known.clear()
        specs = self._specs()
        await self.sheet.inner.mount(
            *(self._row(spec, typed, last=spec.name == specs[-1].name) for spec in specs)
        )
        self._show_asked()
        self._opened = self.raw()
        goes_on = self.inputs.get(here) or self._begin()
        if goes_on is not None:
            goes_on.focus()
