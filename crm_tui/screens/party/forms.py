"""The forms of people: a new one, and one that changes only what was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from crm_tui.domain.outcome import Done
from crm_tui.domain.party import PartyDetail, PartyKind, Point, Postal
from crm_tui.domain.phone import phone
from crm_tui.domain.subject import subject_of
from crm_tui.domain.text import digits
from crm_tui.i18n import N_, say, say_n
from crm_tui.screens.core.forms import FormScreen
from crm_tui.screens.core.leftover import MANY
from crm_tui.screens.core.shell import Shell
from crm_tui.screens.party.newparty import EditPartyScreen, NewPartyScreen
from crm_tui.services.party import views
from crm_tui.ui import formats

FIELDS = ("name", "phone", "email", "company", "role", "document", "preferences", "kind", "owner")
PHONES = frozenset(("phone", "mobile", "whatsapp"))


def new_party(
    shell: Shell, name: str = "", company: str = "", made: Callable[[Done], None] | None = None
) -> FormScreen:
    """*Nova pessoa*. What was typed into a search goes where it belongs: a number, an address or a name (M1). `made`: a
    field below wants it, and is told; there is no second one then (T31)."""
    first = {"kind": PartyKind.PERSON.value}
    begun = first | ({_field_of(name): name} if name else {}) | ({"company": company} if company else {})
    form = NewPartyScreen(
        "new_party",
        heading=say(N_("New person")),
        raw=begun,
        fields=FIELDS,
        done=say(N_("Person added")),
        again=first if made is None else None,
    )
    form.made = made
    return form


def _field_of(text: str) -> str:
    """The field that a searched text fills: an address, a plausible telephone, other digits a document."""
    if "@" in text:
        return "email"
    if phone(text) is not None:
        return "phone"
    return "document" if len(digits(text)) >= 11 and not any(c.isalpha() for c in text) else "name"


def edit_party(shell: Shell, party: int, field: str = "") -> FormScreen | None:
    """*Editar pessoa*, or only `field` of theirs; only the fields that were changed are sent, so that two operators may
    edit at once."""
    found: PartyDetail | None = shell.crm.read(views.detail, party)
    if found is None:
        return None
    person = found.kind == PartyKind.PERSON
    fields = [
        "name",
        "trade_name",
        "phone",
        "email",
        "company",
        "role",
        "document",
        "lifecycle",
        "party_class",
        "preferences",
        *("street", "city", "state", "postcode", "no_calls", "no_email"),
        "owner",
    ]
    hidden = {"trade_name"} if person else {"company", "role"}
    return EditPartyScreen(
        "edit_party",
        heading=say(N_("Edit person")) if person else say(N_("Edit organisation")),
        about=f"{found.name}  {found.code}",
        fixed={"party": f"#{party}", "version": str(found.version)},
        raw=as_typed(found),
        labels={"party_class": found.party_class or "", "owner": found.owner or ""},
        fields=(field,) if field else [name for name in fields if name not in hidden],
        subject=subject_of(None, party),
        done=say(N_("Person changed")),
        changes_only=True,
    )


def as_typed(party: PartyDetail) -> dict[str, str]:
    """The texts that stand in the form at first: what the person's screen shows."""
    points = sorted(
        party.points, key=lambda point: (not point.is_primary, point.id)
    )  # as the command takes them
    number = next((p for p in points if p.kind in PHONES), None)
    email = next((p for p in points if p.kind == "email"), None)
    company = party.companies[0] if party.companies else None
    return {
        "name": party.name,
        "trade_name": party.trade_name or "",
        "phone": formats.phone(number.normalized) if number else "",
        "email": email.normalized if email else "",
        "company": company.name if company else "",
        "role": (company.role or "") if company else "",
        "document": formats.document(party.document) if party.document else "",
        "lifecycle": party.lifecycle,
        "party_class": f"#{party.class_id}" if party.class_id is not None else "",
        "preferences": party.preferences or "",
        "owner": f"#{party.owner_id}" if party.owner_id is not None else "",
        **_postal(party.address),
        "no_calls": _wished([p for p in party.points if p.kind in PHONES]),
        "no_email": _wished([p for p in party.points if p.kind == "email"]),
    }


Marked = tuple[int, str, str, str]
"""A person who is changed together with others: id, name, owner and relation as they are."""


def edit_people(shell: Shell, people: Sequence[Marked], field: str = "") -> FormScreen | None:
    """*Alterar pessoas*: owner, relation, notes of all that are marked, or only `field`; the title says what they have
    now."""
    if not people:
        return None
    return FormScreen(
        "change_person",
        heading=say_n("Change {n} person", "Change {n} people", len(people)),
        about=_now(people),
        targets=[{"party": f"#{each[0]}"} for each in people],
        names=[each[1] for each in people],
        fields=(field,) if field else None,
        subject=subject_of(None, people[0][0]) if len(people) == 1 else MANY,
        done=say_n("{n} person changed", "{n} people changed", len(people)),
    )


def _now(people: Sequence[Marked]) -> str:
    """`agora: ana 3, sem dono 1; Cliente 2, Prospecto 2`."""
    owners = (owner or say(N_("without owner")) for _, _, owner, _ in people)
    phases = (phase for _, _, _, phase in people)
    return say(N_("now: {counted}"), counted=f"{counted(owners)}; {counted(phases)}")


def counted(values: Iterable[str], form: str = "{} {}") -> str:
    """The values that are had most often, each with by how many: `ana 3, sem dono 1`."""
    return ", ".join(form.format(name, formats.number(n)) for name, n in Counter(values).most_common(4))


def _postal(address: Postal | None) -> dict[str, str]:
    kept = address or Postal(None, None, None, None)
    return {name: value or "" for name, value in kept._asdict().items()} | {
        "postcode": formats.postcode(kept.postcode or "")
    }


def _wished(points: Sequence[Point]) -> str:
    """Whether none of these ways is one that the person wishes."""
    return "1" if points and all(point.opted_out for point in points) else "0"
