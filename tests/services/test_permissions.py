"""Who may do and see what: every command × profile × scope at the door, and every view for every viewer."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from house import NARROW, NOBODY, STAFF, House, card_secret, do, party_secret
from samples import ABOUT_A_RECORD, SAMPLES

from crm_tui import bootstrap
from crm_tui.connectors import clock
from crm_tui.domain.access import Scope
from crm_tui.domain.act_file import ActRow
from crm_tui.domain.action_history import ActionsAsked
from crm_tui.domain.arrangement import Arrangement, By, Grouping
from crm_tui.domain.card_file import CardRow
from crm_tui.domain.export import FILTERED, KINDS, Asked, What
from crm_tui.domain.filter_tree import All, Answer, Filter, Place, Tri, Words, plain_words
from crm_tui.domain.followup import Order, Sorting
from crm_tui.domain.holidays_file import CityLine
from crm_tui.domain.ics import IcsEvent
from crm_tui.domain.outcome import Refusal, RefusedBy
from crm_tui.domain.profiles import PROFILES
from crm_tui.services.board.commands import NewCard
from crm_tui.services.core import custody, records
from crm_tui.services.core.commands import Command
from crm_tui.services.core.crm import Crm, NotAUser
from crm_tui.services.core.reading import Denied
from crm_tui.services.followup.commands import PlanStep
from crm_tui.services.form.commands import AnswerForm, FillPerson
from crm_tui.services.note.commands import AmendNote, VoidNote
from crm_tui.services.party.commands import AddContact, ChooseMainContact, EditContact, EndContact
from crm_tui.services.trail.commands import RedoBatch, UndoBatch

FILTERS = (
    Filter(),
    plain_words("secret"),
    Filter(All((Words("status", ("all",)), Tri("archived", Answer.ALL)))),
)
"""Everything that a filter can ask for."""
ACTORS = ("bia", "carla", "davi", "rui", "nina")
RELATIONS = {
    "bia": {"own": "bia", "team": "beto", "other": "edu"},
    "carla": {"own": "carla", "team": "bia", "other": "edu"},
    "davi": {"own": "davi", "team": "dora", "other": "bia"},
    "rui": {"own": "rui", "other": "bia"},
    "nina": {"own": "nina", "other": "bia"},
}
"""Whose record it is, seen from each actor. rui and nina are in no team."""
REACH = {
    Scope.NONE: set(),
    Scope.OWN: {"own"},
    Scope.TEAM: {"own", "team", "unowned"},
    Scope.SUBTREE: {"own", "team", "unowned"},
    Scope.ALL: {"own", "team", "other", "unowned"},
}


def _grants(login: str) -> dict[str, Scope]:
    profile = STAFF[login][0]
    return {k: Scope(s) for k, s in (NARROW if profile == "narrow" else PROFILES[profile]).items()}


@contextlib.contextmanager
def _rehearsed(crm: Crm) -> Iterator[None]:
    """Every transaction is done and thrown away, so that one company serves the whole matrix."""
    writing = crm.store.writing

    class _Never(Exception):
        pass

    @contextlib.contextmanager
    def thrown_away(*args: Any, **kwargs: Any) -> Iterator[Any]:
        with contextlib.suppress(_Never), writing(*args, **kwargs) as connection:
            yield connection
            raise _Never

    crm.store.writing = thrown_away  # type: ignore[method-assign]
    yield
    crm.store.writing = writing  # type: ignore[method-assign]


def _cases(actor: str) -> Iterator[tuple[type[Command], str, str]]:
    relations = RELATIONS[actor] | {"unowned": NOBODY}
    for command in SAMPLES:
        if command not in ABOUT_A_RECORD:
            yield command, "own", actor
            continue
        for relation, owner in relations.items():
            if relation == "unowned" and command in (
                *(UndoBatch, RedoBatch, NewCard, AmendNote, VoidNote),
                *(AddContact, EditContact, ChooseMainContact, EndContact),
            ):
                continue  # a batch has an actor, a note its author; a card without an owner becomes one's own
            yield command, relation, owner


@pytest.mark.parametrize("actor", ACTORS)
def test_the_door_answers_as_the_profile_says(house: House, actor: str) -> None:
    asked = [(c, relation, SAMPLES[c](house, owner)) for c, relation, owner in _cases(actor)]
    crm, grants = house.open(actor), _grants(actor)
    wrong = []
    with _rehearsed(crm):
        for kind, relation, command in asked:
            outcome = crm.run(command)
            denied = isinstance(outcome, Refusal) and outcome.by is RefusedBy.PERMISSION
            scope = grants.get(kind.permission, Scope.NONE)
            if kind.permission in ("user.manage", "board.manage", "intake.run"):
                allowed = scope is not Scope.NONE
            else:
                allowed = relation in REACH[scope]
            if denied == allowed:
                wrong.append((kind.__name__, relation, scope.value, outcome))
    assert wrong == []


def test_the_administrator_may_do_everything(house: House) -> None:
    asked = [SAMPLES[c](house, owner) for c, _, owner in _cases("bia")]
    crm = house.open("ana")
    with _rehearsed(crm):
        refused = [o for o in map(crm.run, asked) if isinstance(o, Refusal) and o.by is RefusedBy.PERMISSION]
    assert refused == []


def test_every_permission_key_of_a_command_or_view_is_granted_to_some_profile_or_to_the_administrator() -> (
    None
):
    granted = {key for grants in PROFILES.values() for key in grants}
    asked = {c.permission for c in SAMPLES} | {v.permission for v in _views().values()} | set(custody.KEYS)
    assert asked - granted == {"user.manage", "database.restore"}
    assert granted - asked == set()


# --- the small doors about the whole file


@pytest.mark.parametrize("key", custody.KEYS)
def test_the_doors_of_the_file_answer_as_the_profile_says(house: House, key: str) -> None:
    allowed = set()
    for login in ("ana", *STAFF):
        with contextlib.suppress(Denied):
            custody.ask(house.path, key, lambda _, login=login: login)  # type: ignore[misc]
            allowed.add(login)
    assert allowed == ({"ana", "carla"} if key == custody.BACKUP else {"ana"})
    with pytest.raises(NotAUser):
        custody.ask(house.path, key, lambda _: "nobody")


def test_the_clocks_jobs_run_for_whoever_is_a_user(house: House) -> None:
    """They are the program's own, and leave their copy beside the file."""
    assert [ran.ok for ran in clock.run_due(house.open("rui")) or []] == [True, True]


