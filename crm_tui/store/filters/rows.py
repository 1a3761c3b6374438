"""Where each kind of row keeps what the fields of a filter ask for: SQL expressions over the row's aliases.

Cards are `c`; lone steps are `a`, with `c` the card that they belong to (LEFT JOIN: none); people are `p`. A step is
a row of its own: owner, dates and hour are its own, it is open and not archived; all else it has from its card.
Whatever a row does not know is NULL here. Knows no tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crm_tui.store.queries.sight import on_board, owned, told


@dataclass(frozen=True, slots=True)
class Rows:
    """Expressions by field id.

    `users`, `things`: the one user or thing; `links`: an EXISTS of several, `{value}` the column that is compared;
    `days` civil dates, `instants` UTC instants; `amounts` whole numbers; `flags` conditions; `words` the column of a
    field of fixed words; `has` what is there; `booked` the appointments of the row, its end open for `AND`; `places`
    an EXISTS of its addresses, `{value}` the column that is compared. `party` and `contact` are the ids of the people
    it is about, `referrer` of who referred them. `names` are search columns (`domain.text.word_row`), `raw` texts that
    have none; `free` is what free text looks in beside the people's names and codes. `own` reads the values of a field
    of one's own: `{what}` of them as `j`, `{key}` its key, its end open for `AND`.
    """

    key: str
    owner: str
    party: str
    contact: str = ""
    referrer: str = ""
    due: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)
    things: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    instants: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    has: Mapping[str, str] = field(default_factory=dict)
    booked: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    document: str = ""
    draft: str = ""
    own: tuple[str, ...] = ()
    free: frozenset[str] = frozenset()

    @property
    def parties(self) -> str:
        return f"{self.party}, {self.contact}" if self.contact else self.party


def _point(parties: str, kind: str) -> str:
    return f"SELECT 1 FROM contact_point x WHERE x.party_id IN ({parties}) AND x.kind {kind}"


NEVER, ALWAYS = "(1 = 0)", "1"
"""A literal nought would be folded away with all that stands beside it, and a partial index could not be used."""
PHONE, EMAIL = "NOT IN ('email', 'site')", "= 'email'"
_FILED = "n.state = 'filed'"
_OPEN_TASK = "SELECT 1 FROM checklist_item i WHERE i.card_id = c.id AND i.done_at IS NULL"
_LABELLED = "SELECT 1 FROM card_label l WHERE l.card_id = c.id"
_LAST = """(SELECT d.{column} FROM activity d WHERE d.card_id = c.id AND d.state = 'done' AND d.deleted_at IS NULL
 ORDER BY d.done_at DESC, d.id DESC LIMIT 1)"""
_STAGE = "(SELECT s.{column} FROM stage s WHERE s.id = c.stage_id)"
_OF_PARTY = "(SELECT q.{column} FROM party q WHERE q.id = {party})"
CLOSED = "c.status NOT IN ('open', 'paused')"
CHANCE = f"coalesce(c.probability, {_STAGE.format(column='probability')})"
STALE_AFTER = _STAGE.format(column="stale_days")
HELD = "((SELECT b.stale_held FROM board b WHERE b.id = c.board_id) AND c.next_due_on >= :today)"
"""Its next step holds the days without update. (K21)"""
_SERVICE = "{alias}.kind IN ('ticket', 'delivery') AND {alias}.deleted_at IS NULL"


_BOOKED = f"""b.state = 'planned' AND b.deleted_at IS NULL AND (b.start_at IS NOT NULL OR b.all_day) AND {told("b")}"""
_PLACE = "{party} IN (SELECT x.party_id FROM address x WHERE x.{column} {{value}})"


_OWN = """SELECT {{what}} FROM form f CROSS JOIN field_def d ON d.form_id = f.id AND d.key = {{key}}
 CROSS JOIN field_value v ON v.field_def_id = d.id AND v.response_id = (SELECT r.id FROM form_response r
  WHERE {of} AND r.form_id = f.id ORDER BY r.id DESC LIMIT 1)
 CROSS JOIN json_each(v.value) j WHERE f.active = 1 AND {which}"""
"""What the latest answers of the forms say to a question of that key: of several options each."""
_OF_CARDS_DATA = """f.on_card = 1 AND f.on_person = 0 AND (f.board_id IS NULL OR f.board_id = c.board_id)
 AND (f.case_type_id IS NULL OR f.case_type_id = c.case_type_id)"""


def _own_of(party: str) -> str:
    return _OWN.format(of=f"r.party_id = {party} AND +r.card_id IS NULL", which="f.on_person = 1")


def _cards(party: str, contact: str) -> Rows:
    parties = f"{party}, {contact}"
    value = "c.value_one_off + c.value_recurring"
    return Rows(
        key="c.id",
        owner="c.owner_id",
        party=party,
        contact=contact,
        referrer="c.referrer_id",
        due={"due": "c.next_due_on", "start": "c.next_start_at", "internal": "c.next_internal_on"},
        users={"owner": "c.owner_id"},
        things={
            "board": "c.board_id",
            "stage": "c.stage_id",
            "reason": "c.loss_reason_id",
            "channel": "c.channel_id",
            "source": "c.media_id",
            "class": _OF_PARTY.format(column="class_id", party=party),
            "offer": "c.offer_id",
            "medium": "c.medium_id",
            "campaign": "c.campaign_id",
            "case": "c.case_type_id",
            "action": _LAST.format(column="action_type_id"),
            "result": _LAST.format(column="result_id"),
            "detail": _LAST.format(column="result_detail_id"),
        },
        links={
            "member": "SELECT 1 FROM card_member m WHERE m.card_id = c.id AND m.user_id {value}",
            "label": f"{_LABELLED} AND l.label_id {{value}}",
        },
        days={
            "internal": "c.next_internal_on",
            "closed": "c.closed_on",
            "stage_due": "c.stage_due_on",
            "expected": "c.expected_close_on",
        },
        instants={
            "snoozed": "c.snoozed_until",
            "created": "c.opened_at",
            "registered": _OF_PARTY.format(column="created_at", party=party),
            "reopened": "c.reopened_at",
            "touched": "c.last_touch_at",
        },
        amounts={
            "value": value,
            "oneoff": "c.value_one_off",
            "recurring": "c.value_recurring",
            "weighted": f"({value}) * coalesce({CHANCE}, 0) / 100",
            "chance": CHANCE,
            "interest": "c.interest_level",
            "tasks": f"(SELECT count(*) FROM ({_OPEN_TASK}))",
        },
        flags={
            "snoozed": "c.snoozed_until > :now",
            "reopened": "c.reopen_mode IS NOT NULL",
            "late": "c.stage_due_on < :today",
            "tasks": f"EXISTS ({_OPEN_TASK})",
            "archived": "c.archived_at IS NOT NULL",
            "lost": "c.status = 'lost'",
            "converted": "c.converted_at IS NOT NULL",
            "service": f"""EXISTS (SELECT 1 FROM card k WHERE k.origin_card_id = c.id
 AND {_SERVICE.format(alias="k")} AND {on_board("k.board_id")})""",
        },
        words={
            "status": "c.status",
            "kind": "c.kind",
            "lifecycle": _OF_PARTY.format(column="lifecycle", party=party),
        },
        has={
            "next": "c.next_activity_id IS NOT NULL",
            "owner": "c.owner_id IS NOT NULL",
            "label": f"EXISTS ({_LABELLED})",
            "tasks": f"EXISTS ({_OPEN_TASK})",
            "value": f"{value} > 0",
            "contact": "c.contact_id IS NOT NULL",
            "phone": f"EXISTS ({_point(parties, PHONE)})",
            "email": f"EXISTS ({_point(parties, EMAIL)})",
            "document": f"{_OF_PARTY.format(column='document', party=party)} IS NOT NULL",
            "attachment": """EXISTS (SELECT 1 FROM attachment f WHERE f.entity = 'card' AND f.entity_id = c.id
 AND f.deleted_at IS NULL)""",
            "expected": "c.expected_close_on IS NOT NULL",
            "offer": "c.offer_id IS NOT NULL",
            "note": f"EXISTS (SELECT 1 FROM note n WHERE n.card_id = c.id AND {_FILED})",
            "form": "EXISTS (SELECT 1 FROM form_response r WHERE r.card_id = c.id)",
        },
        booked=f"SELECT 1 FROM activity b WHERE b.card_id = c.id AND {_BOOKED}",
        places={name: _PLACE.format(party=party, column=name) for name in ("city", "state")},
        names=("c.title_words",),
        raw={"reason": "c.loss_note"},
        number="c.number",
        document=_OF_PARTY.format(column="document", party=party),
        draft="'card:' || c.id",
        own=(_OWN.format(of="r.card_id = c.id", which=_OF_CARDS_DATA), _own_of(party)),
        free=frozenset(("number", "name", "label")),
    )


CARDS = _cards("c.party_id", "c.contact_id")
_OF_STEP = "coalesce(c.party_id, a.party_id)"
_CONTACT_OF_STEP = "coalesce(c.contact_id, a.contact_id)"
_OWN_CARD = _cards(_OF_STEP, _CONTACT_OF_STEP)
STEPS = replace(
    _OWN_CARD,
    key="-a.id",
    owner="a.assignee_id",
    due={"due": "a.due_on", "start": "a.start_at", "internal": "a.internal_on"},
    users={"owner": "a.assignee_id"},
    days={**_OWN_CARD.days, "internal": "a.internal_on"},
    instants={**_OWN_CARD.instants, "snoozed": "a.snoozed_until"},
    flags={**_OWN_CARD.flags, "archived": NEVER, "lost": NEVER, "snoozed": "a.snoozed_until > :now"},
    words={**_OWN_CARD.words, "status": "'open'"},
    has={
        **_OWN_CARD.has,
        "next": "1",
        "owner": "1",
        "contact": f"{_CONTACT_OF_STEP} IS NOT NULL",
    },
    raw={**_OWN_CARD.raw, "name": "a.subject"},
    draft=f"iif(c.id IS NULL, 'party:' || {_OF_STEP}, 'card:' || c.id)",
)
_OF_PERSON = (
    f"""(k.party_id = p.id OR k.contact_id = p.id) AND k.deleted_at IS NULL AND {owned("k.owner_id")}"""
)
"""A person's cards that the viewer may see: what is known of it by others says nothing here."""
PEOPLE = Rows(
    key="p.id",
    owner="p.owner_id",
    party="p.id",
    users={"owner": "p.owner_id"},
    things={"class": "p.class_id"},
    instants={
        "registered": "p.created_at",
        "touched": f"(SELECT max(k.last_touch_at) FROM card k WHERE {_OF_PERSON})",
    },
    flags={
        "archived": NEVER,
        "converted": f"EXISTS (SELECT 1 FROM card k WHERE {_OF_PERSON} AND k.converted_at IS NOT NULL)",
        "service": f"""EXISTS (SELECT 1 FROM card k WHERE {_OF_PERSON} AND k.origin_card_id IS NOT NULL
 AND {_SERVICE.format(alias="k")})""",
    },
    words={"lifecycle": "p.lifecycle"},
    has={
        "owner": "p.owner_id IS NOT NULL",
        "phone": f"EXISTS ({_point('p.id', PHONE)})",
        "email": f"EXISTS ({_point('p.id', EMAIL)})",
        "document": "p.document IS NOT NULL",
        "note": f"""EXISTS (SELECT 1 FROM note n LEFT JOIN card k ON k.id = n.card_id WHERE n.party_id = p.id
 AND {_FILED} AND (k.id IS NULL OR {owned("k.owner_id")}))""",
    },
    booked=f"""SELECT 1 FROM activity b LEFT JOIN card k ON k.id = b.card_id
 WHERE (b.party_id = p.id OR b.contact_id = p.id OR k.party_id = p.id OR k.contact_id = p.id)
 AND k.deleted_at IS NULL AND {owned("b.assignee_id")} AND {_BOOKED}""",
    places={name: _PLACE.format(party="p.id", column=name) for name in ("city", "state")},
    names=("p.name_words",),
    number="p.code",
    document="p.document",
    draft="'party:' || p.id",
    own=(_own_of("p.id"),),
    free=frozenset(("number",)),
)
