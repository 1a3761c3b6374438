"""The fields of the filter dialog: which widget each has, what it offers, and what holds while it is empty.

Built from what a filter's world knows; it asks no base.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from crm_tui.domain.filter import FilterWorld, days
from crm_tui.domain.filter_date_words import said
from crm_tui.domain.filter_dates import blanks, store_words
from crm_tui.domain.filter_dialog import DATED, Chosen
from crm_tui.domain.filter_fields import FIELDS, GROUPS, field_of, fixed_words, word_name
from crm_tui.domain.filter_tree import LIFTS_STATUS, Answer, DateSpan, Op, Place, Sort, Thing
from crm_tui.domain.filter_world import Named
from crm_tui.domain.when import sentence
from crm_tui.i18n import N_, language, say
from crm_tui.widgets.pick import Option, Pick, among
from crm_tui.widgets.picks import Picks
from crm_tui.widgets.when_field import Echo, Offer

_TRIS = ((Answer.ALL, N_("all")), (Answer.YES, N_("yes")), (Answer.NO, N_("no")))
_NAMES = {
    "created": N_("the card was opened"),
    "registered": N_("the person was registered"),
    "due_on": N_("the next step is due"),
    "closed": N_("the card was closed"),
}


def several(world: FilterWorld, name: str, chosen: Chosen) -> Picks:
    """A field of several things or words; its values are words, or `#id`."""
    known = world.field(name)
    assert known is not None
    words = [
        Option(word.id, word_name(fixed_words(known), word.id, world.language)) for word in fixed_words(known)
    ]
    things = [_option(each) for each in world.names.things(known.thing)] if known.thing else []
    options = [*words, *things]
    by_value = {option.value: option for option in options}
    values = [by_value.get(_key(each)) or _gone(each) for each in chosen]
    return Picks(among(options), values, search=bool(known.thing), id=name)


def _option(thing: Named) -> Option:
    return Option(f"#{thing.id}", thing.name, thing.login or thing.within)


def _key(value: str | Thing) -> str:
    return value if isinstance(value, str) else f"#{value.id}"


def _gone(value: str | Thing) -> Option:
    """A thing that there is no more: by the name it had."""
    return Option(_key(value), value if isinstance(value, str) else value.name)


def values_of(widget: Widget) -> Chosen:
    """What was chosen in a field of several."""
    assert isinstance(widget, Picks)
    return tuple(
        Thing(int(option.value[1:]), option.hint if _login(widget, option) else option.label)
        if option.value.startswith("#")
        else option.value
        for option in widget.values
    )


def _login(widget: Widget, option: Option) -> bool:
    return widget.id in ("owner", "member") and bool(option.hint)


def tri(name: str, answer: Answer | None) -> Pick:
    """All, yes or no; empty is what the list does anyway."""
    options = [Option(each.value, say(words)) for each, words in _TRIS]
    chosen = next((option for option in options if answer is not None and option.value == answer.value), None)
    return Pick(among(options), chosen, id=name)


def dated(world: FilterWorld, place: Place, name: str) -> Pick:
    """Which date is meant. (K37)"""
    options = [_dated(each) for each in DATED if _valid(world, place, each)]
    return Pick(among(options), dated_option(world, place, name), optional=False, id="dated")


def dated_option(world: FilterWorld, place: Place, name: str) -> Option:
    """The date of that name, or the first that the list has."""
    return _dated(name if _valid(world, place, name) else next(e for e in DATED if _valid(world, place, e)))


def _dated(name: str) -> Option:
    known = field_of(name)
    return Option(name, known.name(language()) if known is not None else name, say(_NAMES[name]))


def _valid(world: FilterWorld, place: Place, name: str) -> bool:
    known = world.field(name)
    return known is not None and known.valid_in(place)


def sort(world: FilterWorld, place: Place, chosen: Sort | None) -> Pick:
    """The field that the rows stand by. (K38)"""
    fields = [each for each in FIELDS if each.valid_in(place) and each.since <= world.built and each.sortable]
    options = [Option(each.id, each.name(world.language)) for each in fields]
    value = next((option for option in options if chosen is not None and option.value == chosen.field), None)
    return Pick(among(options), value, search=True, placeholder=say(N_("as the list does")), id="sort")


def direction(chosen: Sort | None) -> Pick:
    """From the smallest or from the largest. (K38)"""
    options = [Option("0", say(N_("ascending"))), Option("1", say(N_("descending")))]
    return Pick(
        among(options), options[chosen is not None and chosen.descending], optional=False, id="descending"
    )


def numbers(offered: Sequence[int], chosen: int | None) -> Pick:
    """How many cards of a column. (K39)"""
    options = [Option(str(each), str(each)) for each in offered]
    value = next((option for option in options if option.value == str(chosen)), None)
    return Pick(among(options), value, id="per_column", placeholder=say(N_("as the board does")))


def group(world: FilterWorld, chosen: str | None) -> Pick:
    """What the rows stand together by."""
    names = [(each, world.field(each)) for each in GROUPS]
    options = [Option(each, known.name(world.language)) for each, known in names if known is not None]
    value = next((option for option in options if option.value == chosen), None)
    return Pick(among(options), value, id="group", placeholder=say(N_("not at all")))


def defaults(asked: frozenset[str], place: Place) -> dict[str, str]:
    """What holds where a field is empty, by what the others ask for. (FILTER.md §4 Defaults)"""
    everything, no = say(N_("all")), say(N_("no"))
    cards = place in (Place.TODAY, Place.BOARD)
    opened = cards and not asked & LIFTS_STATUS
    words = dict.fromkeys(("stale", "tasks", "converted", "service"), everything)
    words["status"] = say(N_("open ones")) if opened else everything
    words["lost"] = no if opened else everything
    words["archived"] = no
    for name in ("owner", "member", "team", "stage", "label"):
        words[name] = everything
    return words


def date_echo(world: FilterWorld, field: str, name: str, words: str) -> Echo:
    """What a date means, as it is said beside it: a day, or from which to which."""
    text = blanks(words.strip().removeprefix(">" if name == "since" else "<").strip())
    known = world.field(field)
    if not text or known is None:
        return Echo()
    stored = store_words(text, world.clock, back=known.back)
    if not isinstance(stored, str):
        return Echo(
            refusal=say(sentence(stored, text, world.now, world.language)),
            start=stored.start,
            end=stored.end,
            offers=tuple(Offer(said(each.value.isoformat()[:10], world.language)) for each in stored.offers),
        )
    meant = days(DateSpan(Op.IS, stored), world.clock, back=known.back)
    if meant is None or meant.first is None or meant.last is None:
        return Echo()
    first, last = (said(day.isoformat(), world.language) for day in (meant.first, meant.last))
    return Echo(date=first if first == last else f"{first}..{last}")