# --- views: nothing of another's is in any answer


def _views() -> dict[str, Callable[..., Any]]:
    """Every view of every module, in whichever of its files it stands."""
    found = {}
    for module in bootstrap.MODULES:
        package = importlib.import_module(f"crm_tui.services.{module}")
        for info in pkgutil.iter_modules(package.__path__):
            part = importlib.import_module(f"{package.__name__}.{info.name}")
            found |= {
                f"{module}.{n}": f
                for n, f in inspect.getmembers(part, inspect.isfunction)
                if hasattr(f, "permission") and f.__module__ == part.__name__
            }
    return found


def _needs(name: str) -> list[str]:
    """The arguments without which the view cannot be asked."""
    parameters = list(inspect.signature(_views()[name]).parameters.values())[1:]
    return [p.name for p in parameters if p.default is p.empty]


def _all_ids(house: House, table: str) -> list[int]:
    return [i for (i,) in house.rows(f'SELECT id FROM "{table}"')]


def _invitations(steps: list[int]) -> list[IcsEvent]:
    """Events that go by the number of each activity, as a file of this base would say them."""
    day = date(2026, 11, 25)
    return [IcsEvent(f"{'0' * 16}-a{i}@crm-tui", "x", True, day, day, "America/Sao_Paulo") for i in steps]


