"""What a rule forbids is told before it is done: by the footer, by the palette, in place of a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_tui import bootstrap
from crm_tui.bootstrap import open_crm
from crm_tui.domain.outcome import Done
from crm_tui.screens.core.barred import begun
from crm_tui.services.access.commands import AddUser, EditUser
from crm_tui.services.board.commands import HandOver
from crm_tui.services.followup import views
from tests.conftest import Clock
from tests.screens.operator import Operator, at_work

DENIED = "Your profile does not allow this here"


@pytest.fixture
def reader_db(demo_db: Path, clock: Clock) -> Path:
    """A demonstration with somebody who may look and nothing else."""
    crm = open_crm(demo_db, "admin", clock)
    profiles = {o.label: o.value for o in crm.read(bootstrap.pickers()["profiles"], "")}
    assert isinstance(crm.run(AddUser(login="rui", name="Rui", profile=profiles["Vendas"])), Done)
    owner = next(o.value for o in crm.read(bootstrap.pickers()["users"], "rui"))
    card = next(k for k in crm.read(views.queue, owner_id=0).keys if k > 0)
    assert isinstance(crm.run(HandOver(card=card, to=owner)), Done)
    assert isinstance(crm.run(EditUser(user=owner, profile=profiles["Consulta"])), Done)
    crm.store.close()
    return demo_db


def muted(operator: Operator) -> set[str]:
    """The footer's keys that are drawn without accent."""
    return {hint.key for hint in operator.app.screen.footer.value.keys if hint.barred}  # type: ignore[attr-defined]


async def test_a_form_that_could_not_be_saved_does_not_open(reader_db: Path, clock: Clock) -> None:
    async with at_work(reader_db, "rui", clock=clock) as rui:
        for key in ("p", "c", "a", "e", "P", "m", "n"):
            await rui.press(key)
            await rui.sees("nothing changed", DENIED)
            if key == "P":
                await rui.sees("(Hand over)")  # what was to be done, and no code of ours
            assert len(rui.app.screen_stack) == 2
            await rui.press("escape")
            assert len(rui.app.screen_stack) == 1


async def test_the_footer_draws_muted_what_would_be_refused(reader_db: Path, clock: Clock) -> None:
    async with at_work(reader_db, "rui", clock=clock) as rui:
        await rui.until(lambda: muted(rui) == {"p", "n"}, "note and new are forbidden")
        await rui.press("4", "escape")
        await rui.until(lambda: muted(rui) == {"p", "n"}, "in the people, too")
    async with at_work(reader_db, "ana", clock=clock) as ana:
        await ana.until(lambda: ana.app.warm, "loaded")
        await ana.press("down")
        await ana.quiet()
        assert muted(ana) == set()


async def test_a_permission_that_is_taken_away_is_in_the_footer_at_once(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.until(lambda: ana.app.warm, "loaded")
        await ana.press("2", "1")
        assert muted(ana) == set()
        admin = open_crm(demo_db, "admin", clock)
        profiles = {o.label: o.value for o in admin.read(bootstrap.pickers()["profiles"], "")}
        assert isinstance(
            admin.run(EditUser(user=ana.crm.viewer.user_id, profile=profiles["Consulta"])), Done
        )
        admin.store.close()
        await ana.until(lambda: muted(ana) == {"p", "n"}, "the footer still offers what is forbidden")
        await ana.press("2")  # a screen that was hidden meanwhile
        await ana.until(lambda: bool(muted(ana)), "the board still offers what is forbidden")


async def test_the_footer_follows_the_resting_cursor(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "beto", clock=clock) as beto:
        await beto.until(lambda: beto.app.warm, "loaded")
        await beto.press("F")
        vlist = beto.app.screen.vlist  # type: ignore[attr-defined]
        rows = beto.crm.read(views.page, beto.crm.read(views.queue, owner_id=0).keys)
        for owner, forbidden in (("ana", {"p"}), ("beto", set()), ("ana", {"p"})):
            vlist.go_to(next(row.key for row in rows if row.owner == owner))
            await beto.until(
                lambda forbidden=forbidden: muted(beto) == forbidden,  # type: ignore[misc]
                f"the footer is not that of a contact of {owner}",
            )


async def test_of_an_action_that_leads_to_several_commands_the_one_about_the_record_is_asked(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        command = ana.app.command
        assert begun(command("edit_card"), {"party": 7, "activity": 9}) is None
        person = begun(command("edit_party"), {"party": 7, "activity": 9})
        assert person is not None
        assert person.model_dump()["party"] == 7


async def test_the_palette_says_why_and_does_nothing(reader_db: Path, clock: Clock) -> None:
    async with at_work(reader_db, "rui", clock=clock) as rui:
        await rui.press(":")
        await rui.type("write a note")
        await rui.sees("Your profile does not")
        await rui.press("enter")
        assert type(rui.app.screen).__name__ == "PaletteScreen"


async def test_nothing_to_undo_is_said_by_the_palette(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, "carla", clock=clock) as carla:
        await carla.press("U")
        await carla.sees("nothing to redo")
        await carla.press("escape", ":")
        await carla.type("do it again")
        await carla.sees("There is nothing to redo")


async def test_a_closed_card_takes_no_step(demo_db: Path, clock: Clock) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        queue = ana.crm.read(views.queue, closed=True)
        closed = next(row for row in ana.crm.read(views.page, queue.keys[::-1][:50]) if row.closed)
        ana.app.screen.go("card", card=closed.card_id)  # type: ignore[attr-defined]
        await ana.sees(closed.title)
        await ana.press("a")
        await ana.sees("A closed card has no next step")


async def test_settings_name_only_what_makes_sense_and_draw_muted_what_is_not_ones_own(
    demo_db: Path, clock: Clock
) -> None:
    async with at_work(demo_db, clock=clock) as ana:
        await ana.until(lambda: ana.app.warm, "loaded")
        await ana.press(",")
        footer = ana.lines()[-1]
        assert "new" not in footer
        assert "deactivate" not in footer
        await ana.press("down", "down")
        await ana.until(lambda: muted(ana) == {"enter", "e", "n", "x"}, "only an administrator may")
