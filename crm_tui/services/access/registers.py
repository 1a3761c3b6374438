"""The register of profiles: who has which, and how far it reaches. (M91, M111)"""

from __future__ import annotations

import json
from typing import Any

from crm_tui.domain.access import Scope
from crm_tui.domain.fields import Option
from crm_tui.domain.permissions import PERMISSIONS, REACH_NAMES
from crm_tui.domain.register import Register, RegisterRow, Section
from crm_tui.i18n import C_, N_, Text, text_n
from crm_tui.services.core.reading import Reading, view
from crm_tui.services.core.scope import matching
from crm_tui.store.queries import access as queries


@view("user.read")
def pick_every_profile(reading: Reading, text: str) -> list[Option]:
    """The picker of all profiles, those out of use among them."""
    rows = reading.connection.execute(queries.EVERY_PROFILE).fetchall()
    return matching([Option(row[0], row[2], "", row[2]) for row in rows], text)


@view("user.read")
def profile_register(reading: Reading) -> list[RegisterRow]:
    """The profiles, the administrator's first, those out of use in their places."""
    return [_profile(row) for row in reading.connection.execute(queries.EVERY_PROFILE).fetchall()]


def _profile(row: tuple[Any, ...]) -> RegisterRow:
    i, version, name, is_admin, active, people, told = row
    held: dict[str, str] = json.loads(told)
    reach = {
        each.key: each.scopes[-1] if is_admin else Scope(held.get(each.key, Scope.NONE))
        for each in PERMISSIONS
    }
    allowed = sum(scope is not Scope.NONE for scope in reach.values())
    return RegisterRow(
        i,
        version,
        name,
        (
            name,
            text_n("{n} person", "{n} people", people) if people else "",
            Text(REACH_NAMES[reach["card.read"]]),
            Text(REACH_NAMES[reach["note.file"]]),
            Text(N_("{n} of {all}"), {"n": allowed, "all": len(PERMISSIONS)}),
            "" if active else Text(N_("out of use")),
        ),
        {"name": name, **{each.field: reach[each.key].value for each in PERMISSIONS}},
        beside={"like": f"#{i}"},
        labels={"like": name},
        active=bool(active),
    )


REGISTERS = (
    Register(
        "profiles",
        "profile",
        N_("Profiles"),
        N_(
            "What one may see and do; beside each how many have it, whose cards they see and whose they attend. Enter "
            "shows every permission with its reach, n begins with those of the profile under the cursor, o leads to "
            "who has it. It holds at once, in open programs, too."
        ),
        (N_("Profile"), N_("People"), N_("Sees cards"), N_("Attends"), N_("Permissions"), N_("Use")),
        profile_register,
        create="add_profile",
        edit="edit_profile",
        off="deactivate_profile",
        on="reactivate_profile",
        related=((N_("_Users"), "users", "profile"),),
        section=Section.PEOPLE,
        place=2,
        short=C_("shelf", "Profiles"),
    ),
)
PICKERS = {"every_profile": pick_every_profile}