def _asks(house: House) -> dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]]:
    """For every view: the arguments with which one would try to see everything."""
    cards, parties, users = (_all_ids(house, t) for t in ("card", "party", "user"))
    words = ["cartao", "pessoa", "secret", "1198888", "pessoa-secreta-edu@x.com", "PE-00001", "LD-0001", ""]
    numbers = [n for (n,) in house.rows("SELECT number FROM card")]
    steps, tasks, files = (_all_ids(house, t) for t in ("activity", "checklist_item", "attachment"))
    start = datetime(2026, 11, 25, tzinfo=UTC)
    typed = [((w,), {}) for w in (*words, *numbers)]
    admin = house.open("ana")
    for owner in ("ana", *STAFF, NOBODY) if not house.rows("SELECT 1 FROM form_response") else ():
        admin.run(SAMPLES[AnswerForm](house, owner))
        admin.run(SAMPLES[FillPerson](house, owner))
    entries = admin.read(_views()["trail.everything"], most=10_000)
    month = (date(2026, 11, 1), date(2026, 12, 31))
    return {
        "agenda.agenda": [((users, *month), {"deleted": True})],
        "agenda.reminders": [((), {})],
        "agenda.of_record": [
            *(((), {"card": card}) for card in cards),
            *(((), {"party": party}) for party in parties),
        ],
        "agenda.unfinished": [((), {})],
        "agenda.untimed": [((users, *month), {})],
        "agenda.counts": [((users, *month), {})],
        "agenda.appointment": [((i,), {}) for i in steps],
        "agenda.preview": [((_invitations(steps),), {}), ((_invitations(steps), users[0]), {})],
        "agenda.appointment_file": [((i,), {}) for i in steps],
        "agenda.feed": [((users,), {"details": True})],
        "agenda.feed_name": [((users,), {})],
        "agenda.working": [((users, *month), {})],
        "agenda.pick_appointment": [*typed, *(((f"activity:{i}",), {}) for i in steps)],
        "dash.dash": [((), {"team": team}) for team in (False, True)],
        "dash.commitments": [(month, {"team": team}) for team in (False, True)],
        "agenda.conflicts": [((users, start, start + timedelta(days=7)), {})],
        "free.free_days": [((users, *month), {})],
        "free.free_hours": [((users, *month), {})],
        "free.usual_minutes": [((i,), {}) for i in _all_ids(house, "action_type")],
        "free.members": [((i,), {}) for i in _all_ids(house, "team")],
        "free.times": [((users, start, start + timedelta(days=7)), {})],
        "free.slots": [((users, 60, start), {})],
        "free.first_of_each": [((users, 60, start), {})],
        "access.users": [((), {}), ((False,), {})],
        "access.team_register": [((), {})],
        **{name: [((), {})] for name in _views() if not _needs(name)},
        **dict.fromkeys(
            (
                "access.pick_user",
                "access.pick_inactive",
                "access.pick_profile",
                "access.pick_team",
                "access.pick_every_team",
                "access.pick_every_profile",
            ),
            typed,
        ),
        "party.search": [*typed, *((("",), {"found": plain_words(w)}) for w in words)],
        "party.people": typed,
        "party.contacts": typed,
        "party.of_ids": [((parties,), {})],
        "party.relations": [((i,), {}) for i in parties],
        "party.relation": [((i,), {}) for i in _all_ids(house, "party_relation")],
        "party.pick_relation": typed,
        "party.detail": [((i,), {}) for i in parties],
        "party.address": [((i,), {}) for i in _all_ids(house, "address")],
        "party.pick_address": [((f"address:{i}",), {}) for i in _all_ids(house, "address")],
        "party.point": [((i,), {}) for i in _all_ids(house, "contact_point")],
        "party.consent": [((i,), {}) for i in _all_ids(house, "consent")],
        "party.pick_point": [((f"contact_point:{i}",), {}) for i in _all_ids(house, "contact_point")],
        "party.pick_consent": [((f"consent:{i}",), {}) for i in _all_ids(house, "consent")],
        "intake.act_preview": [
            (((ActRow(2, when=date(2026, 11, 10), person="Quem"),),), {}),
            (((ActRow(2, text="Nota", person="Quem"),),), {"notes": True}),
        ],
        "board.card_preview": [(((CardRow(2, "Novo", person="Quem"),),), {})],
        "board.stages": [((i,), {}) for i in _all_ids(house, "board")],
        "board.heads": [((i,), {"closing": True}) for i in _all_ids(house, "board")],
        "board.column": [((i,), {}) for i in _all_ids(house, "stage")],
        "board.page_size": [((i,), {}) for i in _all_ids(house, "board")],
        "board.keeps_time": [((i,), {}) for i in _all_ids(house, "board")],
        "board.waits": [((i,), {}) for i in _all_ids(house, "board")],
        "board.of_card": [((i,), {}) for i in cards],
        "board.arranged": [
            ((i, Arrangement(by, descending, group)), {})
            for i in _all_ids(house, "board")
            for by, descending, group in itertools.product(By, (False, True), Grouping)
        ]
        + [
            ((i, Arrangement(group=group)), {"only": cards})
            for i, group in itertools.product(_all_ids(house, "board"), Grouping)
        ],
        "board.cards": [((cards,), {})],
        "board.still_there": [((cards,), {})],
        "board.detail": [((i,), {}) for i in cards],
        "board.of_party": [((i,), {}) for i in parties],
        "board.find": typed,
        "note.find": typed,
        "board.pick_card": typed,
        "board.pick_colleague": typed,
        "board.pick_board": typed,
        "board.pick_stage": typed,
        "board.pick_every_stage": typed,
        "gate.pick_gate": typed,
        "gate.pick_transition": typed,
        "gate.gate_register": [((), {})],
        "gate.transition_register": [((), {})],
        "gate.workflow": [((i,), {}) for i in _all_ids(house, "board")],
        "gate.decision": [((stage,), {}) for stage in _all_ids(house, "stage")],
        "gate.asked": [((card, stage), {}) for card in cards for stage in _all_ids(house, "stage")[:6]],
        "board.pick_loss_reason": typed,
        "board.pick_every_loss_reason": typed,
        "board.template_labels": [((i,), {}) for i in _all_ids(house, "card_template")],
        "board.template_members": [((i,), {}) for i in _all_ids(house, "card_template")],
        **{
            f"label.{name}": [((cards,), {})]
            for name in ("worn", "tallies", "members", "label_choices", "board_of", "member_choices")
        },
        "note.content": [((i,), {}) for i in files],
        "note.files": [((i,), {}) for i in cards],
        "note.template_files": [((i,), {}) for i in _all_ids(house, "card_template")],
        "note.pick_file": [((f"attachment:{i}",), {}) for i in files],
        "label.tasks": [((i,), {}) for i in cards],
        "label.task": [((i,), {}) for i in tasks],
        **{f"label.pick_{name}": typed for name in ("label", "every_label", "every_user")},
        "label.pick_task": [((f"task:{i}",), {}) for i in tasks],
        "filter.world": [((place,), {}) for place in Place],
        "export.may_export": [((), {})],
        "export.own": [((), {})],
        "export.page": [((Asked(what),), {"after": 2**62 if what is What.EVENTS else 0}) for what in KINDS],
        "export.ordered": [((Asked(what, f),), {}) for what in FILTERED for f in FILTERS],
        "export.of_ids": [
            ((What.PEOPLE, parties), {}),
            ((What.CARDS, cards), {}),
            ((What.ACTIVITIES, steps), {}),
        ],
        "filter.board": [((i, f), {}) for i in _all_ids(house, "board") for f in FILTERS],
        "filter.cards": [((f,), {}) for f in FILTERS],
        "filter.habits": [((Place.BOARD,), {}), ((Place.TODAY,), {"owner_id": 0})],
        "filter.by_digit": [((Place.TODAY, digit), {}) for digit in range(1, 10)],
        "filter.pick_saved": typed,
        "followup.queue": [
            *(((), {"owner_id": i, "closed": True}) for i in (None, 0, *users)),
            *(((), {"owner_id": 0, "found": f}) for f in FILTERS),
        ],
        "followup.in_order": [((cards, Sorting(order)), {}) for order in Order],
        "board.pick_template": typed,
        "board.pick_archived_template": typed,
        "board.pick_archived_board": typed,
        "board.pick_service_board": typed,
        "board.pick_other_board": typed,
        "board.journey": [((i,), {}) for i in cards],
        "board.idle": [((i,), {}) for i in cards],
        "board.gone": [((i,), {}) for i in cards],
        "board.goes_on": [((i,), {}) for i in cards],
        **dict.fromkeys(("form.pick_form", "form.pick_every", "form.pick_question"), typed),
        "form.asked": [((c, f), {}) for c in cards for f in _all_ids(house, "form")],
        "form.preview": [((i,), {}) for i in _all_ids(house, "form")],
        "form.of_card": [((i,), {}) for i in cards],
        "form.asked_of_person": [((p, f), {}) for p in parties for f in _all_ids(house, "form")],
        "form.asked_of_new_person": [((), {})],
        "form.own_of_people": [((), {})],
        "form.of_people": [((), {})],
        "form.own_values": [((parties, ["porte"]), {})],
        "form.of_person": [((i,), {}) for i in parties],
        "form.answers_of_person": [((i,), {}) for i in parties],
        "form.pick_of_people": typed,
        "form.fields": [((i,), {}) for i in cards],
        "form.cycles": [((i,), {}) for i in _all_ids(house, "board")],
        "form.cycles_of": [((i,), {}) for i in cards],
        "form.answers": [((i,), {}) for i in cards],
        "form.answer_set": [((i,), {}) for i in _all_ids(house, "form_response")],
        "offer.of_card": [((i,), {}) for i in cards],
        "offer.card_item": [((i,), {}) for i in _all_ids(house, "card_item")],
        "offer.pick_card_item": [((f"card_item:{i}",), {}) for i in _all_ids(house, "card_item")],
        **{
            f"offer.pick_{name}": typed for name in ("offer", "every_offer", "offer_item", "every_offer_item")
        },
        **{
            f"calendar.pick_{name}": typed
            for name in ("calendar", "every_calendar", "day", "leave", "local_holiday")
        },
        "calendar.preview": [(([CityLine(1, ("SP", "Campinas", "08/12", "Padroeira"))],), {})],
        "partyclass.pick_party_class": typed,
        "partyclass.pick_every": typed,
        "media.pick_media_source": typed,
        "media.pick_every": typed,
        "channel.pick_channel": typed,
        "channel.pick_every": typed,
        "note.files_of_party": [((i,), {}) for i in parties],
        "intake.ids_of_party": [((i,), {}) for i in parties],
        "intake.ids_of_card": [((i,), {}) for i in cards],
        "casetype.file_rule": [((i,), {}) for i in cards],
        "note.pick_note": [((f"note:{i}",), {}) for i in _all_ids(house, "note")],
        "casetype.pick_case_type": typed,
        "casetype.pick_every_case_type": typed,
        "once.known": [((), {"name": party_secret(login)}) for login in ("bia", "edu", NOBODY)],
        "once.sides": [((i, parties[0]), {}) for i in parties[1:]],
        "once.pick_every_duplicate_rule": typed,
        "intake.pick_every_import_layout": typed,
        "canned.pick_standard_text": typed,
        "canned.pick_every_standard_text": typed,
        "canned.called": [((login,), {}) for login in ("ana", "beto")],
        "followup.page": [(([*cards, *(-i for i in steps)],), {})],
        "followup.steps_of_card": [((i,), {}) for i in cards],
        "followup.fields_of": [((cards,), {})],
        "followup.why_put_off": [((i,), {}) for i in (*cards, *(-i for i in steps))],
        "followup.pick_result": typed,
        "followup.pick_action": typed,
        "followup.pick_medium": typed,
        **{
            f"followup.pick_{name}": typed
            for name in ("every_action", "every_result", "every_medium", "detail", "every_detail")
        },
        "followup.page_of_actions": [
            ((ActionsAsked(),), {}),
            *(((ActionsAsked(mine=True),), {}), ((ActionsAsked(words="pessoa cartao"),), {})),
            *(((ActionsAsked(card=i),), {}) for i in cards),
            *(((ActionsAsked(account=i),), {}) for i in parties),
            *(((ActionsAsked(by=i),), {}) for i in users),
        ],
        "followup.meant": typed,
        "followup.passed": [((i,), {}) for i in steps],
        "followup.pick_phone": [*typed, (("",), {"parties": parties})],
        "campaign.pick_campaign": typed,
        "campaign.pick_every_campaign": typed,
        "campaign.pick_campaign_action": typed,
        "campaign.pick_campaign_result": typed,
        "campaign.follows": [((i,), {"campaign_id": 1}) for i in _all_ids(house, "result")],
        "campaign.defaults": [((1,), {})],
        "campaign.meant": [*(((i, None), {}) for i in cards), *(((None, i), {}) for i in steps)],
        "followup.pick_step": [*typed, *[((f"activity:{i}",), {}) for i in steps]],
        "trail.of_card": [((i,), {}) for i in cards],
        "trail.of_party": [((i,), {}) for i in parties],
        "trail.how_many_of_card": [((i,), {}) for i in cards],
        "trail.how_many_of_party": [((i,), {}) for i in parties],
        "trail.meant": [(("tipo:parecer por:ana em:hoje",), {})],
        "trail.everything": [((), {"most": 10_000})],
        "trail.of_board": [((i,), {"most": 10_000}) for i in _all_ids(house, "board")],
        "trail.of_entity": [((e.entity, e.entity_id), {}) for e in entries],
        "trail.changes": [((entries,), {})],
        "trail.said": [((), {"card_id": i}) for i in cards] + [((), {"party_id": i}) for i in parties],
    }


