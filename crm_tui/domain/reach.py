"""The ways to reach somebody, as they are typed and as they are kept: numbers, WhatsApp, addresses, sites.

Standard library only; knows nothing of the store.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from crm_tui.domain import identity
from crm_tui.domain.party import ContactKind
from crm_tui.i18n import N_

NAMES: Final = {
    ContactKind.PHONE: N_("Phone"),
    ContactKind.MOBILE: N_("Mobile"),
    ContactKind.WHATSAPP: N_("WhatsApp"),
    ContactKind.EMAIL: N_("E-mail"),
    ContactKind.SITE: N_("Site"),
}
"""What one way is called by its kind."""
NUMBERS: Final = frozenset((ContactKind.PHONE, ContactKind.MOBILE, ContactKind.WHATSAPP))
"""By these one is called."""
_SCHEME: Final = re.compile(r"(?i)^https?://")
_HOST: Final = re.compile(r"(?:\w(?:[\w-]{0,61}\w)?\.)+[^\W\d_]{2,63}(?::[0-9]{1,5})?")
_SITE_MOST: Final = 200
"""Signs of a site: what a row of a list and a line of a file still hold."""


class Way(NamedTuple):
    """One way to reach somebody: `normalized` is E.164, the lower-case address, or the site without its scheme."""

    kind: ContactKind
    normalized: str


def way(typed: str, kind: ContactKind | None = None) -> Way | None:
    """What was typed, as a way of this kind (None: of whichever it is); None if it is none.

    A telephone is a mobile or a landline by its number, whatever was chosen.
    """
    if kind is None:
        return _address(typed) or _number(typed) or _site(typed)
    if kind is ContactKind.EMAIL:
        return _address(typed)
    if kind is ContactKind.SITE:
        return _site(typed)
    found = _number(typed)
    return found._replace(kind=kind) if found is not None and kind is ContactKind.WHATSAPP else found


def family(kind: str) -> frozenset[ContactKind]:
    """The kinds of which one way is the main one: all numbers together, addresses, sites."""
    return NUMBERS if kind in NUMBERS else frozenset((ContactKind(kind),))


def _number(typed: str) -> Way | None:
    found = identity.phone(typed)
    if found is None:
        return None
    kind = ContactKind.MOBILE if found.kind == "mobile" else ContactKind.PHONE
    return Way(kind, found.e164)


def _address(typed: str) -> Way | None:
    found = identity.email(typed)
    return None if found is None else Way(ContactKind.EMAIL, found)


def _site(typed: str) -> Way | None:
    text = _SCHEME.sub("", typed.strip()).rstrip("/")
    host, slash, path = text.partition("/")
    if "@" in text or any(sign.isspace() for sign in text) or len(text) > _SITE_MOST:
        return None
    return Way(ContactKind.SITE, f"{host.lower()}{slash}{path}") if _HOST.fullmatch(host) else None
