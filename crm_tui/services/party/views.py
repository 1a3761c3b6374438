"""What may be read of people: search as one types, and one person whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_tui.domain.consent import PURPOSES, ConsentRow, Purpose
from crm_tui.domain.fields import Option, row_id
from crm_tui.domain.filter_tree import Filter, FreeText, Phrase, Place
from crm_tui.domain.party import (
    Contact,
    Found,
    PartyDetail,
    PartyHit,
    PartyKind,
    Point,
    Postal,
    PostalAt,
    Related,
    Relation,
    Whose,
)
from crm_tui.domain.text import digits, fold, words_of
from crm_tui.i18n import Text
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.services.core.used import used
from crm_tui.services.party import finding
from crm_tui.services.party.finding import CANDIDATES, READ_ON, visible
from crm_tui.store.queries import filter as filter_queries
from crm_tui.store.queries import party as queries
from crm_tui.store.search import match
from crm_tui.store.values import as_date, as_instant

SHOWN = 50


@view("party.read")
def search(
    reading: Reading, text: str, most: int = SHOWN, found: Filter | None = None, *, whole: bool = False
) -> Found:
    """People whose name, code, document, phone or e-mail holds what was typed, without accents, in any order; small
    slips are forgiven where that finds little.

    At most 200 visible candidates are taken and sorted; beyond them `more` is true. With `found` its conditions
    decide instead of `text`; words alone find as before. Conditions to which no index of words leads are asked of the
    newest 20,000, so that no key waits for a million, or, `whole`, of everybody.
    """
    if found is not None and not found.empty:
        return _filtered(reading, found, most, whole=whole)
    text = text.strip()
    if not text:
        recent = _recent(reading, most + 1)
        return Found(tuple(recent[:most]), len(recent) > most)
    ids, by = finding.find(reading, text)
    return Found(tuple(visible(reading, ids[:most])), len(ids) > most, by)


def _filtered(reading: Reading, filtered: Filter, most: int, *, whole: bool) -> Found:
    """Those whom a filter means; words that stand alone also find what the search finds by them (an e-mail)."""
    from crm_tui.services.core import narrow
    from crm_tui.store.filters import PEOPLE
    from crm_tui.store.filters.sorting import ordered, teach, value

    also = narrow.narrowed(reading, narrow.asked(filtered, Place.PEOPLE), PEOPLE)
    phrases = [each.phrase for each in filtered.where.of if isinstance(each, FreeText)]
    words = " ".join(each.text for each in phrases)
    plain = len(phrases) == len(filtered.where.of) and not any(each.exact for each in phrases)
    sort = filtered.sort
    driven = _driver(phrases)
    (newest,) = reading.connection.execute(filter_queries.NEWEST_PERSON).fetchone()
    params = (
        also.params
        | sight(reading.viewer)
        | {"match": driven, "floor": 0 if whole else max(0, newest - READ_ON)}
    )
    if whole and driven is None and sort is not None:
        teach(reading.connection)
        params["most"] = most + 1
        sql = filter_queries.PEOPLE_ORDERED.format(also=also.sql, order=ordered(PEOPLE, sort))
        ids = [row_id for (row_id,) in reading.connection.execute(sql, params)]
        return Found(tuple(visible(reading, ids[:most])), len(ids) > most)
    params["most"] = READ_ON if sort is not None else max(most + 1, CANDIDATES)
    sql = filter_queries.PEOPLE if driven is None else filter_queries.PEOPLE_NAMED
    by = (value(PEOPLE, sort.field) if sort is not None else None) or "NULL"
    rows = reading.connection.execute(sql.format(sort=by, also=also.sql), params).fetchall()
    partly = params["floor"] > 0 and driven is None and (sort is not None or len(rows) <= most)
    more = len(rows) > most or partly
    if sort is not None:
        rows = narrow.in_order(rows, lambda row: row[1], sort)
        return Found(tuple(visible(reading, [row[0] for row in rows[:most]])), more, partly=partly)
    ids = [row[0] for row in rows]
    if plain and words:
        before = search(reading, words, most)
        more = more or before.more
        known = {hit.id for hit in before.hits}
        others = visible(reading, [each for each in ids if each not in known])
        hits = [*before.hits, *finding.in_order(others, fold(words))]
        return Found(tuple(hits[:most]), more or len(hits) > most, before.by, partly)
    hits = finding.in_order(visible(reading, ids), fold(words)) if words else visible(reading, ids)
    return Found(tuple(hits[:most]), more or len(hits) > most, partly=partly)


def _driver(phrases: Sequence[Phrase]) -> str | None:
    """The words by which the search tables lead to everybody who can be meant; None: they lead to too many or too
    few (short words, and figures, which stand in phones and documents too)."""
    words = [word for each in phrases if len(digits(each.text)) < 3 for word in words_of(each.text)]
    return match(" ".join(word for word in words if word.isascii() and len(word) >= 3))


def _recent(reading: Reading, most: int) -> list[PartyHit]:
    """The newest that the viewer may see; reads on while there are none, at most 20,000."""
    hits: list[PartyHit] = []
    before, read = 2**62, 0
    while len(hits) < most and read < READ_ON:
        page = {"before": before, "most": max(most, CANDIDATES)}
        ids = [i for (i,) in reading.connection.execute(queries.RECENT, page).fetchall()]
        if not ids:
            break
        before, read = ids[-1], read + len(ids)
        hits += visible(reading, ids)
    return hits


@view("party.read")
def lately(reading: Reading, most: int = 8) -> Found:
    """Whom the viewer opened or changed last, then the newest."""
    hits = visible(reading, list(used(reading).people)[: most * 2])[:most]
    known = {hit.id for hit in hits}
    if len(hits) < most:
        hits += [hit for hit in _recent(reading, most) if hit.id not in known][: most - len(hits)]
    return Found(tuple(hits), more=True)


@view("party.read")
def of_ids(reading: Reading, ids: Sequence[int]) -> list[PartyHit]:
    """These people in this order, as far as the viewer may see them."""
    return visible(reading, list(ids))


@view("party.read")
def count(reading: Reading) -> int:
    """How many people the viewer may see."""
    everybody = reading.viewer.owners("party.read") is None
    sql, asked = (queries.COUNT, {}) if everybody else (queries.COUNT_SEEN, sight(reading.viewer))
    return int(reading.connection.execute(sql, asked).fetchone()[0])


@view("party.read")
def detail(reading: Reading, party_id: int) -> PartyDetail | None:
    """One party whole, or None if there is none for the viewer to see; of one that was merged the other. (X9)"""
    (party_id,) = reading.connection.execute(queries.STANDS_FOR, {"id": party_id}).fetchone() or (party_id,)
    if not visible(reading, [party_id]):
        return None
    row = queries.one(reading.connection, party_id)
    if row is None:
        return None
    created = as_instant(row[11])
    assert created is not None
    run = reading.connection.execute
    of = {"id": party_id, **sight(reading.viewer)}
    columns = (
        *row[:11],
        created,
        row[12],
        tuple(_point(row) for row in run(queries.POINTS, of)),
        tuple(Related(*p) for p in run(queries.PEOPLE_OF, of).fetchall()),
        tuple(Related(*p) for p in run(queries.COMPANIES_OF, of).fetchall()),
        None,
        *row[13:],
        tuple(_consent(row) for row in run(queries.CONSENTS, of)),
        tuple(_address(row) for row in run(queries.ADDRESSES, of)),
    )
    found = PartyDetail(*columns)
    return found._replace(address=next((each.postal for each in found.addresses), None))


def _address(row: Sequence[Any]) -> PostalAt:
    return PostalAt(row[0], Postal(*row[1:5]), bool(row[5]), row[6])


def _point(row: Sequence[Any]) -> Point:
    return Point._make((*row[:4], bool(row[4]), bool(row[5]), row[6]))


def _consent(row: Sequence[Any]) -> ConsentRow:
    granted = as_instant(row[3])
    assert granted is not None
    return ConsentRow(row[0], row[1], row[2], granted, as_instant(row[4]), row[5])


@view("party.read")
def point(reading: Reading, point_id: int) -> tuple[Point, Whose] | None:
    """One way to reach somebody and whose it is; None if there is none that the viewer may see."""
    row = reading.connection.execute(queries.POINT, {"id": point_id, **sight(reading.viewer)}).fetchone()
    return None if row is None else (_point(row[:7]), Whose(*row[7:]))


@view("party.read")
def consent(reading: Reading, consent_id: int) -> tuple[ConsentRow, Whose] | None:
    """One consent and whose it is; None if there is none that the viewer may see."""
    row = reading.connection.execute(queries.CONSENT, {"id": consent_id, **sight(reading.viewer)}).fetchone()
    return None if row is None else (_consent(row[:6]), Whose(*row[6:]))


@view("party.read")
def address(reading: Reading, address_id: int) -> tuple[PostalAt, Whose] | None:
    """One address and whose it is; None if there is none that the viewer may see."""
    of = {"id": address_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.ONE_ADDRESS, of).fetchone()
    return None if row is None else (_address(row[:7]), Whose(*row[7:]))


@view("party.read")
def pick_address(reading: Reading, text: str) -> list[Option]:
    """The picker of addresses: one that the viewer may see, by its REF (`address:12`)."""
    named = _named(text, "address")
    found = address(reading, named) if named is not None else None
    if found is None:
        return []
    words = ", ".join(filter(None, found[0].postal))
    return [Option(found[0].id, words, found[1].name, f"address:{named}")]


@view("party.read")
def pick_point(reading: Reading, text: str) -> list[Option]:
    """The picker of ways to reach somebody: one that the viewer may see, by its REF (`contact_point:12`)."""
    named = _named(text, "contact_point")
    found = point(reading, named) if named is not None else None
    return (
        []
        if found is None
        else [Option(found[0].id, found[0].value, found[1].name, f"contact_point:{named}")]
    )


@view("party.read")
def pick_consent(reading: Reading, text: str) -> list[Option]:
    """The picker of consents: one that the viewer may see, by its REF (`consent:12`)."""
    named = _named(text, "consent")
    found = consent(reading, named) if named is not None else None
    if found is None:
        return []
    purpose = Text(PURPOSES[Purpose(found[0].purpose)])
    return [Option(found[0].id, found[1].name, purpose, f"consent:{named}")]


def _named(text: str, entity: str) -> int | None:
    word, _, number = text.strip().partition(":")
    return row_id(number) if word.lower() == entity else None


@view("party.read")
def relations(reading: Reading, party_id: int, most: int = 200) -> list[Contact]:
    """Who speaks for an organisation, the main contact first; of a person for whom they speak. Ended ones come last."""
    if not visible(reading, [party_id]):
        return []
    row = queries.one(reading.connection, party_id)
    sql = queries.CONTACTS if row is not None and row[2] == PartyKind.ORGANIZATION else queries.WORKPLACES
    asked = {"id": party_id, "most": most, **sight(reading.viewer)}
    rows = reading.connection.execute(sql, asked).fetchall()
    return [Contact._make((*row[:7], bool(row[7]), as_date(row[8]))) for row in rows]


@view("party.read")
def relation(reading: Reading, relation_id: int) -> Relation | None:
    """What is between one person and one organisation, None if the viewer does not see both."""
    asked = {"id": relation_id, **sight(reading.viewer)}
    row = reading.connection.execute(queries.ONE_RELATION, asked).fetchone()
    return None if row is None else Relation._make((*row[:8], bool(row[8]), as_date(row[9]), row[10]))


@view("party.read")
def pick_relation(reading: Reading, text: str) -> list[Option]:
    """The picker of contacts of organisations: of those who are found by name, wherever they speak."""
    found = []
    for hit in search(reading, text, 8).hits if text.strip() else ():
        for each in relations(reading, hit.id, 8):
            if each.ended_on is None:
                about = f"{each.name} · {each.role}" if each.role else each.name
                found.append(Option(each.relation, hit.name, about, f"party_relation:{each.relation}"))
    return found[:8]


@view("party.read")
def people(reading: Reading, text: str) -> list[Option]:
    """The picker of people."""
    if not text.strip():
        return [_offered(hit) for hit in _recent(reading, 8)]
    # Enter takes the first, so nobody who was only meant perhaps.
    ids = finding.find(reading, text.strip(), slips=False).ids
    return [_offered(hit) for hit in visible(reading, ids[:8])]


@view("party.read")
def contacts(
    reading: Reading, text: str, *, party_id: int | None = None, contact_id: int | None = None
) -> list[Option]:
    """The picker of contacts: of those of the account the ones that fit, then anybody who does. (T37, T53)"""
    asked = {"party_id": party_id, "contact_id": contact_id, **sight(reading.viewer)}
    ids = [row[0] for row in reading.connection.execute(queries.PEOPLE_NEAR, asked)] if party_id else []
    hits = sorted(visible(reading, ids), key=lambda hit: (hit.id != contact_id, fold(hit.name)))
    near = [_offered(hit) for hit in hits]
    if not text.strip():
        return near or people(reading, text)
    words = words_of(text)
    fit = [o for o in near if all(any(w.startswith(p) for w in words_of(o.label)) for p in words)]
    known = {option.value for option in near}
    return [*fit, *(option for option in people(reading, text) if option.value not in known)]


def _offered(hit: PartyHit) -> Option:
    return Option(hit.id, hit.name, hit.company or "", hit.code)


PICKERS = {
    "people": people,
    "contacts": contacts,
    "contact_points": pick_point,
    "addresses": pick_address,
    "consents": pick_consent,
    "relations": pick_relation,
}
