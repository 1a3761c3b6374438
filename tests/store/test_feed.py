"""Seeing others' changes: their commits at once, one's own never, a flood or a restore as *read all anew*."""

from __future__ import annotations

import pytest
from house import House, do

from crm_tui.services.board.commands import EditCard
from crm_tui.store import feed as feed_module
from crm_tui.store.feed import Feed, News


@pytest.fixture
def feed(house: House) -> Feed:
    """The feed of ana's program."""
    return Feed(house.open().store)


def _edit(house: House, login: str, value: int, owner: str = "beto") -> tuple[int, ...]:
    return do(house.open(login), EditCard(card=house.card(owner), value_one_off=value)).events


def test_others_commits_are_seen_with_what_they_are_about(house: House, feed: Feed) -> None:
    assert feed.poll() is None
    (event,) = _edit(house, "beto", 1)
    news = feed.poll()
    assert news is not None
    (seen,) = news.seen
    assert (seen.event_id, seen.kind, seen.card_id, seen.actor_id) == (
        event,
        "card.edited",
        house.card("beto"),
        house.user("beto"),
    )
    assert feed.poll() is None


def test_ones_own_are_skipped_and_others_between_them_are_not(house: House, feed: Feed) -> None:
    feed.published(_edit(house, "ana", 1))
    (other,) = _edit(house, "beto", 2)
    feed.published(_edit(house, "ana", 3))
    news = feed.poll()
    assert news is not None
    assert [s.event_id for s in news.seen] == [other]
    feed.published(_edit(house, "ana", 4))
    assert feed.poll() is None


def test_what_writes_no_event_wakes_nobody(house: House, feed: Feed) -> None:
    house.open("beto").drafts.save("new_card", "new", {"a": "b"}, {}, "b")
    assert feed.poll() is None


def test_a_rolled_back_change_is_never_seen(house: House, feed: Feed) -> None:
    store = house.open("beto").store
    with pytest.raises(RuntimeError), store.writing() as connection:
        _half(connection)
    assert feed.poll() is None


def _half(connection: object) -> None:
    connection.execute("UPDATE card SET title = 'x'")  # type: ignore[attr-defined]
    raise RuntimeError


def test_a_flood_means_read_all_anew_and_the_next_is_seen_alone(
    house: House, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "AT_MOST", 3)
    for n in range(4):
        _edit(house, "beto", n + 1)
    assert feed.poll() == News(everything=True)
    _edit(house, "beto", 99)
    news = feed.poll()
    assert news is not None
    assert len(news.seen) == 1


def test_exactly_as_many_as_are_read_are_told_one_by_one(
    house: House, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "AT_MOST", 3)
    for n in range(3):
        _edit(house, "beto", n + 1)
    news = feed.poll()
    assert news is not None
    assert (len(news.seen), news.everything) == (3, False)


def test_an_id_that_went_backwards_means_read_all_anew(house: House, feed: Feed) -> None:
    with house.open("beto").store.writing() as connection:
        last = connection.execute("SELECT max(id) FROM event").fetchone()[0]
        connection.execute("DELETE FROM change WHERE event_id = ?", (last,))
        connection.execute("UPDATE card SET last_touch_event_id = NULL")
        connection.execute("DELETE FROM event WHERE id = ?", (last,))
    assert feed.poll() == News(everything=True)
    assert feed.poll() is None


def test_own_ids_are_forgotten_once_seen(house: House, feed: Feed) -> None:
    """A program is open all day: what it published must not pile up."""
    for n in range(5):
        feed.published(_edit(house, "ana", n + 1))
        feed.poll()
    assert feed._own == set()
