"""What may be read of an import before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from crm_tui.domain.foreign import Foreign
from crm_tui.domain.form import FormAsked, Question
from crm_tui.services.core import answer_sets, sweeps, trail
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import sight
from crm_tui.services.intake import facts, own_fields, plan
from crm_tui.services.intake.contact import Contact, Row, contact
from crm_tui.services.intake.owners import Owners
from crm_tui.services.intake.plan import Facts, Preview
from crm_tui.services.intake.ruled import Ruled
from crm_tui.store.queries import intake as queries


@view("intake.run")
def preview(reading: Reading, rows: Iterable[Row]) -> Preview:
    """What each row of a file would become: new, update, duplicate or error, as the rules of duplicates say, too;
    writes nothing. The rows are taken as they come, and none is kept as it was read."""
    at = trail.head(
        reading.connection
    )  # before anything is asked: what is written meanwhile counts as unseen
    found = Facts()
    ruled = Ruled(reading.connection, reading.viewer, found)
    with sweeps.seldom():
        return plan.preview(_asked(reading, rows, found, ruled), found, ruled, at)


def _asked(reading: Reading, rows: Iterable[Row], found: Facts, ruled: Ruled) -> Iterator[Row | Contact]:
    """The rows, who is known of them asked for many at once."""
    source, owners = iter(rows), Owners(reading)
    forms = answer_sets.of_people(reading.connection)

    def placed(row: Row) -> Contact:
        return own_fields.placed(forms, owners.placed(contact(row), row.owner), row.own)

    while some := [row if row.errors else placed(row) for row in islice(source, facts.CHUNK)]:
        contacts = [row for row in some if isinstance(row, Contact)]
        facts.read(reading.connection, reading.viewer, contacts, into=found)
        ruled.ask(contacts)
        yield from some


@view("intake.run")
def asked_of_people(reading: Reading) -> list[Question]:
    """The fields of one's own that columns of a file may be, each key once. (M48)"""
    forms: list[FormAsked] = answer_sets.of_people(reading.connection)
    return [*own_fields.asked(forms).values()]


@view("party.read")
def ids_of_party(reading: Reading, party_id: int) -> list[Foreign]:
    """By which ids other programs know somebody."""
    asked = {"id": party_id, **sight(reading.viewer)}
    return [Foreign(*row) for row in reading.connection.execute(queries.IDS_OF_PARTY, asked)]


@view("card.read")
def ids_of_card(reading: Reading, card_id: int) -> list[Foreign]:
    """By which ids other programs know a card."""
    asked = {"id": card_id, **sight(reading.viewer)}
    return [Foreign(*row) for row in reading.connection.execute(queries.IDS_OF_CARD, asked)]
