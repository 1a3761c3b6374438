"""The verbs that change something: do, which runs any command, undo and redo.

A command's fields are its options: what the form on the screen asks, the shell may give. (DESIGN §5)
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import command_help, secrets, workflow
from crm_tui.cli.failures import Failure, Status, of_refusal
from crm_tui.cli.session import Session
from crm_tui.connectors import files
from crm_tui.domain.fields import Option, Widget
from crm_tui.domain.note import ATTACHMENT_LIMIT
from crm_tui.domain.outcome import Done, Refusal
from crm_tui.domain.text import one_line
from crm_tui.i18n import Text
from crm_tui.services.core.reading import view
from crm_tui.services.core.refs import picked, resolve, typed

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command
    from crm_tui.services.core.crm import Crm
    from crm_tui.services.core.pins import Approval

_OWN = {
    "list": False,
    "help": False,
    "if_version": True,
    "file": True,
    "where": True,
    "view": True,
    "dry_run": False,
    "yes": False,
    "approved_by": True,
    "once": True,
}
"""The options of `do` itself, and whether each has a value."""


@dataclass(slots=True)
class Asked:
    """What was said after `do`: the command's name, its fields as typed, and the options of `do` itself."""

    command: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


def do(ctx: typer.Context) -> None:
    """Run any command; without one, or with --list, the commands there are."""
    from crm_tui import bootstrap

    session: Session = ctx.obj
    asked = _read(ctx.args)
    known = bootstrap.commands()
    if not asked.command:
        command_help.every(session, known)
        return
    from crm_tui.services.core.forms import specs

    command = known.get(asked.command.replace("-", "_").lower())
    if command is None:
        raise Failure(
            Status.USAGE,
            Text("There is no command “{name}”: see crm-tui do --list.", {"name": asked.command}),
        )
    if "help" in asked.own:
        command_help.one(command)
        return
    crm = session.crm()
    if _OF_MANY & set(asked.own):
        _many(session, command, asked)
        return
    built = _built(crm, command, asked)
    approval, request = _approval(command, asked), _request(crm, command, asked)
    outcome = crm.run(built, approval=approval, request_id=request)
    session.done(outcome, {spec.name: spec.label for spec in specs(command)})


def _request(crm: Crm, command: type[Command], asked: Asked) -> str | None:
    """Under which name the answer is kept, by `--once`: this operator's, for this command, nobody else's."""
    name = one_line(asked.own.get("once", ""))
    return f"cli:{crm.viewer.user_id}:{command.command_name()}:{name}" if name else None


def _approval(command: type[Command], asked: Asked) -> Approval | None:
    """Who approves by `--approved-by`, with the PIN that is asked of them."""
    login = asked.own.get("approved_by")
    if login is None:
        return None
    if not (command.approvable or command.past_rules):
        facts = {"command": command.command_name()}
        raise Failure(
            Status.USAGE, Text("{command} is not approved on the spot: leave --approved-by out.", facts)
        )
    from crm_tui.services.core.pins import Approval

    return Approval(login, secrets.ask(Text("PIN of {login}", {"login": login})))


_OF_MANY = {"where", "view", "dry_run", "yes"}


def _many(session: Session, command: type[Command], asked: Asked) -> None:
    """The command for every card that `--where` or `--view` means."""
    from crm_tui.cli import many

    if not {"where", "view"} & set(asked.own):
        raise Failure(Status.USAGE, Text("--dry-run and --yes belong to --where: say which cards."))
    if "card" in asked.fields or {"if_version", "once"} & set(asked.own):
        raise Failure(
            Status.USAGE, Text("--where says which cards: leave --card, --if-version and --once out.")
        )

    def build(card_id: int) -> Command:
        fields = asked.fields | {"card": f"card:{card_id}"}
        return _built(session.crm(), command, replace(asked, fields=fields))

    many.run(
        session,
        command,
        build,
        asked.own.get("where", ""),
        asked.own.get("view", ""),
        dry_run="dry_run" in asked.own,
        yes="yes" in asked.own,
    )


def _read(words: list[str]) -> Asked:
    """The words after `do`; `Failure` (2) for a value without its field or a field without its value."""
    asked = Asked()
    rest = iter(words)
    for word in rest:
        if not word.startswith("--") or word == "--":
            if asked.command or word.startswith("-"):
                raise Failure(
                    Status.USAGE, Text("“{word}” has no field: write --field value.", {"word": word})
                )
            asked.command = word
            continue
        dashed, equals, value = word[2:].partition("=")
        name = dashed.replace("-", "_").lower()
        if not equals and _OWN.get(name, True):
            given = next(rest, None)
            if given is None:
                raise Failure(Status.USAGE, Text("{option} needs a value.", {"option": f"--{dashed}"}))
            value = given
        (asked.own if name in _OWN else asked.fields)[name] = value
    return asked


def _built(crm: Crm, command: type[Command], asked: Asked) -> Command:
    """The command that the words mean; its refusal is the verb's failure."""
    from crm_tui import bootstrap
    from crm_tui.services.calendar import views as calendars
    from crm_tui.services.core.forms import World, build, joined, parted, specs

    reading = crm.reading()
    by_name = {spec.name: spec for spec in specs(command)}
    raw: dict[str, str | bytes] = {}
    for name, text in workflow.in_place(crm, command, asked.fields).items():
        spec = by_name.get(name)
        if spec is not None and spec.pick is not None:
            named = parted(text) if spec.many else [text]
            meant = [picked(reading, spec.pick, each) for each in named]
            raw[name] = joined(meant) if spec.many else meant[0]
        elif spec is not None and spec.widget is Widget.BODY and text == "-":
            raw[name] = _piped().decode("utf-8", "surrogateescape")
        else:
            raw[name] = text
    raw |= secrets.of(by_name.values(), asked.fields)
    raw |= _contents(command, asked, raw, crm.store.path)
    if "if_version" in asked.own:
        if "version" not in by_name:
            raise Failure(
                Status.USAGE,
                Text(
                    "{command} has no version: leave --if-version out.", {"command": command.command_name()}
                ),
            )
        raw["version"] = asked.own["if_version"]
    pickers = _narrowed(crm, bootstrap.pickers(), asked.fields)
    built = build(command, raw, World(reading, pickers, crm.read(calendars.own)))
    if isinstance(built, Refusal):
        raise of_refusal(built)
    return built


