"""The company in the file of the setup: one record that stands in no list of settings. (M105)"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from crm_tui.domain import logo
from crm_tui.domain.setup_rows import Given, Judged, Verdict
from crm_tui.domain.taxid import tax_id
from crm_tui.i18n import Text
from crm_tui.services.core.commands import Command
from crm_tui.services.core.reading import Reading
from crm_tui.store.queries import access as queries

LIST: Final = "company"
COMMAND: Final = "edit_company"
_FIELDS: Final = ("name", "legal_name", "document", "logo")


def here(reading: Reading) -> dict[str, str]:
    """What is known of the company, as a file has it; empty where nobody said."""
    row = reading.connection.execute(queries.COMPANY).fetchone()
    kept: dict[str, Any] = json.loads(row[1]) if row is not None else {}
    return {name: kept[name] for name in _FIELDS if kept.get(name)}


def judged(
    reading: Reading, command: type[Command], given: list[Given]
) -> tuple[list[Judged], list[tuple[Command, int]]]:
    """What becomes of the company of a file, and the command that takes it in with its line, if anything changes."""
    rows: list[Judged] = []
    commands: list[tuple[Command, int]] = []
    known = here(reading)
    for n, each in enumerate(given):
        name = str(each.values.get("name") or known.get("name") or LIST)
        reason = Text("It stands in the file twice: leave one out.") if n else _misfit(command, each.values)
        if reason is not None:
            rows.append(Judged(LIST, each.line, name, Verdict.ERROR, reason=reason))
            continue
        wanted = {key: _plain(key, value) for key, value in each.values.items()}
        changed = tuple(key for key, value in wanted.items() if value != known.get(key, ""))
        fresh = Verdict.CHANGED if known else Verdict.NEW
        rows.append(Judged(LIST, each.line, name, fresh if changed else Verdict.SAME, fields=changed))
        if changed:
            commands.append((command(**{key: wanted[key] for key in changed}), each.line))
    return rows, commands


def _misfit(command: type[Command], values: Mapping[str, Any]) -> Text | None:
    for key, value in values.items():
        if key not in _FIELDS:
            return Text("There is no key {key} in {list}.", {"key": key, "list": LIST})
        if not isinstance(value, str) or len(value) > _longest(command, key):
            return Text("{key} cannot be that: see how an export writes it.", {"key": key})
    document = values.get("document")
    if document and tax_id(document) is None:
        return Text("That is no CPF or CNPJ: look at its digits, or leave the field empty.")
    if values.get("logo") and logo.drawn(values["logo"]) is None:
        return logo.too_large()
    return None


def _longest(command: type[Command], key: str) -> int:
    bounds = (getattr(each, "max_length", None) for each in command.model_fields[key].metadata)
    return next((bound for bound in bounds if bound is not None), 0)


def _plain(key: str, value: str) -> str:
    """A value as it will be kept."""
    if key == "logo":
        return logo.drawn(value) or ""
    document = tax_id(value) if key == "document" and value else None
    return document.number if document is not None else " ".join(value.split())
