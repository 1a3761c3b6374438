"""What `do` says of commands: which there are, and what each is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from crm_tui.cli import out
from crm_tui.cli.out import Column
from crm_tui.cli.session import Session
from crm_tui.domain.fields import FieldSpec
from crm_tui.i18n import N_, say

if TYPE_CHECKING:
    from crm_tui.services.core.commands import Command


def every(session: Session, known: Mapping[str, type[Command]]) -> None:
    """Every command there is, by name."""
    from crm_tui.services.core.forms import specs

    document = [
        {
            "command": name,
            "title": say(command.title),
            "permission": command.permission,
            "fields": [_field(command, spec) for spec in specs(command)],
        }
        for name, command in sorted(known.items())
    ]
    columns = [Column(say("Command"), key=True), Column(say("Title")), Column(say("Permission"), key=True)]
    session.show(
        document,
        sorted(known),
        lambda: out.table(
            columns, [(str(d["command"]), str(d["title"]), str(d["permission"])) for d in document]
        ),
    )


def _field(command: type[Command], spec: FieldSpec) -> dict[str, Any]:
    kind = "file" if command.model_fields[spec.name].annotation is bytes else spec.widget.value
    return {
        "name": spec.name,
        "label": say(spec.label),
        "kind": "pick" if kind == "hidden" and spec.pick else kind,
        "required": spec.required,
        "pick": spec.pick,
        "many": spec.many,
        "choices": [value for value, _ in spec.choices],
        "help": say(spec.help),
        "only_if": None if spec.shown_if is None else {spec.shown_if.field: list(spec.shown_if.values)},
    }


def one(command: type[Command]) -> None:
    """A command's fields: what each is, which must be given, what may be chosen."""
    from crm_tui.services.core.forms import specs

    out.line(say("Usage: {words}", words=f"crm-tui do {command.command_name()} [--field …]"))
    out.line(f"\n  {say(command.title)} ({command.permission})\n")
    rows = [_help_row(_field(command, spec)) for spec in specs(command) if spec.name != "version"]
    if any(spec.name == "version" for spec in specs(command)):
        rows.append(("--if-version N", "", say("only if the record still has the version that show gave")))
    card = command.model_fields.get("card")
    if (
        card is not None
        and isinstance(card.json_schema_extra, dict)
        and card.json_schema_extra["pick"] == "cards"
    ):
        where = say("instead of --card: every card of a filter, asked about first; --dry-run, --yes")
        rows.append(("--where LINE", "", where))
    rows.append(("--once ID", "", say("asked again with the same ID, it is told again and not done again")))
    if command.approvable or command.past_rules:
        rows.append(("--approved-by LOGIN", "", say("a colleague approves it; the PIN is asked")))
    out.table([Column("")] * 4, [("", *row) for row in rows], heads=False)  # the empty one indents


def _help_row(told: Mapping[str, Any]) -> tuple[str, str, str]:
    words: Iterator[str] = filter(
        None,
        (
            told["help"],
            *(_condition(*each) for each in (told["only_if"] or {}).items()),
            say("one of: {choices}", choices=", ".join(told["choices"])) if told["choices"] else "",
            say("a REF or an exact name") if told["pick"] and not told["many"] else "",
            say("REFs or exact names, parted by commas") if told["many"] else "",
            say("asked without showing it, or a line of standard input") if told["kind"] == "secret" else "",
            say("--file PATH, or - for standard input") if told["kind"] == "file" else "",
        ),
    )
    name = f"--{told['name'].replace('_', '-')}"
    label = f"{told['label']} *" if told["required"] else told["label"]
    return name, label, "; ".join(words)


def _condition(field: str, values: list[str]) -> str:
    known = {"field": field.replace("_", "-"), "values": ", ".join(values)}
    return say(N_("only if {field} is {values}") if values else N_("only if {field} is given"), **known)
