"""Which records a command names, by its declaration; and whom it means, where a person was merged since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from crm_tui.domain.outcome import Done, Outcome, Refusal
from crm_tui.i18n import Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.context import Context, Refused
from crm_tui.store.queries import party
from crm_tui.store.tables import Party


@cache
def naming(command: type[Command]) -> Mapping[str, str]:
    """The fields of a command that name a record, each with its picker."""
    extras = ((name, info.json_schema_extra) for name, info in command.model_fields.items())
    return {
        name: str(extra["pick"]) for name, extra in extras if isinstance(extra, dict) and extra.get("pick")
    }


@cache
def picked(command: type[Command], picker: str) -> tuple[str, ...]:
    """The fields of a command that name a record by this picker."""
    return tuple(name for name, pick in naming(command).items() if pick == picker)


@cache
def _seen(command: type[Command]) -> Mapping[str, str]:
    """The fields that name somebody of whom a version was seen, each with that of the version."""
    extras = ((name, info.json_schema_extra) for name, info in command.model_fields.items())
    return {str(extra["of"]): name for name, extra in extras if isinstance(extra, dict) and extra.get("of")}


def led_on(ctx: Context, command: Command) -> Command:
    """The command about whom it means: somebody who was merged since is the other one by now. (X9)

    What was decided by looking at them is refused: it would be written over the other one, whom nobody looked at.
    """
    found: dict[str, Any] = {}
    for name in (*picked(type(command), "people"), *picked(type(command), "contacts")):
        named = getattr(command, name, None)
        if not isinstance(named, int) or (stands := ctx.one(party.STANDS_FOR, id=named)) is None:
            continue
        if stands[0] != named:
            if getattr(command, _seen(type(command)).get(name, ""), None) is not None:
                raise Refused(_gone_into_another(ctx, named, name))
            found[name] = stands[0]
    return command.model_copy(update=found) if found else command


def _gone_into_another(ctx: Context, party_id: int, field: str) -> Refusal:
    row = ctx.row(Party, party_id)
    told = {"name": row["name"], "code": row["code"]}
    reason = Text(
        "{name} was merged into another record meanwhile: what you typed is kept; open {code}, which leads there, "
        "and save there what it lacks.",
        told,
    )
    return Refusal(reason, fields=(field,))


def resolved(command: Command, outcomes: Sequence[Outcome]) -> Command:
    """The command with each `New(n)` replaced by the id of the row that the n-th command made."""
    found: dict[str, Any] = {}
    for name in naming(type(command)):
        value = getattr(command, name)
        made = _made(value, outcomes)
        if made != value:
            found[name] = made
    return command.model_copy(update=found) if found else command


def _made(value: Any, outcomes: Sequence[Outcome]) -> Any:
    """The id of the row that the n-th command made for `New(n)`, among several too; any other value stays."""
    if isinstance(value, tuple):
        return tuple(_made(each, outcomes) for each in value)
    if not isinstance(value, int) or isinstance(value, bool) or value >= 0:
        return value
    earlier = outcomes[-1 - value] if -1 - value < len(outcomes) else None
    if not isinstance(earlier, Done) or earlier.entity_id is None:
        raise Refused(Refusal(Text("The record that this one needs was not made.")))
    return earlier.entity_id
