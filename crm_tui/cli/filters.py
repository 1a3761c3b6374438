"""Filters on the command line: the line or the saved view that was named, and an error with a mark below its place.

The language of filters is loaded only where one was said. (FILTER.md §5)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crm_tui.cli import out
from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.session import Session
from crm_tui.domain.filter_tree import All, Filter, Place
from crm_tui.domain.text import fold
from crm_tui.i18n import Text, say

if TYPE_CHECKING:
    from crm_tui.domain.filter import FilterError
    from crm_tui.domain.filter_rows import SavedView
    from crm_tui.domain.filter_world import FilterWorld

FilterOption = Annotated[
    str,
    typer.Option("--filter", metavar="LINE", help=say("only what the filter means: owner:me date:..today")),
]
ViewOption = Annotated[
    str, typer.Option("--view", metavar="NAME", help=say("only what a saved view means: its name or digit"))
]


def asked(session: Session, place: Place, line: str, view: str = "") -> Filter | None:
    """The filter of a line, of a saved view, or of both together; None if neither was said. Raises Failure."""
    if not line.strip() and not view.strip():
        return None
    from crm_tui.domain.filter import gone_things, made
    from crm_tui.services.filter import views

    world: FilterWorld = session.crm().read(views.world, place)
    found = _read(session, line, world)
    if not view.strip():
        return found
    saved = _saved(session, place, view.strip())
    if saved.found is None:
        reason = Text("The view {name} was saved by a newer program: update this one.", {"name": saved.name})
        raise Failure(Status.USAGE, reason)
    for gone in gone_things(saved.found, world):
        out.aside(say(gone.message))
    both = made(All((saved.found.where, found.where)), world)
    kept = saved.found
    said = Filter(
        both, found.sort or kept.sort, found.group or kept.group, found.per_column or kept.per_column
    )
    return said.shown_as(kept)


def by_hand(verb: str, words: Sequence[str]) -> tuple[str, str]:
    """`--filter` and `--view` of a verb that has no other option: one declared to Typer loads pydantic (70 ms)."""
    said, rest = {"--filter": "", "--view": ""}, iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if name not in said:
            hint = {"verb": verb, "option": name}
            raise Failure(
                Status.USAGE,
                Text("There is no option {option}: see crm-tui {verb} --help.", hint)
                if name.startswith("-")
                else Text("There is a word too many: see crm-tui {verb} --help.", hint),
            )
        given = value if equals else next(rest, None)
        if given is None:
            raise Failure(Status.USAGE, Text("{option} needs a value.", {"option": name}))
        said[name] = given
    return said["--filter"], said["--view"]


def _read(session: Session, line: str, world: FilterWorld) -> Filter:
    from crm_tui.domain.filter import FilterError, read

    found = read(line, world)
    if isinstance(found, FilterError):
        raise refused(session, line, found)
    return found


def refused(session: Session, line: str, error: FilterError) -> Failure:
    """What a line that is no filter ends with: the line, a mark, the sentence, the offers; with --json a document."""
    if session.options.json:
        told = error.as_json()
        offered = [{"words": _words(each.words), "line": each.line} for each in error.offers]
        out.document({"error": {**told, "message": say(error.message), "offers": offered}})
    start = " " * out.width(line[: error.start])
    mark = "^" * max(1, out.width(line[error.start : error.end]))
    offers = tuple(say("  or: {line}", line=each.line or _words(each.words)) for each in error.offers)
    return Failure(Status.USAGE, error.message, before=(line, start + mark), after=offers)


def _words(words: Any) -> str:
    return say(words) if isinstance(words, Text) else str(words)


def _saved(session: Session, place: Place, name: str) -> SavedView:
    """The view of this digit or name, or the only one whose name begins so."""
    from crm_tui.services.filter import views

    known: list[SavedView] = session.crm().read(views.saved, place)
    by_digit = [each for each in known if name == str(each.shortcut)][:1]
    found = by_digit or [each for each in known if fold(each.name) == fold(name)][:1]
    found = found or [each for each in known if fold(each.name).startswith(fold(name))]
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.name for each in found or known)
    if not names:
        reason = Text("There is no view “{name}”; none is saved for this list.", {"name": name})
        raise Failure(Status.MISSING, reason)
    raise Failure(Status.MISSING, Text("There is no view “{name}”: {names}.", {"name": name, "names": names}))
