"""A form of something new with what is asked while it is made: of a card the questions of its board's sales scripts, of
a person the fields of one's own. (B12, M48)

Completed by the form, which says what is asked. What must be answered is the command's rule.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import ClassVar

from textual.widget import Widget

from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.form import FormAsked
from crm_tui.domain.form_cycle import MARK, field_of
from crm_tui.domain.form_read import days, judge
from crm_tui.domain.outcome import Refusal
from crm_tui.i18n import N_, language, say
from crm_tui.screens.core.knowing import KnowingForm
from crm_tui.widgets.looks import clean

STAR = "*"
"""Behind a question that must be answered."""


def asked_in(name: str) -> bool:
    """Whether a field is a question."""
    return name.startswith(MARK)


def _words(spec: FieldSpec) -> str:
    """A question, starred if it must be answered."""
    return f"{clean(spec.label)} {STAR}" if spec.required else clean(spec.label)


class AskingForm(KnowingForm):
    """The form that tells who is known, with those questions; give `read_scripts`."""

    BEHIND: ClassVar[tuple[str, ...]] = ()
    """Fields behind the first of which, if it is shown, the questions stand; else behind all."""
    scripts: list[FormAsked] | None = None

    def read_scripts(self, raw: Mapping[str, str]) -> list[FormAsked]:
        """What is asked with these texts in the fields."""
        raise NotImplementedError

    # --- what is asked ------------------------------------------------------------------------------------

    def _questions(self) -> list[FieldSpec]:
        if self.scripts is None:
            self.scripts = self.read_scripts(self._found.payload if self._found is not None else self.first)
        return [
            replace(each.spec, name=field_of(form.form_id, each.key), label=_words(each.spec))
            for form in self.scripts
            for each in form.questions
        ]

    def _asker(self, name: str) -> str:
        """The script is named at its first question."""
        first = {field_of(form.form_id, form.questions[0].key): form.name for form in self.scripts or ()}
        return first.get(name, "") or super()._asker(name)

    def _every_spec(self) -> list[FieldSpec]:
        return [*super()._every_spec(), *self._questions()]

    def _specs(self) -> list[FieldSpec]:
        found = [spec for spec in super()._specs() if not asked_in(spec.name)]
        names = [spec.name for spec in found]
        at = next((names.index(name) + 1 for name in self.BEHIND if name in names), len(names))
        return [*found[:at], *self._questions(), *found[at:]]

    def _hidden(self) -> frozenset[str]:
        raw, day = self.raw(), days(self.now, self.zone, self.shell.calendar, language())
        shown: set[str] = set()
        for form in self.scripts or ():
            given = {each.key: raw.get(field_of(form.form_id, each.key), "") for each in form.questions}
            shown |= {field_of(form.form_id, key) for key in judge(form.questions, given, day).shown}
        return super()._hidden().union(name for name in raw if asked_in(name) and name not in shown)

    def _show_asked(self) -> None:
        super()._show_asked()
        hidden = self._hidden()
        for name in self.inputs:
            if asked_in(name):
                self._show_row(name, name not in hidden)

    def _shown(self) -> None:
        super()._shown()
        kept = self._found.payload if self._found is not None else {}
        lost = [
            t for n, t in kept.items() if asked_in(n) and ":" not in n and n not in self.inputs and t.strip()
        ]
        if lost:
            told = clean("; ".join(lost))
            self.message.say(say(N_("No longer asked, and typed before: {texts}"), texts=told), "today")

    async def follow(self) -> None:
        """The questions as they are now; what was typed in others waits unseen."""
        self.scripts = self.read_scripts(self.raw())
        self._fields = self._specs()
        before = None
        for spec in self._fields:
            if spec.name not in self.inputs and before is not None:
                above = self.field_labels[before].parent
                row = self._row(spec, {}, last=False)
                if isinstance(above, Widget) and isinstance(above.parent, Widget):
                    await above.parent.mount(row, after=above)
            before = spec.name
        order = {spec.name: n for n, spec in enumerate(self._fields)}
        rest = len(order)
        self.inputs = dict(sorted(self.inputs.items(), key=lambda each: order.get(each[0], rest)))
        self._show_asked()

    # --- saving -------------------------------------------------------------------------------------------

    def _wanted(self, target: Mapping[str, str]) -> dict[str, str]:
        wanted = super()._wanted(target)
        given = {name: text for name, text in wanted.items() if asked_in(name) and text.strip()}
        rest = {name: text for name, text in wanted.items() if not asked_in(name)}
        return {**rest, "answers": json.dumps(given, ensure_ascii=False)} if given else rest

    async def refuse(self, refusal: Refusal) -> None:
        """A script may be another by now: what is asked is shown as it is."""
        if any(asked_in(name) or name == "answers" for name in refusal.fields):
            await self.follow()
        await super().refuse(refusal)

    async def _open_missing(self, names: Collection[str]) -> None:
        await super()._open_missing([name for name in names if not asked_in(name)])
