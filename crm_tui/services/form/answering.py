"""How a form is answered about a card: each time an answer set of its own, the latest in force. (E38, E41, B66)"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.form import FormAnswered, FormAnsweredAgain
from crm_tui.domain.form import Question
from crm_tui.domain.form_read import Judged, judge
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.i18n import Text, text_n
from crm_tui.services.core import answer_sets, rights
from crm_tui.services.core.answer_keeping import store
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, no_such
from crm_tui.services.core.scope import sight
from crm_tui.services.form.commands import AnswerForm, FillPerson
from crm_tui.services.form.editing import day_reader
from crm_tui.store.queries import form as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import Card, Form, Party

Answering = AnswerForm | FillPerson

REVISED = "revision"
"""The field that a refusal names where the form is no longer the one that was answered."""
OVERTAKEN = "seen"
"""Where somebody else answered it meanwhile."""


def _owner(ctx: Context, command: Answering) -> int | None:
    owner: int | None = _about(ctx, command)["owner_id"]
    return owner


def _about(ctx: Context, command: Answering) -> Row:
    """The card or the person that is answered about."""
    if isinstance(command, AnswerForm):
        return ctx.row(Card, command.card, "card")
    return ctx.row(Party, command.party, "person")


def _latest(ctx: Context, command: Answering) -> answer_sets.Latest:
    """The answers in force."""
    if isinstance(command, AnswerForm):
        return answer_sets.latest(ctx.connection, command.form, command.card)
    return answer_sets.latest(ctx.connection, command.form, None, command.party)


def _form(ctx: Context, form_id: int) -> Row:
    return ctx.row(Form, form_id, "form")


def _unseen(ctx: Context, command: Answering) -> Refusal | None:
    if isinstance(command, AnswerForm):
        return rights.unseen(ctx, command.card)
    if ctx.one(queries.PERSON_SEEN, id=command.party, **sight(ctx.viewer)) is None:
        return no_such("party", command.party, ("party",))
    return None


def _answerable(ctx: Context, command: Answering) -> Refusal | None:
    """Asked before it is said which form, too: then of the card or the person alone."""
    form_id: int | None = getattr(command, "form", None)
    refusal = _unseen(ctx, command)
    if refusal is not None or form_id is None:
        return refusal
    form = _form(ctx, form_id)
    if bool(form["on_person"]) is isinstance(command, AnswerForm):
        told = {"form": form["name"]}
        reason = (
            Text("{form} is about people: it is filled in with the person, not with a card.", told)
            if form["on_person"]
            else Text("{form} is about cards: it is answered with a card of the person.", told)
        )
        return Refusal(reason, fields=("form",))
    if not form["active"]:
        reason = Text("{form} is out of use: put it back in use under Settings.", {"form": form["name"]})
        return Refusal(reason, fields=("form",))
    if not answer_sets.questions(ctx.connection, form_id):
        reason = Text("{form} has no questions yet: add them under Settings.", {"form": form["name"]})
        return Refusal(reason, fields=("form",))
    return None


def _refusal(ctx: Context, command: Answering) -> Refusal | None:
    return (
        _revised(ctx, command)
        or _overtaken(ctx, command)
        or _judged(ctx, command).refusal(_form(ctx, command.form)["name"])
        or _empty(ctx, command)
    )


def _revised(ctx: Context, command: Answering) -> Refusal | None:
    """Whether the questions are no longer those that were answered; of a script, which key is none."""
    form = _form(ctx, command.form)
    known = [question.key for question in answer_sets.questions(ctx.connection, command.form)]
    unknown = [key for key in command.answers if key not in known]
    if command.revision is not None and (command.revision != form["revision"] or unknown):
        reason = Text(
            "{form} was changed while you answered it: look at the questions as they are now, then save; "
            "what you typed is kept.",
            {"form": form["name"]},
        )
        return Refusal(reason, fields=(REVISED,))
    if unknown:
        facts = {"form": form["name"], "key": unknown[0], "known": ", ".join(known)}
        reason = Text("{form} asks no “{key}”; its questions are: {known}.", facts)
        return Refusal(reason, RefusedBy.INPUT, ("answers",))
    return None


def _overtaken(ctx: Context, command: Answering) -> Refusal | None:
    latest = _latest(ctx, command)
    if command.seen is None or latest.id == command.seen:
        return None
    if isinstance(command, FillPerson) and not _clash(ctx, command, latest):
        return None
    if not latest.id:
        return Refusal(
            Text("The answers that you started from were taken back meanwhile: save again to give yours."),
            fields=(OVERTAKEN,),
        )
    facts = {"who": latest.by or "—", "answered_at": latest.at}
    reason = Text(
        "{who} answered this form at {answered_at}, while you were at it: save again to put yours after it; "
        "both stay readable.",
        facts,
    )
    return Refusal(reason, fields=(OVERTAKEN,))


def _started(ctx: Context, command: FillPerson) -> dict[str, str]:
    """The texts of the answer set that one started from."""
    return answer_sets.raw(ctx.connection, command.seen) if command.seen else {}


def _clash(ctx: Context, command: FillPerson, latest: answer_sets.Latest) -> bool:
    """Whether somebody changed a field meanwhile that this command changes, too, to something else."""
    before = _started(ctx, command)
    return any(
        latest.raw.get(key, "") not in (text, before.get(key, ""))
        for key, text in _changes(ctx, command).items()
    )


def _changes(ctx: Context, command: Answering) -> dict[str, str]:
    """What is to be another. Of a person field by field, as all that is known of them: what one only looked at must
    not take back what somebody else changed meanwhile."""
    if isinstance(command, AnswerForm) or command.seen is None:
        return command.answers
    before = _started(ctx, command)
    return {key: text for key, text in command.answers.items() if text != before.get(key, "")}


def _judged(ctx: Context, command: Answering) -> Judged:
    """The answers in force with those of the command over them, as the form reads them."""
    asked = answer_sets.questions(ctx.connection, command.form)
    return judge(asked, _latest(ctx, command).raw | _changes(ctx, command), day_reader(ctx))


def _unasked(ctx: Context, command: Answering, judged: Judged) -> Question | None:
    """The first question that is answered, if no answer is to one that is asked: it would be kept nowhere."""
    changes = _changes(ctx, command)
    if not any(changes.values()) or any(each.key in changes for each in judged.asked):
        return None
    asked = answer_sets.questions(ctx.connection, command.form)
    return next((each for each in asked if changes.get(each.key)), None)


def _empty(ctx: Context, command: Answering) -> Refusal | None:
    judged = _judged(ctx, command)
    unasked = _unasked(ctx, command, judged)
    if unasked is not None:
        reason = Text(
            "{question} is not asked here: answer the question that it depends on first.",
            {"question": unasked.label},
        )
        return Refusal(reason, RefusedBy.INPUT, (unasked.key,))
    if judged.values or (isinstance(command, FillPerson) and _latest(ctx, command).values):
        return None
    reason = Text("Nothing is answered yet: fill in one question at least.")
    return Refusal(reason, RefusedBy.INPUT, tuple(q.key for q in judged.asked[:1]))


def _answer(ctx: Context, command: Answering) -> Made:
    form, about = _form(ctx, command.form), _about(ctx, command)
    judged, latest = _judged(ctx, command), _latest(ctx, command)
    if latest.id and latest.revision == form["revision"] and latest.values == judged.values:
        return Made("response", latest.id, f"response:{latest.id}")
    on_card = isinstance(command, AnswerForm)
    place = (
        {"card_id": about["id"], "party_id": about["party_id"]}
        if on_card
        else {"card_id": None, "party_id": about["id"]}
    )
    response_id = store(ctx, form["id"], form["revision"], place, judged)
    changed = _changed(judged, latest)
    if latest.id and changed:
        ctx.emit(
            FormAnsweredAgain(entity_id=response_id, **place, form=form["name"], questions=", ".join(changed))
        )
    else:
        ctx.emit(FormAnswered(entity_id=response_id, **place, form=form["name"]))
    return Made("response", response_id, f"response:{response_id}", _not_kept(judged, command))


def given(ctx: Context, form_id: int, revision: int, card: Row, judged: Judged) -> tuple[int, dict[str, Any]]:
    """Store an answer set about a card; its id, and where its event belongs."""
    place = {"card_id": card["id"], "party_id": card["party_id"]}
    response_id = store(ctx, form_id, revision, place, judged)
    return response_id, {"entity_id": response_id, **place}


def _changed(judged: Judged, latest: answer_sets.Latest) -> list[str]:
    """The questions whose answer is another than before, as far as they are still asked."""
    found: list[Question] = [q for q in judged.asked if judged.values.get(q.key) != latest.values.get(q.key)]
    return [question.label for question in found]


def _not_kept(judged: Judged, command: Answering) -> Text | None:
    """That answers were given to questions that are not asked with these others."""
    idle = sum(bool(text.strip()) and key not in judged.shown for key, text in command.answers.items())
    if not idle:
        return None
    return text_n(
        "{n} answer was not kept: with the others its question is not asked",
        "{n} answers were not kept: with the others their questions are not asked",
        idle,
    )


HANDLERS: dict[type[Command], Handler[Any]] = {
    AnswerForm: Handler(_answer, owner=_owner, ready=_answerable, check=_refusal),
    FillPerson: Handler(_answer, owner=_owner, ready=_answerable, check=_refusal),
}
