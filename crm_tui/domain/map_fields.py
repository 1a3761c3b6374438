"""The fields that columns of a file may be mapped to: those of its kind and, of people, those of one's own as they are
asked now. Pure. (FEATURES.md M48, M113)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from crm_tui.domain import import_map
from crm_tui.domain.cell_values import amounts, dates
from crm_tui.domain.form import Question, QuestionType
from crm_tui.domain.form_read import read
from crm_tui.domain.import_map import AMOUNTS, DATES, DEFAULTED, FIELDS, How, MapKind, own, own_key
from crm_tui.i18n import Text

_WAYS: Final = {QuestionType.DATE: DATES, QuestionType.MONEY: AMOUNTS}


class MapFields(NamedTuple):
    """See the module; `asked` are the questions of people's fields of one's own, each key once."""

    kind: MapKind
    asked: Sequence[Question] = ()

    @property
    def names(self) -> list[str]:
        """Every field by its name, those of one's own last."""
        return [*FIELDS[self.kind], *self._own]

    @property
    def defaulted(self) -> list[str]:
        """What rows may be given that do not say it."""
        return [*DEFAULTED[self.kind], *self._own]

    @property
    def _own(self) -> list[str]:
        return [own(question.key) for question in self.asked]

    def called(self, field: str) -> str:
        """What a field is called: one of one's own by its label."""
        question = self.question(field)
        return question.label if question is not None else import_map.word(self.kind, field)

    def question(self, field: str) -> Question | None:
        """The question that a field of one's own is; None for any other, and for one that is asked no more."""
        key = own_key(field)
        return next((each for each in self.asked if each.key == key), None) if key else None

    def ways(self, field: str) -> tuple[How, ...]:
        """In which ways its values may be read; none where there is nothing to decide."""
        question = self.question(field)
        return _WAYS.get(question.type, ()) if question is not None else import_map.ways(self.kind, field)

    def unfit(self, field: str, value: str) -> Text | None:
        """Why a value cannot be what rows are given; None where it can."""
        question = self.question(field)
        if question is None:
            return import_map.unfit(self.kind, field, value)
        if question.type is QuestionType.DATE:
            return None if dates([value])(value) is not None else _no_date(value)
        if question.type is QuestionType.MONEY and amounts([value])(value) is not None:
            return None
        found = read(question, value, _no_date)
        return found if isinstance(found, Text) else None


def _no_date(value: str) -> Text:
    return Text("Not a date: {value}.", {"value": value[:80]})
