"""A base with something of everything that filters ask for, made from a seed; and its rows as plain facts.

The facts are read from the tables by loops, without any of the store's conditions: what the SQL is held against.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from crm_tui.domain.board import CardStatus, is_closed, stale, weighted
from crm_tui.domain.due import DueFacts, due_state
from crm_tui.domain.filter import Facts
from crm_tui.store.rows import Rows
from crm_tui.store.tables import (
    Activity,
    Address,
    Attachment,
    Board,
    BoardMember,
    Campaign,
    Card,
    CardLabel,
    CardMember,
    ChecklistItem,
    ContactPoint,
    FieldDef,
    FieldValue,
    Form,
    FormResponse,
    Label,
    Note,
    Offer,
    Party,
    ResultDetail,
    Stage,
    Team,
    User,
)

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
Row = dict[str, Any]
_NAMES = (
    *("Padaria São João", "Casa Verde", "Strasse 9", "D'Ávila & Cia.", "Coca-Cola", "João Ávila (matriz)"),
    *("Ana Lima", "Ana-Lia Prado", "aurora", "Zé 142", "OP", "Mercado 98888"),
)
_TITLES = (
    *_NAMES,
    "Troca do forno",
    "PDV + TEF",
    "forno novo",
    "",
    "proposta 5%",
    "casa_verde",
    "ﬁlial ② x²",
)
_PHONES = (
    "+5511988887777",
    "+551133334444",
    "+551178881234",
    "+15708097197",
    "+551198888000",
    "+5511788812345",
)
_DOCUMENTS = ("11144477735", "12ABC34501DE35", "11222333000181", None, None)
_EMAILS = ("ana.lima@padaria.com", "contato@casa-verde.com.br", "ze_142@x.com")
_BODIES = (
    "Achou o preço alto demais.",
    "Pediu 5% até sexta",
    "casa verde",
    "Não atendeu",
    "PREÇO ok; alto não",
)
OWN_KEYS = {"int": "caixas", "money": "verba", "date": "desde", "bool": "ativo", "multi": "gosta"}
_PLACES = (
    ("São Paulo", "SP"),
    ("São José dos Campos", "SP"),
    ("Rio de Janeiro", "RJ"),
    ("Olinda", None),
    (None, "PE"),
)
LABELS = ("Quente", "Frio", "Casa Verde", "Feira 2025", "142 dias")


class Base:
    """Fills a database that has the starter's boards and registers."""

    def __init__(self, connection: sqlite3.Connection, seed: int) -> None:
        self.rows = Rows(connection)
        self.connection = connection
        self.random = Random(seed)

    def ids(self, table: str) -> list[int]:
        return [i for (i,) in self.connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]

    def maybe(self, values: Sequence[Any], chance: float = 0.7) -> Any:
        return self.random.choice(values) if values and self.random.random() < chance else None

    def day(self, spread: int = 40) -> date:
        return (NOW + timedelta(days=self.random.randint(-spread, spread))).date()

    def instant(self, spread: int = 40) -> datetime:
        minutes = self.random.choice((0, 1, 59, 180, 181, 719, 720, 1380, 1439, self.random.randint(0, 1439)))
        day = datetime.combine(self.day(spread), datetime.min.time(), UTC)
        return day + timedelta(minutes=minutes + self.random.choice((0, 180, 240, 300)))

    def fill(self, *, people: int = 40, cards: int = 120) -> None:
        self._house()
        parties = [self._party(n) for n in range(people)]
        made = [self._card(n, parties) for n in range(cards)]
        for _ in range(cards // 3):
            start = self.maybe([self.instant(5)], 0.5)
            self.rows.insert(
                Activity,
                card_id=self.maybe(made),
                party_id=self.maybe(parties),
                contact_id=self.maybe(parties, 0.2),
                action_type_id=self.random.choice(self.ids("action_type")),
                subject=self.random.choice(_TITLES) or "visita",
                assignee_id=self.random.choice(self.users),
                due_on=start.date() if start else self.day(6),
                start_at=start,
                internal_on=self.maybe([self.day(5)], 0.4),
                stands_alone=True,
                snoozed_until=self.maybe([self.instant(5)], 0.3),
            )
        self.rows.take_images()

    def _house(self) -> None:
        team = self.ids("team")[0]
        below = self.rows.insert(Team, name="Vendas Sul", parent_id=team)
        other = self.rows.insert(Team, name="Suporte")
        self.rows.update(User, self.ids("user")[0], team_id=team)
        for login, where in (("beto", below), ("carla", team), ("edu", other), ("zeca", None)):
            self.rows.insert(
                User,
                login=login,
                name=f"{login.title()} Nunes",
                profile_id=self.ids("profile")[1],
                team_id=where,
            )
        self.users = self.ids("user")
        for place, name in enumerate(LABELS):
            board = self.ids("board")[0] if place == 1 else None
            self.rows.insert(Label, name=name, color="red", board_id=board, position=place)
        held, hidden = self.ids("board")[:2]
        self.rows.update(Board, held, stale_held=True)
        self.rows.update(Board, hidden, restricted=True)
        self.rows.insert(BoardMember, board_id=hidden, user_id=self.users[1])
        for place, stage in enumerate(self.ids("stage")):
            self.rows.update(
                Stage, stage, stale_days=(None, 3, 7, 30)[place % 4], probability=(None, 10, 60)[place % 3]
            )
        for name in ("Black Friday", "Feira 2025"):
            self.rows.insert(Campaign, name=name)
        for place, result in enumerate(self.ids("result")):
            self.rows.insert(ResultDetail, result_id=result, name=f"Detalhe {place % 3}")
        self.form = self.rows.insert(Form, name="Diagnóstico")
        self.own = self.rows.insert(Form, name="Perfil", on_person=True)
        self.on_card = self.rows.insert(Form, name="Ambiente", on_card=True)
        self.defs: dict[int, list[tuple[int, str]]] = {self.own: [], self.on_card: []}
        for form, key, kind in (
            (self.own, "porte", "choice"),
            *((self.own, key, kind) for kind, key in OWN_KEYS.items()),
            (self.on_card, "porte", "text"),
            (self.on_card, "largura", "int"),
        ):
            made = self.rows.insert(FieldDef, form_id=form, key=key, label=key, type=kind)
            self.defs[form].append((made, kind))
        for place, name in enumerate(("Fibra", "Telefonia", "Móvel")):
            self.rows.insert(Offer, name=name, board_id=hidden if place == 1 else None, active=place != 2)
        self.connection.execute("INSERT INTO blob (sha256, data) VALUES ('aa', x'00')")

    def _party(self, n: int) -> int:
        party_id = self.rows.insert(
            Party,
            code=f"PE-{90_000 + n:05d}",
            name=self.random.choice(_NAMES) + self.random.choice(("", "", f" {n}")),
            trade_name=self.maybe(_NAMES, 0.3),
            document=self.maybe(_DOCUMENTS),
            lifecycle=self.random.choice(("prospect", "customer", "former")),
            owner_id=self.maybe(self.users),
            class_id=self.maybe(self.ids("party_class")),
            created_at=self.instant(400),
        )
        for kind, value in (
            ("mobile", self.maybe(_PHONES)),
            ("whatsapp", self.maybe(_PHONES, 0.2)),
            ("email", self.maybe(_EMAILS, 0.5)),
        ):
            if value:
                self.rows.insert(ContactPoint, party_id=party_id, kind=kind, value=value, normalized=value)
        if self.random.random() < 0.2:
            self._draft(f"party:{party_id}")
        for _ in range(self.random.choice((0, 1, 2))):
            self._answers(self.own, party_id=party_id)
        for _ in range(self.random.choice((0, 1, 2))):
            city, state = self.random.choice(_PLACES)
            self.rows.insert(Address, party_id=party_id, city=city, state=state)
        return party_id

    def _card(self, n: int, parties: list[int]) -> int:
        stage = self.random.choice(self.ids("stage"))
        board = self.connection.execute("SELECT board_id FROM stage WHERE id = ?", (stage,)).fetchone()[0]
        status = self.random.choice([*CardStatus, CardStatus.OPEN, CardStatus.OPEN, CardStatus.OPEN])
        due = None if is_closed(status) else self.maybe([self.day(6)])
        start = self.instant(5) if due is not None and self.random.random() < 0.5 else None
        reopened = self.random.random() < 0.2
        cards = self.ids("card")
        card_id = self.rows.insert(
            Card,
            number=f"OP-{n + 100:04d}",
            kind=self.random.choice(("lead", "opportunity", "ticket", "delivery")),
            board_id=board,
            stage_id=stage,
            status=status,
            title=self.random.choice(_TITLES),
            party_id=self.maybe(parties),
            contact_id=self.maybe(parties, 0.3),
            owner_id=self.maybe(self.users),
            value_one_off=self.random.choice((0, 0, 5, 500_000, 1_234_50)),
            value_recurring=self.random.choice((0, 0, 99_90, 500_000)),
            probability=self.maybe((0, 9, 60), 0.4),
            expected_close_on=self.maybe([self.day()], 0.4),
            opened_at=self.instant(400),
            closed_on=self.day(60) if is_closed(status) else None,
            loss_reason_id=self.maybe(self.ids("loss_reason")) if status == "lost" else None,
            loss_note=self.maybe(_BODIES) if status == "lost" else None,
            reopen_mode="full" if reopened else None,
            reopened_at=self.instant() if reopened else None,
            stage_due_on=self.maybe([self.day(5)], 0.4),
            next_activity_id=None if due is None else 10_000 + n,
            next_due_on=start.date() if start else due,
            next_start_at=start,
            next_internal_on=None if due is None else self.maybe([self.day(5)], 0.5),
            last_touch_at=self.instant(35),
            snoozed_until=self.maybe([self.instant(5)], 0.3),
            archived_at=self.maybe([NOW], 0.15),
            deleted_at=self.maybe([NOW], 0.05),
            interest_level=self.maybe((1, 3, 9), 0.5),
            channel_id=self.maybe(self.ids("channel"), 0.5),
            media_id=self.maybe(self.ids("media_source"), 0.5),
            campaign_id=self.maybe(self.ids("campaign"), 0.5),
            case_type_id=self.maybe(self.ids("case_type"), 0.5),
            offer_id=self.maybe(self.ids("offer"), 0.5),
            medium_id=self.maybe(self.ids("contact_medium"), 0.5),
            referrer_id=self.maybe(parties, 0.3),
            converted_at=self.maybe([NOW], 0.15),
            origin_card_id=self.maybe(cards, 0.2),
            rank=f"{n:05d}",
        )
        self._put_on(card_id)
        return card_id

    def _put_on(self, card_id: int) -> None:
        for label in self.random.sample(self.ids("label"), self.random.choice((0, 0, 1, 2))):
            self.rows.insert(CardLabel, card_id=card_id, label_id=label)
        for user in self.random.sample(self.users, self.random.choice((0, 0, 1, 2))):
            self.rows.insert(CardMember, card_id=card_id, user_id=user)
        for _ in range(self.random.choice((0, 0, 1, 4, 9))):
            self.rows.insert(ChecklistItem, card_id=card_id, text="x", done_at=self.maybe([NOW], 0.4))
        for _ in range(self.random.choice((0, 0, 1, 2))):
            self.rows.insert(
                Note,
                card_id=card_id,
                kind="attendance",
                state=self.random.choice(("filed", "filed", "void")),
                body=self.random.choice(_BODIES),
                author_id=self.users[0],
                filed_at=NOW,
            )
        for _ in range(self.random.choice((0, 1, 2))):
            self.rows.insert(
                Activity,
                card_id=card_id,
                action_type_id=self.random.choice(self.ids("action_type")),
                subject="feito",
                assignee_id=self.users[0],
                due_on=self.day(),
                state="done",
                done_at=self.instant(),
                result_id=self.maybe(self.ids("result")),
                result_detail_id=self.maybe(self.ids("result_detail"), 0.4),
            )
        if self.random.random() < 0.2:
            self.rows.insert(
                Attachment,
                entity="card",
                entity_id=card_id,
                filename="a.pdf",
                blob_sha256="aa",
                mime="application/pdf",
                size=1,
                added_by_id=self.users[0],
                added_at=NOW,
                deleted_at=self.maybe([NOW], 0.3),
            )
        for _ in range(self.random.choice((0, 0, 1, 2))):
            self._appointment(card_id)
        if self.random.random() < 0.2:
            self._draft(f"card:{card_id}")
        if self.random.random() < 0.2:
            self.rows.insert(
                FormResponse, form_id=self.form, form_revision=1, card_id=card_id, submitted_at=NOW
            )
            self._answers(self.on_card, card_id=card_id)

    def _answers(self, form: int, **about: int) -> None:
        response = self.rows.insert(FormResponse, form_id=form, form_revision=1, submitted_at=NOW, **about)
        for def_id, kind in self.defs[form]:
            value: Any = {
                "int": self.random.choice((0, 1, 3, 9, 60)),
                "money": self.random.choice((0, 5, 500_000)),
                "date": self.day().isoformat(),
                "bool": self.random.random() < 0.5,
                "multi": self.random.sample(["Forno", "Casa verde", "PDV"], 2),
            }.get(kind, self.random.choice(_NAMES))
            if self.random.random() < 0.7:
                told = json.dumps(value, ensure_ascii=False)
                self.rows.insert(FieldValue, response_id=response, field_def_id=def_id, value=told)

    def _appointment(self, card_id: int) -> None:
        whole, start = self.random.random() < 0.3, self.instant(9)
        first = self.day(9)
        self.rows.insert(
            Activity,
            card_id=card_id,
            action_type_id=self.random.choice(self.ids("action_type")),
            subject="visita",
            assignee_id=self.random.choice(self.users),
            due_on=first if whole else start.date(),
            start_at=None if whole else start,
            all_day=whole,
            last_on=self.maybe([first + timedelta(days=2)], 0.5) if whole else None,
            private=self.random.random() < 0.3,
            deleted_at=self.maybe([NOW], 0.1),
        )

    def _draft(self, subject: str) -> None:
        names = ("author_id", "command", "subject", "copy", "payload", "cursor", "text", "terminal", "rev")
        values = (self.random.choice(self.users), self.random.choice(("file_note", "new_card")), subject)
        holes = ", ".join("?" * (len(names) + 2))
        self.connection.execute(
            f"INSERT INTO draft ({', '.join(names)}, created_at, saved_at) VALUES ({holes})",
            (*values, 0, "{}", "{}", "", "", 1, "x", "x"),
        )


class Told:
    """Every row of the base as facts, for one reader: `me` at `now` on the clock of a zone.

    `reached` says whether a card may be seen: what is known of people by others' cards is not told. `sees` says the
    same of a board: of a card behind a wall nothing is told, not even that another one was made of it.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        me: int,
        now: datetime,
        zone: ZoneInfo,
        reached: Callable[[Row], bool],
        sees: Callable[[int], bool],
    ) -> None:
        self.me, self.now, self.zone, self.reached, self.sees = me, now, zone, reached, sees
        self.today = now.astimezone(zone).date()
        self.tables: dict[str, dict[int, Row]] = {}
        for table in (
            *("card", "party", "contact_point", "activity", "user", "team", "stage", "label", "card_label"),
            *("card_member", "checklist_item", "note", "attachment", "draft", "loss_reason", "board"),
            *("address", "form_response", "form", "field_def", "field_value"),
        ):
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            rows = (dict(zip(names, row, strict=True)) for row in cursor)
            self.tables[table] = {row["id"]: row for row in rows}

    def all(self, table: str, **wanted: Any) -> list[Row]:
        rows = self.tables[table].values()
        return [row for row in rows if all(row[name] == value for name, value in wanted.items())]

    def one(self, table: str, row_id: int | None) -> Row:
        return self.tables[table].get(row_id or 0, {})

    def local(self, text: str | None) -> date | None:
        return None if text is None else datetime.fromisoformat(text).astimezone(self.zone).date()

    def _teams(self, user_id: int | None) -> tuple[int, ...]:
        """The team of a user and those above it."""
        found: list[int] = []
        team = self.one("user", user_id).get("team_id")
        while team is not None:
            found.append(team)
            team = self.one("team", team).get("parent_id")
        return tuple(found)

    def _due(self, row: Row, names: tuple[str, str, str], *, closed: bool) -> dict[str, Any]:
        due, start, internal = (row[name] for name in names)
        facts = DueFacts(
            closed,
            date.fromisoformat(due) if due else None,
            datetime.fromisoformat(start) if start else None,
            date.fromisoformat(internal) if internal else None,
        )
        hour = datetime.fromisoformat(start).astimezone(self.zone).hour if start else None
        time = () if hour is None else ("with", "morning" if hour < 12 else "afternoon")
        return {
            "due": (due_state(facts, self.now, self.zone).value,),
            "time": time or (("without",) if due else ()),
            "due_on": self.local(start) or facts.due_on,
            "internal": facts.internal_on,
        }

    # --- kinds of rows

    def cards(self) -> dict[int, Facts]:
        found = {}
        for card in self.tables["card"].values():
            if card["deleted_at"] is None:
                names = ("next_due_on", "next_start_at", "next_internal_on")
                dates = self._due(card, names, closed=is_closed(card["status"]))
                found[card["id"]] = self._card(card, dates, card["owner_id"])
        return found

    def steps(self) -> dict[int, Facts]:
        found = {}
        for step in self.all("activity", stands_alone=1, state="planned", deleted_at=None):
            card = self.one("card", step["card_id"])
            card = {} if card.get("deleted_at") else card
            dates = self._due(step, ("due_on", "start_at", "internal_on"), closed=False)
            found[-step["id"]] = self._card(card, dates, step["assignee_id"], step)
        return found

    def people(self) -> dict[int, Facts]:
        found = {}
        for party in self.tables["party"].values():
            if party["deleted_at"] or party["merged_into_id"]:
                continue
            party_id = party["id"]
            cards = [
                card
                for card in self.tables["card"].values()
                if party_id in (card["party_id"], card["contact_id"])
                and not card["deleted_at"]
                and self.reached(card)
            ]
            touched = max((card["last_touch_at"] for card in cards), default=None)
            service = any(c["origin_card_id"] and c["kind"] in ("ticket", "delivery") for c in cards)
            phones, emails = self._points([party_id])
            drafts = self.all("draft", author_id=self.me, command="file_note", subject=f"party:{party_id}")
            notes = [
                note
                for note in self.all("note", party_id=party_id, state="filed")
                if note["card_id"] is None or self.reached(self.one("card", note["card_id"]))
            ]
            own = self._own(party_id)
            found[party_id] = Facts(
                ids={
                    "owner": tuple(filter(None, [party["owner_id"]])),
                    "class": tuple(filter(None, [party["class_id"]])),
                    "team": self._teams(party["owner_id"]),
                },
                words={"lifecycle": (party["lifecycle"],)},
                flags=own["flags"]
                | set(
                    _true(
                        converted=any(card["converted_at"] for card in cards),
                        service=service,
                        draft=bool(drafts),
                    )
                ),
                amounts=own["amounts"],
                dates=_known(registered=self.local(party["created_at"]), touched=self.local(touched)),
                days={"booked": self._booked_with(party_id), **own["days"]},
                texts={
                    "name": self._names([party_id]),
                    "email": emails,
                    **self._places(party_id),
                    **own["texts"],
                },
                codes={
                    "number": (party["code"],),
                    "document": tuple(filter(None, [party["document"]])),
                    "phone": phones,
                },
                has=own["has"]
                | set(
                    _true(
                        owner=party["owner_id"] is not None,
                        phone=bool(phones),
                        email=bool(emails),
                        document=party["document"] is not None,
                        note=bool(notes),
                    )
                ),
                free=(party["code"], *self._names([party_id])),
            )
        return found

    def _own(self, party: int | None, card: Row | None = None) -> dict[str, Any]:
        """What is known in fields of one's own of a person, and of a card of theirs."""
        kept: list[tuple[str, Any]] = []
        for form in self.tables["form"].values():
            rows = self.all("form_response", form_id=form["id"])
            if form["on_person"]:
                rows = [r for r in rows if party and r["party_id"] == party and r["card_id"] is None]
            else:
                rows = [r for r in rows if form["on_card"] and card and r["card_id"] == card.get("id")]
            for value in self.all("field_value", response_id=max((r["id"] for r in rows), default=0)):
                said = json.loads(value["value"])
                key = "field." + self.one("field_def", value["field_def_id"])["key"]
                kept += [(key, each) for each in (said if isinstance(said, list) else [said])]
        texts: dict[str, tuple[str, ...]] = {}
        for key, each in kept:
            if isinstance(each, str):
                texts[key] = (*texts.get(key, ()), each)
        return {
            "texts": texts,
            "days": {
                key: tuple(map(date.fromisoformat, said))
                for key, said in texts.items()
                if key == "field.desde"
            },
            "amounts": {key: each for key, each in kept if type(each) is int},
            "flags": {key for key, each in kept if each is True},
            "has": {key for key, _ in kept},
        }

    def _places(self, party: int | None) -> dict[str, tuple[str, ...]]:
        found = self.all("address", party_id=party) if party else []
        return {name: tuple(row[name] for row in found if row[name]) for name in ("city", "state")}

    def _booked(self, steps: Iterable[Row]) -> tuple[date, ...]:
        """The days on which these steps are appointments of which the reader may know."""
        days: list[date] = []
        for step in steps:
            own = self.me in (step["assignee_id"], step["created_by_id"])
            if step["state"] != "planned" or step["deleted_at"] or (step["private"] and not own):
                continue
            if step["all_day"]:
                first = date.fromisoformat(step["due_on"])
                last = date.fromisoformat(step["last_on"] or step["due_on"])
                days += [first + timedelta(n) for n in range((last - first).days + 1)]
            elif step["start_at"]:
                days += [day for day in [self.local(step["start_at"])] if day is not None]
        return tuple(days)

    def _attended(self, step: Row, card: Row) -> bool:
        return self.reached({"owner_id": step["assignee_id"], "board_id": card.get("board_id")})

    def _booked_with(self, party: int) -> tuple[date, ...]:
        """The days on which a person has an appointment that the reader reaches."""
        found = []
        for step in self.tables["activity"].values():
            card = self.one("card", step["card_id"])
            near = {step["party_id"], step["contact_id"], card.get("party_id"), card.get("contact_id")}
            if party in near and not card.get("deleted_at") and self._attended(step, card):
                found.append(step)
        return self._booked(found)

    def _points(self, parties: Sequence[int | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        points = [p for p in self.tables["contact_point"].values() if p["party_id"] in parties]
        phones = tuple(p["normalized"] for p in points if p["kind"] not in ("email", "site"))
        return phones, tuple(p["normalized"] for p in points if p["kind"] == "email")

    def _names(self, parties: Sequence[int | None]) -> tuple[str, ...]:
        rows = [self.one("party", each) for each in parties if each is not None]
        return tuple(text for row in rows for text in (row["name"], row["trade_name"]) if text)

    def _card(self, card: Row, due: dict[str, Any], owner: int | None, step: Row | None = None) -> Facts:
        """A card; or a step with the card that it belongs to, which may be none."""
        get = card.get
        card_id = get("id")
        party = get("party_id") or (step or {}).get("party_id")
        contact = get("contact_id") or (step or {}).get("contact_id")
        person, stage = self.one("party", party), self.one("stage", get("stage_id"))
        phones, emails = self._points([party, contact])
        tasks = [item for item in self.all("checklist_item", card_id=card_id) if item["done_at"] is None]
        labels = [row["label_id"] for row in self.all("card_label", card_id=card_id)]
        done = self.all("activity", card_id=card_id, state="done", deleted_at=None) if card_id else []
        last = max(done, key=lambda row: (row["done_at"], row["id"]), default={})
        subject = f"card:{card_id}" if card_id else f"party:{party}"
        notes = [note["body"] for note in self.all("note", card_id=card_id, state="filed")] if card_id else []
        files = self.all("attachment", entity="card", entity_id=card_id, deleted_at=None)
        children = [
            each
            for each in self.all("card", origin_card_id=card_id, deleted_at=None)
            if card_id and each["kind"] in ("ticket", "delivery") and self.sees(each["board_id"])
        ]
        status = "open" if step else get("status")
        put_off = step["snoozed_until"] if step else get("snoozed_until")
        touched = self.local(get("last_touch_at"))
        limit = stage.get("stale_days")
        holding = _day(get("next_due_on")) if self.one("board", get("board_id")).get("stale_held") else None
        chance = stage.get("probability") if get("probability") is None else get("probability")
        value = get("value_one_off", 0) + get("value_recurring", 0)
        amounts = {
            "value": value,
            "oneoff": get("value_one_off"),
            "recurring": get("value_recurring"),
            "weighted": weighted(value, chance),
            "stale": None if touched is None else (self.today - touched).days,
        }
        titles = (*((step["subject"],) if step else ()), *((get("title"),) if card else ()))
        numbers = (get("number"),) if card else ()
        documents = tuple(filter(None, [person.get("document")]))
        reason = self.one("loss_reason", get("loss_reason_id"))
        own = self._own(party, card)
        return Facts(
            ids={
                "owner": tuple(filter(None, [owner])),
                "member": tuple(row["user_id"] for row in self.all("card_member", card_id=card_id)),
                "team": self._teams(owner),
                "label": labels,
                **{
                    name: tuple(filter(None, [value]))
                    for name, value in (
                        ("board", get("board_id")),
                        ("stage", get("stage_id")),
                        ("reason", get("loss_reason_id")),
                        ("channel", get("channel_id")),
                        ("source", get("media_id")),
                        ("class", person.get("class_id")),
                        ("campaign", get("campaign_id")),
                        ("case", get("case_type_id")),
                        ("offer", get("offer_id")),
                        ("medium", get("medium_id")),
                        ("action", last.get("action_type_id")),
                        ("result", last.get("result_id")),
                        ("detail", last.get("result_detail_id")),
                    )
                },
            },
            words={
                "status": (status, *(("open",) if status == "paused" else ())),
                "kind": tuple(filter(None, [get("kind")])),
                "due": due["due"],
                "time": due["time"],
                "lifecycle": tuple(filter(None, [person.get("lifecycle")])),
            },
            flags=own["flags"]
            | set(
                _true(
                    snoozed=bool(put_off) and datetime.fromisoformat(put_off) > self.now,
                    reopened=bool(get("reopen_mode")),
                    stale=bool(touched and stale(touched, limit, self.today, holding) is not None),
                    late=bool(get("stage_due_on")) and date.fromisoformat(card["stage_due_on"]) < self.today,
                    tasks=bool(tasks),
                    archived=bool(get("archived_at")) and not step,
                    lost=status == "lost",
                    converted=bool(get("converted_at")),
                    service=bool(children),
                    draft=bool(self.all("draft", author_id=self.me, command="file_note", subject=subject)),
                )
            ),
            dates=_known(
                due_on=due["due_on"],
                internal=due["internal"],
                snoozed=self.local(put_off),
                created=self.local(get("opened_at")),
                registered=self.local(person.get("created_at")),
                closed=_day(get("closed_on")),
                reopened=self.local(get("reopened_at")),
                touched=touched,
                stage_due=_day(get("stage_due_on")),
                expected=_day(get("expected_close_on")),
            ),
            days={
                "booked": self._booked(self.all("activity", card_id=card_id)) if card_id else (),
                **own["days"],
            },
            amounts={
                **own["amounts"],
                **(_known(**amounts) if card else {}),
                **_known(chance=chance, interest=get("interest_level"), tasks=len(tasks)),
            },
            texts={
                "reason": tuple(filter(None, [reason.get("name"), get("loss_note")])),
                "party": self._names([party]),
                "contact": self._names([contact]),
                "referrer": self._names([get("referrer_id")]),
                "name": titles,
                "email": emails,
                "note": notes,
                **self._places(party),
                **own["texts"],
            },
            codes={
                "number": numbers,
                "document": documents,
                "phone": phones,
                "party": (*filter(None, [person.get("code")]), *documents),
            },
            has=own["has"]
            | set(
                _true(
                    next=bool(step) or get("next_activity_id") is not None,
                    owner=owner is not None,
                    offer=get("offer_id") is not None,
                    label=bool(labels),
                    tasks=bool(tasks),
                    value=value > 0,
                    contact=contact is not None,
                    phone=bool(phones),
                    email=bool(emails),
                    document=bool(documents),
                    attachment=bool(files) and card_id is not None,
                    expected=bool(get("expected_close_on")),
                    note=bool(notes),
                    form=bool(card_id and self.all("form_response", card_id=card_id)),
                )
            ),
            free=(
                *numbers,
                *titles,
                *self._names([party, contact]),
                *(self.one("label", each)["name"] for each in labels),
            ),
        )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _true(**values: bool) -> tuple[str, ...]:
    return tuple(name for name, value in values.items() if value)
