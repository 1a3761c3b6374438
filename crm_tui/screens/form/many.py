"""One field of one's own, changed of all the people that are marked: shown before, one batch, one undo. (M48, X10)

The generated form with the question as its only field. Of whom it could not be changed is said, and they stay
marked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crm_tui.domain.fields import FieldSpec
from crm_tui.domain.form import FormAsked, Question
from crm_tui.domain.outcome import Outcome
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.base import CrmScreen
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.leftover import MANY
from crm_tui.services.form import views
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from crm_tui.screens.core.shell import Shell
    from crm_tui.services.core.drafts import DraftRow


def fill_people(
    shell: Shell,
    form: int,
    key: str,
    people: Sequence[tuple[int, str]],
    now: str = "",
    draft: DraftRow | None = None,
    **_: Any,
) -> FillPeople | None:
    """The question `key` of a form about these people (id and name), `now` what they have; None if it is gone."""
    found: list[FormAsked] = shell.crm.read(views.of_people)
    for asked in found:
        for question in asked.questions:
            if (asked.form_id, question.key) == (form, key):
                return FillPeople(asked, question, people, now, draft)
    below = shell.screen
    if isinstance(below, CrmScreen):
        below.tell(say(N_("This field is gone: what was typed stays among the drafts.")))
    return None


class FillPeople(FormScreen):
    """See the module."""

    def __init__(
        self,
        asked: FormAsked,
        question: Question,
        people: Sequence[tuple[int, str]],
        now: str,
        draft: DraftRow | None,
    ) -> None:
        self.question = question
        self.everybody = [*people]
        self.places = [*range(len(people))]
        """Of those who are meant, their places among everybody."""
        n = len(people)
        super().__init__(
            "fill_person",
            heading=say_n("Change {n} person", "Change {n} people", n),
            about=clean(now),
            fixed={"form": f"#{asked.form_id}", "revision": str(asked.revision)},
            fields=(question.key,),
            targets=[{"party": f"#{each[0]}"} for each in people],
            names=[each[1] for each in people],
            subject=f"{MANY}/form:{asked.form_id}/{question.key}",
            done=say_n("{n} person changed", "{n} people changed", n),
            draft=draft,
        )

    def _every_spec(self) -> list[FieldSpec]:
        return [self.question.spec]

    def _wanted(self, target: Mapping[str, str]) -> dict[str, str]:
        text = self.raw()[self.question.key]
        return {**self.fixed, **target, "answers": json.dumps({self.question.key: text}, ensure_ascii=False)}

    def _send(self, *, goes_on: bool) -> None:
        """Where it is to be emptied, of those alone who have something there."""
        meant = [*enumerate(self.everybody)]
        if not self.raw()[self.question.key].strip():
            known = self.crm.read(views.own_values, [each[0] for each in self.everybody], [self.question.key])
            meant = [each for each in meant if each[1][0] in known]
            if not meant:
                self.message.say(say(N_("Nothing stands there: type what is to stand there.")), "today")
                return
        self.places = [at for at, _ in meant]
        self.targets = [{"party": f"#{party}"} for _, (party, _) in meant]
        self.names = [name for _, (_, name) in meant]
        self.done = say_n("{n} person changed", "{n} people changed", len(meant))
        super()._send(goes_on=goes_on)

    def _leave(
        self, outcome: Outcome | None, done: int, why: str = "", left: Sequence[int] = (), noted: str = ""
    ) -> None:
        """Who is left is said by the place among all that are marked."""
        super()._leave(outcome, done, why, [self.places[at] for at in left], noted)
