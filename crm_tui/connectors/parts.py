"""What a column of a contacts file may hold, phones and e-mails apart."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """The values are the names of the fields that a layout of one's own may give a column (`domain.import_map`)."""

    ID = "id"
    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    SUFFIX = "suffix"
    ALIAS = "alias"
    COMPANY = "company"
    TITLE = "title"
    NOTES = "notes"
    DOCUMENT = "document"
    STREET = "street"
    NUMBER = "number"
    MORE = "more"
    DISTRICT = "district"
    CITY = "city"
    STATE = "state"
    POSTCODE = "postcode"
    AREA = "area"
    OWNER = "owner"
    KIND = "kind"


class Default(NamedTuple):
    """What a field is in rows in which all its columns (`blank`) say nothing."""

    value: str
    blank: tuple[int, ...] = ()


ADDRESS = (Part.STREET, Part.NUMBER, Part.MORE, Part.DISTRICT, Part.CITY, Part.STATE, Part.POSTCODE)
