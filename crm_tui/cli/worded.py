"""What several verbs are told alike: a day in words, operators by their logins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from crm_tui.cli.failures import Failure, Status
from crm_tui.cli.session import Session
from crm_tui.domain import when
from crm_tui.domain.access import UserRow
from crm_tui.i18n import Text, language

NAMED = 8
"""So many of what may be chosen are named in a refusal."""


def day_of(session: Session, text: str) -> date | None:
    """The day that an option says in words, to come or gone by; None if nothing was said."""
    if not text.strip():
        return None
    from crm_tui.services.calendar import views as calendars

    crm = session.crm()
    now = crm.reading().local.replace(tzinfo=None)
    calendar, zone = crm.read(calendars.own), crm.viewer.zone
    found, _ = when.read_either_way(text, now, calendar, language(), zone=zone)
    if isinstance(found, when.WhenRefusal):
        raise Failure(Status.USAGE, _unread(found, when.sentence(found, text, now, language())))
    return found.date() if isinstance(found, datetime) else found


def users_of(session: Session, text: str, *, active: bool = False) -> list[UserRow]:
    """The operators whose logins an option names, each once and in its order (`active`: of those who still work here);
    none if it names none. A login that is nobody's is status 3."""
    wanted = list(dict.fromkeys(each.strip().removeprefix("@") for each in text.split(",") if each.strip()))
    if not wanted:
        return []
    from crm_tui.services.access import views as access

    known = {user.login: user for user in session.crm().read(access.users, active=active)}
    for login in wanted:
        if login not in known:
            raise no_user(login, known)
    return [known[login] for login in wanted]


def no_user(login: str, known: Iterable[str]) -> Failure:
    """The failure of a login that is nobody's: it names those that there are, the first ones of many."""
    params = {"login": login, "known": some(known)}
    return Failure(Status.MISSING, Text("There is no user “{login}”: choose among {known}.", params))


def some(names: Iterable[str]) -> str:
    """The first of what may be chosen, parted by commas."""
    every = [*names]
    return ", ".join(every[:NAMED]) + (", …" if len(every) > NAMED else "")


def _unread(refusal: when.WhenRefusal, said: Text) -> Text:
    """Why a day was not read; of words that mean nothing, which ones do."""
    if refusal.reason is not when.Reason.UNKNOWN or refusal.offers or refusal.note is not None:
        return said
    return Text("{why} Say a day like today, friday, +3d or 24/11.", {"why": said})
