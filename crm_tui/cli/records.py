"""The verbs about records: search, show, history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import filters, out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.filters import FilterOption, ViewOption
from crm_tui.cli.out import Column
from crm_tui.cli.session import Session
from crm_tui.domain.text import sanitise
from crm_tui.i18n import Text, say
from crm_tui.services.core.refs import Ref, resolve

if TYPE_CHECKING:
    from crm_tui.domain.trail import ChangeRow, Entry
    from crm_tui.services.core.crm import Crm

PAGE = 1000
FOUND = 50


def search(ctx: typer.Context, text: Annotated[list[str], typer.Argument(metavar="TEXT")]) -> None:
    """People by name, code, document, phone or e-mail, then cards by number or title, then notes by their words."""
    from crm_tui.services.board import views as board
    from crm_tui.services.note import views as note
    from crm_tui.services.party import views as party
    from crm_tui.ui import formats

    session: Session = ctx.obj
    crm = session.crm()
    words = " ".join(text)
    people = crm.read(party.search, words, FOUND)
    cards = crm.read(board.find, words, FOUND)
    document = [
        {
            "kind": hit.kind,
            "ref": hit.code,
            "name": hit.name,
            "document": hit.document,
            "phone": hit.phone,
            "no_calls": hit.no_calls,
            "email": hit.email,
        }
        for hit in people.hits
    ]
    document += [
        {"kind": "card", "ref": c.number, "name": c.title, "document": None, "phone": None}
        | {"no_calls": False, "email": None}
        for c in cards
    ]
    document += [
        {
            "kind": "note",
            "ref": f"note:{n.id}",
            "name": n.excerpt,
            "document": None,
            "phone": None,
            "no_calls": False,
            "email": None,
        }
        for n in crm.read(note.find, words, FOUND)
    ]

    def person() -> None:
        if not document:
            out.line(say("Nothing is found for “{words}”.", words=words))
            return
        out.table(
            [
                Column(say("REF"), key=True),
                Column(say("Name")),
                Column(say("Phone"), key=True),
                Column(say("E-mail")),
                Column(say("Document")),
            ],
            [
                (
                    each["ref"] or "",
                    each["name"] or "",
                    _dialled(each),
                    each["email"] or "",
                    formats.document(each["document"] or ""),
                )
                for each in document
            ],
        )
        if people.more:
            out.line(say("There are more: say more of the name."))

    session.show(document, [str(each["ref"]) for each in document], person)


def _dialled(row: Mapping[str, Any]) -> str:
    """The phone of a row; that none of theirs is to be used is said behind it. (M1)"""
    from crm_tui.ui import formats

    number = formats.phone(str(row.get("phone") or ""))
    return f"{number} ({say('do not use')})" if number and row.get("no_calls") else number


def people(ctx: typer.Context, filter: FilterOption = "", view: ViewOption = "") -> None:
    """People, the newest first; those that a filter or a saved view means."""
    from crm_tui.domain.filter_tree import Filter, Place
    from crm_tui.services.party import views as party

    session: Session = ctx.obj
    wanted = filters.asked(session, Place.PEOPLE, filter, view) or Filter()
    found = session.crm().read(party.search, "", PAGE, wanted)
    document = [
        {
            "ref": hit.code,
            "kind": hit.kind,
            "name": hit.name,
            "company": hit.company,
            "phone": hit.phone,
            "no_calls": hit.no_calls,
            "email": hit.email,
            "open_cards": hit.open_cards,
        }
        for hit in found.hits
    ]

    def person() -> None:
        if not document:
            out.line(say("Nobody is found."))
            return
        heads = [Column(say("REF"), key=True), Column(say("Name")), Column(say("Company"))]
        out.table(
            [*heads, Column(say("Phone"), key=True), Column(say("E-mail"))],
            [
                (hit.code, hit.name, hit.company or "", _dialled(each), hit.email or "")
                for hit, each in zip(found.hits, document, strict=True)
            ],
        )
        if found.more:
            out.line(say("There are more: narrow the filter."))

    session.show(document, [hit.code for hit in found.hits], person)


def saved_views(ctx: typer.Context) -> None:
    """The saved views, one's own and the team's: where each is used, its digit, what it means."""
    from crm_tui.domain.filter import write
    from crm_tui.domain.filter_errors import list_name
    from crm_tui.services.filter import views

    session: Session = ctx.obj
    crm = session.crm()
    document = []
    for each in crm.read(views.saved):
        line = write(each.found, crm.read(views.world, each.place)) if each.found is not None else None
        document.append(
            {
                "ref": f"view:{each.id}",
                "name": each.name,
                "place": each.place.value,
                "list": say(list_name(each.place)),
                "shortcut": each.shortcut,
                "filter": line,
                "author": each.author,
                "shared": each.shared,
                "version": each.version,
            }
        )

    def person() -> None:
        if not document:
            out.line(say("No view is saved: crm-tui do save_filter --help tells how."))
            return
        heads = [Column(say("Digit"), key=True), Column(say("Name"), key=True), Column(say("List"), key=True)]
        out.table(
            [*heads, Column(say("Filter")), Column(say("Of"), key=True)],
            [
                (
                    str(each["shortcut"] or ""),
                    str(each["name"]),
                    str(each["list"]),
                    str(each["filter"] or "?"),
                    say("{login}, team", login=each["author"]) if each["shared"] else str(each["author"]),
                )
                for each in document
            ],
        )

    session.show(document, [str(each["ref"]) for each in document], person)


def _found(crm: Crm, text: str) -> Ref:
    found = resolve(crm.reading(), text)
    if found is None:
        raise _missing(text)
    return found


def _missing(text: str) -> Failure:
    return Failure(
        Status.MISSING,
        Text(
            "There is no record “{ref}”; one is named as OP-0142, PE-00123, note:7 or draft:3.", {"ref": text}
        ),
    )


def show(ctx: typer.Context, ref: Annotated[str, typer.Argument(metavar="REF")]) -> None:
    """One record with its version."""
    from crm_tui.cli import shown

    session: Session = ctx.obj
    crm = session.crm()
    document = shown.record(crm, _found(crm, ref))
    if document is None:
        raise _missing(ref)
    session.show(document, [str(document["ref"])], lambda: _print(document, crm.clock()))


def save(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF")],
    file: Annotated[str, typer.Argument(metavar="FILE", help=say("a new file, or a folder"))] = ".",
) -> None:
    """A copy of an attached file as a new file; one that is there is never written over."""
    from crm_tui.connectors import files
    from crm_tui.services.note import views

    session: Session = ctx.obj
    crm = session.crm()
    found = _found(crm, ref)
    kept = crm.read(views.content, found.id) if found.entity == "attachment" else None
    if kept is None:
        raise _missing(ref)
    try:
        path = files.save(files.located(file), kept[0], kept[1], crm.store.path)
    except files.FileFault as fault:
        raise Failure(Status.USAGE, fault.reason) from None
    document = {"ref": ref, "path": str(path), "bytes": len(kept[1])}
    session.show(document, [str(path)], lambda: out.line(say("{path} is saved.", path=str(path))))


def _print(document: dict[str, Any], now: datetime) -> None:
    """Name and value, one a line; what belongs to the record under it."""
    from crm_tui.cli import told

    facts = list(told.facts(document, now))
    wide = max((out.width(name) for name, value in facts if isinstance(value, str)), default=0)
    for name, value in facts:
        if isinstance(value, list):
            out.line(name)
            for line in value:
                out.line(f"  {line}")
        else:
            text = sanitise(value).replace("\n", f"\n{'':{wide}}  ")
            out.line(f"{name}{'':{wide - out.width(name)}}  {text}")


def history(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF")] = "",
    board: Annotated[
        str, typer.Option("--board", metavar="NAME", help=say("of a whole board, by its name or REF"))
    ] = "",
    standard: Annotated[
        bool, typer.Option("--standard", help=say("only notes that used a standard text"))
    ] = False,
    only: Annotated[
        str, typer.Option("--only", metavar="WHAT", help=say("such as “kind:note,file by:ana on:week”"))
    ] = "",
) -> None:
    """All that happened to a record, or on a board, the newest first."""
    from crm_tui.services.trail import views
    from crm_tui.ui.sentences import sentence

    session: Session = ctx.obj
    crm = session.crm()
    now, zone = crm.clock(), crm.viewer.zone
    if bool(ref) == bool(board):
        raise Failure(Status.USAGE, Text("Name either a record or, with --board, a board."))
    entries = _of_board(crm, board) if board else _entries(crm, _found(crm, ref), ref)
    if only:
        asked = crm.read(views.meant, only)
        entries = [entry for entry in entries if asked.holds(entry) and _said(entry, asked.words, now, zone)]
    if standard:
        entries = [entry for entry in entries if entry.standard]
    changes: dict[int, list[ChangeRow]] = {}
    for first in range(0, len(entries), PAGE):
        changes |= crm.read(views.changes, entries[first : first + PAGE])
    document = [
        {
            "at": entry.at.astimezone(zone),
            "actor": entry.actor,
            "kind": entry.kind,
            "summary": sentence(entry.kind, entry.params, now, zone),
            "reason": entry.reason,
            "batch": entry.batch,
            "answers": {question.key: value for question, value in entry.answers},
            "changes": [
                {"table": c.table, "id": c.row_id, "op": c.op, "before": c.before, "after": c.after}
                for c in changes.get(entry.id, [])
            ],
        }
        for entry in entries
    ]

    def person() -> None:
        from crm_tui.ui import formats

        heads = [Column(say("When"), key=True), Column(say("Who"), key=True), Column(say("What happened"))]
        out.table(
            [*heads, Column(say("Batch"), key=True)],
            [
                (formats.stamp(e.at, now, zone), e.actor or "—", str(d["summary"]), e.batch)
                for e, d in zip(entries, document, strict=True)
            ],
        )

    session.show(document, list(dict.fromkeys(f"batch:{e.batch}" for e in entries)), person)


def _said(entry: Entry, words: str, now: datetime, zone: tzinfo) -> bool:
    """Whether each word is in what is told of an entry, or in its text."""
    from crm_tui.domain.text import fold
    from crm_tui.ui.sentences import sentence

    told = fold(f"{sentence(entry.kind, entry.params, now, zone)} {entry.body or ''} {entry.reason or ''}")
    return all(word in told for word in fold(words).split())


def _entries(crm: Crm, found: Ref, text: str) -> list[Entry]:
    """The events of a record; none that may be seen is no record (status 3)."""
    from crm_tui.cli import shown
    from crm_tui.services.core import records
    from crm_tui.services.trail import views

    if found.entity == "batch":
        entries: list[Entry] = crm.read(records.of_batch, found.text)
        if not entries:
            raise _missing(text)
        return entries
    if shown.record(crm, found) is None:
        raise _missing(text)
    if found.entity not in ("card", "party"):
        return list(crm.read(views.of_entity, found.entity, found.id, PAGE * PAGE))
    return _paged(crm, views.of_card if found.entity == "card" else views.of_party, found.id)


def _of_board(crm: Crm, name: str) -> list[Entry]:
    """The events of a board and of everything on it. (K33)"""
    from crm_tui.cli.day import chosen_board
    from crm_tui.services.board import views as boards
    from crm_tui.services.trail import views

    return _paged(crm, views.of_board, chosen_board(crm.read(boards.boards), name.strip()).id)


def _paged(crm: Crm, view: Callable[..., list[Entry]], row_id: int) -> list[Entry]:
    from crm_tui.services.trail import views

    entries: list[Entry] = []
    while page := crm.read(view, row_id, entries[-1].id if entries else views.NEWEST, PAGE):
        entries += page
        if len(page) < PAGE:
            break
    return entries


VERBS: Mapping[str, Callable[..., int | None]] = {
    "search": search,
    "people": people,
    "views": saved_views,
    "show": show,
    "save": save,
    "history": history,
}
