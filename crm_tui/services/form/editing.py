"""How the questions of a form are set up: added, changed, ordered, removed, each revision kept. (B64, B65)

Before a form is answered its questions are free to change. After that a change is a new revision: the question's old
row is closed and a new one with the same key takes its place, so that each answer set shows what was asked.
"""

from __future__ import annotations

from typing import Any

from crm_tui.domain.events.form import QuestionAdded, QuestionEdited, QuestionMoved, QuestionRemoved
from crm_tui.domain.form import (
    CHOSEN,
    QUESTIONS_LIMIT,
    Condition,
    Question,
    dump_condition,
    dump_options,
    key_of,
    options_of,
    options_right,
    out_of_order,
)
from crm_tui.domain.form_read import Days, condition, condition_typed, days, still_means
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.text import one_line
from crm_tui.i18n import N_, Text, language
from crm_tui.services.core import answer_sets, hours
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Handler, Made, Refused, no_such, refuse
from crm_tui.services.core.merge import check_version
from crm_tui.services.core.order import reordered
from crm_tui.services.form.commands import AddQuestion, EditQuestion, MoveQuestion, RemoveQuestion
from crm_tui.store.queries import form as queries
from crm_tui.store.rows import Row
from crm_tui.store.tables import FieldDef, Form


def _made(question_id: int) -> Made:
    return Made("question", question_id, f"question:{question_id}")


def day_reader(ctx: Context) -> Days:
    """Days in the words of *quando*, on the operator's clock and by their own calendar, as their field read them."""
    shared = hours.shared(ctx.connection, ctx.viewer.user_id)
    return days(ctx.now, ctx.viewer.zone, shared, language())


def asked_by(ctx: Context, form: Row, why: Text) -> Refusal | None:
    """Why a form that a stage asks for must stay; `why` is told board and stage. None if no stage does."""
    found = ctx.one(queries.ASKED_BY, form_id=form["id"])
    if found is None:
        return None
    board_id, board, stage = found
    if not ctx.viewer.sees(board_id):
        return Refusal(
            Text("A stage of a board that you do not see asks for this form: ask whoever runs it.")
        )
    return Refusal(Text(why.msgid, {"board": board, "stage": stage}))


def _open(ctx: Context, question_id: int) -> tuple[Row, Row, tuple[Question, ...]]:
    """A question that is asked now, its form, and all questions of that; one that was closed is refused."""
    row = ctx.rows.get(FieldDef, question_id)
    if row is None or row["form_id"] is None:
        raise Refused(no_such("question", question_id, ("question",)))
    if row["to_revision"] is not None:
        raise refuse(
            N_(
                "“{question}” was changed or removed meanwhile: look at the form as it is now, then do it again."
            ),
            fields=("question",),
            question=row["label"],
        )
    form = ctx.row(Form, row["form_id"], "form")
    return row, form, answer_sets.questions(ctx.connection, form["id"])


def _is_answered(ctx: Context, form_id: int) -> bool:
    return ctx.one(queries.ANSWERED, form_id=form_id) is not None


def _revise(ctx: Context, form: Row) -> int:
    """The revision from which a change holds: the next one if the form was answered, else the one that there is."""
    revision: int = form["revision"]
    if not _is_answered(ctx, form["id"]):
        return revision
    ctx.rows.update(Form, form["id"], revision=revision + 1)
    return revision + 1


# --- what is asked for


def _label(text: str) -> str:
    clean = one_line(text)
    if not clean:
        raise refuse(N_("The question is empty: write it."), by=RefusedBy.INPUT, fields=("label",))
    return clean


def _shown_if(
    ctx: Context, earlier: tuple[Question, ...], only_if: int | None, only_is: str
) -> Condition | None:
    """On which earlier question of the form this one depends, and with which answers."""
    if only_if is None:
        if one_line(only_is):
            raise refuse(
                N_("Say which earlier question this answer is of."), by=RefusedBy.INPUT, fields=("only_if",)
            )
        return None
    on = next((each for each in earlier if each.id == only_if), None)
    if on is None:
        raise refuse(N_("Choose a question that stands before this one in its form."), fields=("only_if",))
    found = condition(on, only_is, day_reader(ctx))
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


def _add(ctx: Context, command: AddQuestion) -> Made:
    form = ctx.row(Form, command.form, "form")
    there = answer_sets.questions(ctx.connection, command.form)
    if len(there) >= QUESTIONS_LIMIT:
        raise refuse(N_("A form asks {most} questions at most: begin another form."), most=QUESTIONS_LIMIT)
    label, options = _label(command.label), options_of(command.options)
    refusal = options_right(command.type, options)
    if refusal is not None:
        raise Refused(refusal)
    shown_if = _shown_if(ctx, there, command.only_if, command.only_is)
    taken = {key for (key,) in ctx.connection.execute(queries.KEYS, {"form_id": command.form}).fetchall()}
    question_id = ctx.rows.insert(
        FieldDef,
        form_id=command.form,
        key=key_of(label, taken),
        label=label,
        type=command.type,
        options=dump_options(options) if command.type in CHOSEN else None,
        required=command.required,
        position=ctx.rows.next_id(FieldDef),
        visible_if=dump_condition(shown_if),
        from_revision=_revise(ctx, form),
    )
    ctx.emit(QuestionAdded(entity_id=question_id, form=form["name"], question=label))
    return _made(question_id)