ELSEWHERE = {"intake"}
"""Modules whose views are held by tests of their own: an import looks for duplicates among everybody."""


def answered(crm: Crm, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """What a view answers; the words that one has typed oneself are no answer."""
    found = crm.read(view, *args, **kwargs)
    if isinstance(found, ActionsAsked):
        found = replace(found, words="")
    return repr(found)


def _said(house: House, viewer: str) -> str:
    """Everything that any view answers to this viewer."""
    crm, views, found = house.open(viewer), _views(), []
    for name, asks in _asks(house).items():
        for args, kwargs in asks:
            with contextlib.suppress(Denied):
                found.append(answered(crm, views[name], args, kwargs))
    return "\n".join(found)


def test_every_view_is_asked(house: House) -> None:
    asked = _asks(house)
    assert [n for n in _views() if n.split(".")[0] not in ELSEWHERE and n not in asked] == []


@pytest.mark.parametrize(
    ("viewer", "cards", "parties"),
    [
        ("nina", {"nina"}, {"nina"}),
        ("bia", {"bia", "beto", "carla", "ana", NOBODY}, {"ana", *STAFF, NOBODY}),
        ("davi", {"davi", "dora", NOBODY}, {"ana", *STAFF, NOBODY}),
        ("rui", {"ana", *STAFF, NOBODY}, {"ana", *STAFF, NOBODY}),
    ],
)
def test_no_view_shows_what_the_profile_does_not_reach(
    house: House, viewer: str, cards: set[str], parties: set[str]
) -> None:
    answers = _said(house, viewer)
    everybody = {"ana", *STAFF, NOBODY}
    assert {o for o in everybody if card_secret(o) in answers} == cards
    assert {o for o in everybody if party_secret(o) in answers} == parties


def test_a_step_with_a_person_alone_is_shown_by_its_name_to_whom_its_person_is(house: House) -> None:
    parties = dict(house.rows("SELECT id, name FROM party"))
    hidden = next(i for i, name in parties.items() if party_secret("edu") in name)
    step = do(house.open(), PlanStep(party=hidden, when=house.clock().date(), assignee=house.user("edu")))
    assert step.entity_id is not None
    assert house.open("edu").read(records.activity, step.entity_id) is not None
    assert house.open("nina").read(records.activity, step.entity_id) is None


def test_a_view_without_any_scope_is_denied(house: House) -> None:
    crm = house.open("rui")
    with house.open().store.writing() as connection:
        connection.execute("DELETE FROM profile_permission WHERE key = 'card.read'")
    crm.refresh_viewer()
    with pytest.raises(Denied):
        crm.read(_views()["followup.queue"])


def test_numbers_count_only_what_is_seen(house: House) -> None:
    """Heads, sums and loads tell nothing of cards beyond the viewer's reach."""
    views, nina = _views(), house.open("nina")
    heads = nina.read(views["board.heads"], 1)
    assert sum(h.count for h in heads) == 1
    assert sum(h.value_cents for h in heads) == 150_00
    loads = {load.login: (load.open, load.today) for load in nina.read(views["board.loads"])}
    assert (loads["edu"], loads["nina"]) == ((None, None), (1, 0))
    hints = {option.ref: option.hint for option in nina.read(views["board.pick_colleague"], "")}
    assert hints["edu"] == ""


def test_a_person_counts_only_the_cards_that_the_viewer_sees(house: House) -> None:
    """davi sees every person, but no card of sales."""
    hits = house.open("davi").read(_views()["party.search"], party_secret("bia")).hits
    assert [(h.name, h.open_cards, h.due_on) for h in hits] == [(party_secret("bia"), 0, None)]


def test_that_a_colleague_is_busy_is_seen_but_not_with_whom(house: House) -> None:
    at = datetime(2026, 11, 25, 14, 45, tzinfo=UTC)
    with house.open().store.writing() as connection:
        connection.execute(
            "UPDATE activity SET start_at = '2026-11-25T15:00:00.000Z', end_at = '2026-11-25T15:30:00.000Z' "
            "WHERE id = ?",
            (house.step("edu"),),
        )
    ask = ([house.user("edu")], at, at + timedelta(minutes=30))
    ask = [house.user("edu")], at, at + timedelta(minutes=30)
    seen = house.open("edu").read(_views()["agenda.conflicts"], *ask)
    hidden = house.open("bia").read(_views()["agenda.conflicts"], *ask)
    assert [(c.subject, c.party) for c in seen] == [(card_secret("edu"), party_secret("edu"))]
    assert [(c.activity_id, c.subject, c.party) for c in hidden] == [(seen[0].activity_id, "", None)]


def test_pickers_named_by_commands_exist() -> None:
    named = {
        info.json_schema_extra["pick"]  # type: ignore[index, call-overload]
        for command in SAMPLES
        for info in command.model_fields.values()
        if (info.json_schema_extra or {}).get("pick")  # type: ignore[union-attr]
    }
    assert named - set(bootstrap.pickers()) == set()
