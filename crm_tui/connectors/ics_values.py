"""Single values of a calendar file: a number, a length of time, who is meant, the identity of what has none."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from crm_tui.connectors.ics_lines import Property
from crm_tui.domain.agenda import Response
from crm_tui.domain.ics import MAX_SUBJECT, IcsEvent, Who
from crm_tui.domain.text import one_line

_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?",
    re.IGNORECASE,
)
_RESPONSES = {
    "ACCEPTED": Response.ACCEPTED,
    "TENTATIVE": Response.TENTATIVE,
    "DECLINED": Response.DECLINED,
}


def whole(text: str) -> int:
    """A number without a sign; 0 for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def duration(text: str) -> timedelta | None:
    """`-PT1H30M`; None if it is none. Numbers that would overflow are none."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups()[1:])
    found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -found if match[1] == "-" else found


def who_of(p: Property | None) -> Who | None:
    """Who a line names by an address; None if it has none that a mail could go to."""
    if p is None:
        return None
    for raw in (p.raw.strip(), p.params.get("EMAIL", "")):
        address = one_line(raw).strip().strip("<>").strip()
        if address[:7].lower() == "mailto:":
            address = address[7:]
        address = address.strip().strip("<>").lower()
        if re.fullmatch(r"[^\s@<>:;,\"]{1,64}@[^\s@<>:;,\"]{1,190}", address):
            name = one_line(p.params.get("CN", "")).strip("\"' ")[:MAX_SUBJECT]
            response = _RESPONSES.get(p.params.get("PARTSTAT", "").upper(), Response.NONE)
            return Who(address, "" if name.lower() == address else name, response)
    return None


def made_uid(event: IcsEvent) -> str:
    """The UID of an event that has none: the same title and time, the same event."""
    begun = event.start.isoformat() if event.start is not None else event.first_on.isoformat()
    return "none-" + hashlib.sha256(f"{event.summary}\n{begun}".encode()).hexdigest()[:32]