def _changes(ctx: Context, command: EditQuestion, there: tuple[Question, ...]) -> dict[str, Any]:
    """The columns that the command gives another value."""
    said = command.model_fields_set
    at = next(n for n, each in enumerate(there) if each.id == command.question)
    here, earlier = there[at], there[:at]
    columns: dict[str, Any] = {}
    if "label" in said:
        columns["label"] = _label(command.label)
    if "type" in said:
        columns["type"] = command.type
    if "required" in said:
        columns["required"] = command.required
    if {"type", "options"} & said:
        kind = command.type if "type" in said else here.type
        options = options_of(command.options) if "options" in said else here.options
        refusal = options_right(kind, options)
        if refusal is not None:
            raise Refused(refusal)
        columns["options"] = dump_options(options) if kind in CHOSEN else None
    if {"only_if", "only_is"} & said:
        columns["visible_if"] = dump_condition(_shown_if(ctx, earlier, *_only(ctx, command, here, earlier)))
    return columns


def _only(
    ctx: Context, command: EditQuestion, here: Question, earlier: tuple[Question, ...]
) -> tuple[int | None, str]:
    """The condition as it will be: what is not said stays; without its question there is none."""
    said, now = command.model_fields_set, here.shown_if
    on = next((each for each in earlier if now is not None and each.key == now.key), None)
    before_id = on.id if on is not None else None
    only_if = command.only_if if "only_if" in said else before_id
    if only_if is None and "only_is" not in said:
        return None, ""
    before = condition_typed(on, now) if on is not None and now is not None else ""
    if only_if is None and on is not None and condition(on, command.only_is, day_reader(ctx)) == now:
        return None, ""  # the form shows the answers of then beside a question that was just taken out
    return only_if, command.only_is if "only_is" in said else before


def _edit(ctx: Context, command: EditQuestion) -> Made:
    row, form, there = _open(ctx, command.question)
    columns = _changes(ctx, command, there)
    check_version(ctx, FieldDef, command.question, command.version, columns)
    changed = {name: value for name, value in columns.items() if row[name] != value}
    if not changed:
        return _made(command.question)
    question_id = _replace(ctx, row, form, changed)
    now = answer_sets.questions(ctx.connection, form["id"])
    _still_asked(ctx, now, next(each for each in now if each.id == question_id))
    ctx.emit(
        QuestionEdited(
            entity_id=question_id, form=form["name"], question=str(changed.get("label", row["label"]))
        )
    )
    return _made(question_id)


def _replace(ctx: Context, row: Row, form: Row, changed: dict[str, Any]) -> int:
    """The question with other words: its own row while the form is not answered, else a new one after it."""
    revision = _revise(ctx, form)
    if revision == form["revision"]:
        ctx.rows.update(FieldDef, row["id"], **changed)
        return int(row["id"])
    ctx.rows.update(FieldDef, row["id"], to_revision=revision - 1)
    columns = {name: value for name, value in row.items() if name not in ("id", "version")}
    return ctx.rows.insert(FieldDef, **(columns | changed | {"from_revision": revision, "to_revision": None}))


def _still_asked(ctx: Context, there: tuple[Question, ...], on: Question) -> None:
    """What waits for an answer of this question must still be able to get it."""
    day = day_reader(ctx)
    for each in there:
        waits = each.shown_if
        if waits is not None and waits.key == on.key and not still_means(on, waits, day):
            raise refuse(
                N_(
                    "“{other}” waits for an answer that this question would no longer have: change that one first."
                ),
                fields=("options",),
                other=each.label,
            )


def _move(ctx: Context, command: MoveQuestion) -> Made:
    row, form, there = _open(ctx, command.question)
    if not reordered(ctx, FieldDef, [each.id for each in there], command.question, command.step):
        return _made(command.question)
    wrong = out_of_order(answer_sets.questions(ctx.connection, form["id"]))
    if wrong is not None:
        on = next(each.label for each in there if each.key == wrong[1])
        raise refuse(
            N_("“{question}” is asked only after “{on}” and stays behind it."),
            question=wrong[0].label,
            on=on,
        )
    ctx.emit(QuestionMoved(entity_id=command.question, form=form["name"], question=row["label"]))
    return _made(command.question)


def _may_go(ctx: Context, command: RemoveQuestion) -> Refusal | None:
    row, form, there = _open(ctx, command.question)
    waits = next((q for q in there if q.shown_if is not None and q.shown_if.key == row["key"]), None)
    if waits is not None:
        reason = Text(
            "“{other}” is asked only after this one: change or remove that first.", {"other": waits.label}
        )
        return Refusal(reason)
    if len(there) > 1:
        return None
    return asked_by(
        ctx,
        form,
        Text("{board}, {stage} asks for this form, and this is its only question: add another first."),
    )


def _remove(ctx: Context, command: RemoveQuestion) -> Made:
    row, form, _ = _open(ctx, command.question)
    revision = _revise(ctx, form)
    if revision == form["revision"]:
        ctx.rows.delete(FieldDef, command.question)
    else:
        ctx.rows.update(FieldDef, command.question, to_revision=revision - 1)
    ctx.emit(QuestionRemoved(entity_id=command.question, form=form["name"], question=row["label"]))
    return _made(command.question)


def _still_there(ctx: Context, command: EditQuestion | MoveQuestion) -> None:
    _open(ctx, command.question)


HANDLERS: dict[type[Command], Handler[Any]] = {
    AddQuestion: Handler(_add),
    EditQuestion: Handler(_edit, ready=_still_there),
    MoveQuestion: Handler(_move, ready=_still_there),
    RemoveQuestion: Handler(_remove, ready=_may_go),
}