def _contents(
    command: type[Command], asked: Asked, raw: Mapping[str, str | bytes], database: Path
) -> dict[str, str | bytes]:
    """The field that holds a file's contents, read from `--file PATH` (`-`: standard input)."""
    wanted = next((n for n, info in command.model_fields.items() if info.annotation is bytes), None)
    named = asked.own.get("file")
    if wanted is not None and named is None and raw.get(wanted) == "-":
        named = "-"
    if named is None:
        return {}
    if wanted is None:
        raise Failure(
            Status.USAGE,
            Text("{command} takes no file: leave --file out.", {"command": command.command_name()}),
        )
    found: dict[str, str | bytes] = {wanted: _piped() if named == "-" else _file(named, database)}
    if named != "-" and "filename" in command.model_fields and "filename" not in raw:
        found["filename"] = Path(named).name
    return found


def _piped() -> bytes:
    """Standard input, at most one byte more than an attachment may have: a pipe need not end."""
    return sys.stdin.buffer.read(ATTACHMENT_LIMIT + 1)


def _file(named: str, database: Path) -> bytes:
    try:
        return files.read(Path(named), database)
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None


def _narrowed(
    crm: Crm, pickers: Mapping[str, Callable[..., list[Option]]], fields: Mapping[str, str]
) -> dict[str, Callable[..., list[Option]]]:
    """The pickers with REFs that tell boards and stages apart; stages and labels only of the board that is meant,
    questions only of the form."""
    found = dict(pickers)
    board_id = _board_of(crm, fields)
    stages = found["stages"] if board_id is None else partial(found["stages"], board_id=board_id)
    labels = {name: partial(found[name], board_id=board_id) for name in ("labels", "every_label")}
    questions = partial(found["questions"], form_id=_form_of(crm, fields))
    if board_id is not None:
        found["templates"] = view("card.read")(partial(found["templates"], board_id=board_id))
    return found | {
        **{name: view("card.read")(picker) for name, picker in labels.items()},
        "stages": view("card.read")(partial(_with_refs, stages, "stage")),
        "questions": view("card.read")(questions),
        "boards": view("card.read")(partial(_with_refs, found["boards"], "board")),
        **{
            name: view("card.read")(partial(_with_refs, found[name], "board"))
            for name in ("other_boards", "service_boards")
        },
    }


def _with_refs(picker: Callable[..., list[Option]], entity: str, *args: Any) -> list[Option]:
    return [replace(option, ref=typed(entity, option.value) or "") for option in picker(*args)]


def _board_of(crm: Crm, fields: Mapping[str, str]) -> int | None:
    """The board that a command is about, by the board that it names or by its card, if a REF names one."""
    from crm_tui.services.board import views

    reading = crm.reading()
    if fields.get("board"):
        options = crm.read(views.pick_board, fields["board"])
        named = resolve(reading, fields["board"])
        if named is not None and named.entity == "board":
            return named.id
        return int(options[0].value) if len(options) == 1 else None
    if "card" in fields:
        card = resolve(reading, fields["card"])
        detail = crm.read(views.detail, card.id) if card is not None and card.entity == "card" else None
        return None if detail is None else int(detail.board_id)
    return None


def _form_of(crm: Crm, fields: Mapping[str, str]) -> int | None:
    """The form that a command is about: the one that it names, or that of its question, by REF or exact name."""
    from crm_tui.services.form import registers, views

    if "form" in fields:
        return _one_of(crm, "form", fields["form"], crm.read(views.pick_every, fields["form"]))
    named = _one_of(crm, "question", fields.get("question", ""), [])
    return next(
        (row.belongs["form"] for row in crm.read(registers.question_register) if row.id == named), None
    )


def _one_of(crm: Crm, entity: str, text: str, options: list[Option]) -> int | None:
    named = resolve(crm.reading(), text)
    if named is not None and named.entity == entity:
        return named.id
    return int(options[0].value) if len(options) == 1 else None


def undo(ctx: typer.Context, batch: Annotated[str, typer.Argument(metavar="BATCH")] = "") -> None:
    """Undo one's own latest batch, or the one named."""
    from crm_tui.services.trail.commands import UndoBatch

    _put_back(ctx.obj, UndoBatch(batch=one_line(batch).removeprefix("batch:")))


def redo(ctx: typer.Context) -> None:
    """Undo one's own latest undo."""
    from crm_tui.services.trail.commands import RedoBatch

    _put_back(ctx.obj, RedoBatch())


def _put_back(session: Session, command: Command) -> None:
    """Run it and say in words what it put back."""
    from crm_tui.services.core import records
    from crm_tui.ui.sentences import put_back

    crm = session.crm()
    outcome = crm.run(command)
    if isinstance(outcome, Done):
        told = crm.read(records.told_by_undo, outcome.batch)
        session.done(outcome, words=put_back(told, crm.clock(), crm.viewer.zone))
    else:
        session.done(outcome)


VERBS: Mapping[str, Callable[..., int | None]] = {"do": do, "undo": undo, "redo": redo}
