"""A filter of people asks everybody, not only the newest, and in any order; the first answers stay quick. (X10)"""

from __future__ import annotations

import pytest
from house import House

from crm_tui.domain.filter import read
from crm_tui.domain.filter_tree import Filter, Place
from crm_tui.services.filter import views as filters
from crm_tui.services.party import views
from crm_tui.services.party.finding import READ_ON

PEOPLE = READ_ON + 300
_MADE = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)
INSERT INTO party (code, kind, name, name_key, name_words, lifecycle, created_at, version)
SELECT 'XX-' || i, 'person', 'Pessoa ' || i, 'pessoa ' || substr('00000' || i, -5), ' pessoa ' || i || ' ',
  iif(i <= 60, 'former', 'prospect'), '2026-01-01T00:00:00.000Z', 1 FROM n
"""


@pytest.fixture
def crowd(house: House) -> House:
    with house.open().store.writing() as connection:
        connection.execute(_MADE, {"many": PEOPLE})
    return house


def meant(house: House, line: str) -> Filter:
    crm = house.open()
    found = read(line, crm.read(filters.world, Place.PEOPLE, "pt-BR"))
    assert isinstance(found, Filter)
    return found


def test_who_is_not_among_the_newest_is_found_by_the_whole_and_the_first_answer_says_so(crowd: House) -> None:
    crm, former = crowd.open(), meant(crowd, "fase:ex")
    first = crm.read(views.search, "", found=former)
    assert (len(first.hits), first.more, first.partly) == (0, True, True)
    whole = crm.read(views.search, "", 200, found=former, whole=True)
    assert (len(whole.hits), whole.more, whole.partly) == (60, False, False)
    assert crm.read(views.search, "", 50, found=former, whole=True).more


@pytest.mark.parametrize("line", ["fase:ex ordem:nome", "fase:ex ordem:nome-", "fase:ex ordem:dono"])
def test_the_whole_stands_in_the_order_that_was_asked_for(crowd: House, line: str) -> None:
    found = crowd.open().read(views.search, "", 60, found=meant(crowd, line), whole=True)
    numbers = [int(hit.name.split()[1]) for hit in found.hits]
    assert numbers == sorted(numbers, reverse=not line.endswith("nome"))


def test_the_order_by_name_is_that_of_an_index(crowd: House) -> None:
    crm = crowd.open()
    seen: list[str] = []
    reading = crm.reading()
    reading.connection.set_trace_callback(seen.append)
    views.search(reading, "", 50, found=meant(crowd, "ordem:nome"), whole=True)
    reading.connection.set_trace_callback(None)
    ordered = next(sql for sql in seen if "ORDER BY p.name_key" in sql)
    plan = [row[3] for row in reading.connection.execute(f"EXPLAIN QUERY PLAN {ordered}")]
    assert any("INDEX" in step and "name" in step for step in plan), plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
