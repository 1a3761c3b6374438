"""`do … --where`: one command for every card that a filter means at the moment of the preview, as one batch.

The ids are taken once, shown, and asked about; what the filter would mean a second later changes nothing.
(FILTER.md §7)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_tui.cli import missing, out
from crm_tui.cli.confirmed import confirmed
from crm_tui.cli.failures import Failure, Status, of_conflict, of_refusal
from crm_tui.cli.session import Session
from crm_tui.domain.outcome import Conflict, Done, Outcome, Refusal
from crm_tui.i18n import Text, say, say_n, text_n
from crm_tui.ui.sentences import told

if TYPE_CHECKING:
    from crm_tui.domain.board import BoardCard
    from crm_tui.domain.filter_rows import Matches
    from crm_tui.services.core.commands import Command

SHOWN = 20
"""Cards and errors that a person is shown; a program gets all."""
CHUNK = 500
Build = Callable[[int], "Command"]


def run(
    session: Session, command: type[Command], build: Build, line: str, view: str, *, dry_run: bool, yes: bool
) -> None:
    """Preview, ask, do all in one batch, and say what was refused; `build` makes the command for one card."""
    _about_cards(command)
    meant = _meant(session, line, view)
    result: dict[str, Any] = {
        "count": len(meant),
        "cards": [card.number for card in meant],
        "done": 0,
        "errors": [],
        "batch": None,
    }
    if not meant:
        session.show(result, [], lambda: out.line(say("The filter means no card: nothing was done.")))
        return
    if dry_run:
        session.show(result, result["cards"], lambda: _preview(command, meant, out.line))
        return
    commands = _commands(command, build, meant)
    if not yes:
        _preview(command, meant, out.aside)
        if not confirmed(say_n("Do it to {n} card? [y/N] ", "Do it to {n} cards? [y/N] ", len(meant))):
            raise Failure(Status.USAGE, Text("Nothing was written: repeat with --yes to write."))
    many = session.crm().run_many(commands)
    first = None
    crm = session.crm()
    for card, raw in zip(meant, many.outcomes, strict=False):
        outcome = told(raw, crm.clock(), crm.viewer.zone)
        if isinstance(outcome, Done):
            result["done"] += 1
            result["batch"] = many.batch
            continue
        first = first or outcome
        reason = Text("somebody changed it meanwhile") if isinstance(outcome, Conflict) else outcome.reason
        error: dict[str, Any] = {"ref": card.number, "reason": say(reason)}
        if isinstance(outcome, Refusal) and outcome.asked:
            error["missing"] = missing.documents(crm, outcome.asked)
        result["errors"].append(error)
    session.show(result, [f"batch:{result['batch']}"] if result["batch"] else [], lambda: _told(result))
    if first is not None:
        raise _failure(first, len(result["errors"]), len(meant))


def _about_cards(command: type[Command]) -> None:
    info = command.model_fields.get("card")
    extra = info.json_schema_extra if info is not None else None
    if not isinstance(extra, dict) or extra.get("pick") != "cards":
        raise Failure(
            Status.USAGE,
            Text("{command} is not about a card: leave --where out.", {"command": command.command_name()}),
        )


def _meant(session: Session, line: str, view: str) -> list[BoardCard]:
    from crm_tui.cli import filters
    from crm_tui.domain.filter_tree import Filter, Place
    from crm_tui.services.board import views as boards
    from crm_tui.services.filter import views

    crm = session.crm()
    wanted = filters.asked(session, Place.BOARD, line, view) or Filter()
    if not wanted.where.of:
        raise Failure(Status.USAGE, Text("The filter is empty, which means every card: say which ones."))
    found: Matches = crm.read(views.cards, wanted)
    if found.more:
        raise Failure(
            Status.USAGE, Text("The filter means more than {n} cards: narrow it.", {"n": len(found.ids)})
        )
    cards: list[BoardCard] = []
    for first in range(0, len(found.ids), CHUNK):
        cards += crm.read(boards.cards, found.ids[first : first + CHUNK])
    return cards


def _commands(command: type[Command], build: Build, meant: list[BoardCard]) -> list[Command]:
    """One for each card; where nothing but the card differs the fields are read once."""
    extras = (info.json_schema_extra for info in command.model_fields.values())
    by_board = any(isinstance(extra, dict) and extra.get("pick") == "stages" for extra in extras)
    first = build(meant[0].id)
    if not by_board:
        return [first, *(first.model_copy(update={"card": card.id}) for card in meant[1:])]
    return [first, *(build(card.id) for card in meant[1:])]


def _preview(command: type[Command], meant: list[BoardCard], line: Callable[[str], None]) -> None:
    n = len(meant)
    line(say_n("{what}: {n} card", "{what}: {n} cards", n, what=say(command.title)))
    for card in meant[:SHOWN]:
        line(f"  {card.number}  {card.party or '—'}  {card.title}")
    if n > SHOWN:
        line(say_n("  and {n} more", "  and {n} more", n - SHOWN))


def _told(result: dict[str, Any]) -> None:
    out.line(
        say_n("Done to {n} card of {all}", "Done to {n} cards of {all}", result["done"], all=result["count"])
    )
    for each in result["errors"][:SHOWN]:
        out.line(f"  {each['ref']}: {each['reason']}")
    if len(result["errors"]) > SHOWN:
        more = len(result["errors"]) - SHOWN
        out.line(say_n("  and {n} more", "  and {n} more", more))
    if result["batch"]:
        out.line(say("crm-tui undo takes it all back (batch {batch}).", batch=result["batch"]))


def _failure(first: Outcome, refused: int, whole: int) -> Failure:
    """Some were not done: the status is that of the first."""
    assert isinstance(first, Refusal | Conflict)
    failure = of_conflict(first, {}) if isinstance(first, Conflict) else of_refusal(first)
    reason = text_n(
        "{refused} of {n} card was refused: {why}",
        "{refused} of {n} cards were refused, the first: {why}",
        whole,
        refused=refused,
        why=failure.reason,
    )
    return Failure(failure.status, reason)
