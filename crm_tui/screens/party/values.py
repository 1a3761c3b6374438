"""`;` in Pessoas: which values of the person under the cursor are edited alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crm_tui.domain.form import Question, Value
from crm_tui.domain.form_read import told
from crm_tui.domain.party import LIFECYCLE_NAMES, PartyDetail, PartyHit, PartyKind
from crm_tui.i18n import N_, say, say_in, say_n
from crm_tui.screens.party.forms import Marked, as_typed, counted
from crm_tui.services.form import views as forms
from crm_tui.services.party import views
from crm_tui.ui import formats
from crm_tui.widgets.looks import clean

if TYPE_CHECKING:
    from textual.app import App

    from crm_tui.screens.core.cells import CellOf
    from crm_tui.services.core.crm import Crm
    from crm_tui.widgets.vlist import VList

VALUES: Final = frozenset(("rec.cell",))
"""What a screen with this mixin offers."""
_FIELDS: Final = (
    ("name", N_("_Name")),
    ("phone", N_("_Phone")),
    ("email", N_("_E-mail")),
    ("company", N_("_Company")),
    ("role", N_("Role _there")),
    ("document", N_("_Document")),
    ("lifecycle", N_("Pha_se")),
    ("preferences", N_("N_otes")),
)
DIGITS: Final = 9
_OF_PEOPLE: Final = frozenset(("company", "role"))


class Values:
    """Mixin of the screen. Give `list`."""

    list: VList[Any]

    if TYPE_CHECKING:
        app: App[Any]
        crm: Crm

        @property
        def marked(self) -> int: ...

        def go(self, place: str, **args: Any) -> None: ...
        def marked_people(self) -> Sequence[PartyHit]: ...

    def action_rec_cell(self) -> None:
        """One value of the row under the cursor."""
        from crm_tui.screens.core.cells import CellOf, menu

        if self.marked:
            self._of_marked()
            return
        row = self.list.row
        if not isinstance(row, PartyHit):
            return
        found: PartyDetail | None = self.crm.read(views.detail, row.id)
        if found is None:
            return
        typed = as_typed(found) | {"lifecycle": say_in("exported", LIFECYCLE_NAMES[found.lifecycle])}
        person = found.kind == PartyKind.PERSON
        cells = [
            CellOf(label, typed[name], partial(self.go, "edit_party", party=found.id, field=name))
            for name, label in _FIELDS
            if person or name not in _OF_PEOPLE
        ]
        now = (found.id, found.name, row.owner or "", typed["lifecycle"])
        owner = partial(self.go, "edit_people", people=[now], field="owner")
        cells.append(CellOf(N_("O_wner"), row.owner or "", owner))
        self.app.push_screen(menu(found.name, [*cells, *self._own(found.id)]))

    def _of_marked(self) -> None:
        """What all that are marked have in common may be changed at once: with each value, how many have it."""
        from crm_tui.screens.core.cells import CellOf, menu

        hits = self.marked_people()
        now = now_of(hits)

        def common(field: str) -> Callable[[], Any]:
            return partial(self.go, "edit_people", people=now, field=field)

        cells = [
            CellOf(
                N_("O_wner"),
                counted(owner or say(N_("without owner")) for _, _, owner, _ in now),
                common("owner"),
            ),
            CellOf(N_("Pha_se"), counted(phase for *_, phase in now), common("lifecycle")),
            CellOf(N_("N_otes"), "", common("more_notes")),
        ]
        about = say_n("{n} marked", "{n} marked", len(hits))
        self.app.push_screen(menu(about, [*cells, *self._own_of_marked(hits)]))

    def _own_of_marked(self, hits: Sequence[PartyHit]) -> Sequence[CellOf]:
        """The fields of one's own, by digits; of a key that several forms ask the first."""
        from crm_tui.screens.core.cells import CellOf

        first = {
            q.key: (form.form_id, q)
            for form in reversed(self.crm.read(forms.of_people))
            for q in form.questions
        }
        asked = [first[q.key] for q in self.crm.read(forms.own_of_people)][:DIGITS]
        known = self.crm.read(forms.own_values, [hit.id for hit in hits], [q.key for _, q in asked])
        people = [(hit.id, hit.name) for hit in hits]

        def cell(n: int, form: int, question: Question) -> CellOf:
            told = (known.get(hit.id, {}).get(question.key) for hit in hits)
            words = (as_told(*each) if each is not None else say(N_("empty")) for each in told)
            said = counted(words, "{} ({})")  # a value may be a number itself
            now = say(N_("now: {counted}"), counted=said)
            go = partial(self.go, "fill_people", form=form, key=question.key, people=people, now=now)
            return CellOf(question.label, said, go, str(n))

        return [cell(n, *each) for n, each in enumerate(asked, 1)]

    def _own(self, party: int) -> Sequence[CellOf]:
        """The fields of one's own, by digits: their form opens at the one that is chosen."""
        from crm_tui.screens.core.cells import CellOf

        asked = [field for form in self.crm.read(forms.of_person, party) for field in form.fields]
        return [
            CellOf(
                field.question.label,
                as_told(field.question, field.value),
                partial(self.go, "answer", party=party, form=field.form_id, at=field.question.key),
                str(n),
            )
            for n, field in enumerate(asked[:DIGITS], 1)
        ]


def now_of(hits: Sequence[PartyHit]) -> list[Marked]:
    """These people as the form about many says what they have."""
    return [
        (hit.id, hit.name, hit.owner or "", say_in("exported", LIFECYCLE_NAMES[hit.lifecycle]))
        for hit in hits
    ]


def as_told(question: Question, value: Value | None) -> str:
    """An answer on one line."""
    said = told(question, value, formats.money)
    return " ".join(clean(said if isinstance(said, str) else say(said)).split())
