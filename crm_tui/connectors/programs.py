"""The programs whose files of people and of companies are known: what each calls its columns, as data.

A new source of contacts is one more `Layout` here; `layouts` recognises a header by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crm_tui.connectors.parts import Part
from crm_tui.domain.foreign import SALESFORCE
from crm_tui.domain.party import ContactKind


@dataclass(frozen=True, slots=True)
class Layout:
    """A source whose headings are fixed, in one language or several mixed, all as `heading` writes them.

    `signature`: of each group one heading must be there. `loose`: what is called a phone or an e-mail is one, beside
    `phones` and `emails`.
    """

    name: str
    signature: tuple[frozenset[str], ...]
    parts: Mapping[str, Part]
    phones: Mapping[str, ContactKind]
    emails: frozenset[str]
    numbered: bool = False
    loose: bool = False


def _all(*names: str) -> tuple[frozenset[str], ...]:
    """A signature; each of its groups is `one|or another`."""
    return tuple(frozenset(each.split("|")) for each in names)


def said(parts: Mapping[Part, str]) -> Mapping[str, Part]:
    """The headings of each part, `one|or another`, the best first."""
    return {name: part for part, names in parts.items() for name in names.split("|")}


_OWN = Layout(
    "crm-tui",
    _all("ref|code", "tipo|kind", "nome|name", "fase|vinculo|phase|relation|lifecycle"),
    said(
        {
            Part.KIND: "tipo|kind",
            Part.NAME: "nome|name",
            Part.COMPANY: "empresa|company",
            Part.TITLE: "funcao la|role there|role",
            Part.NOTES: "observacoes|notes|preferences",
            Part.OWNER: "dono|owner",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
"""What `crm-tui export people` writes, in either language or as JSON. Its codes count in the base that they come from
alone, so they are no ids."""
_GIVEN = "first name|primeiro nome|nome"
_FAMILY = "last name|sobrenome|ultimo nome"


_GOOGLE_NEW = Layout(
    "Google Contacts (2024)",
    _all("first name", "last name", "organization name", "labels"),
    {
        "first name": Part.GIVEN,
        "middle name": Part.MIDDLE,
        "last name": Part.FAMILY,
        "name suffix": Part.SUFFIX,
        "file as": Part.ALIAS,
        "nickname": Part.ALIAS,
        "organization name": Part.COMPANY,
        "organization title": Part.TITLE,
        "notes": Part.NOTES,
    },
    {},
    frozenset(),
    numbered=True,
)
_GOOGLE_OLD = Layout(
    "Google Contacts",
    _all("name", "given name", "family name", "group membership"),
    {
        "name": Part.NAME,
        "given name": Part.GIVEN,
        "additional name": Part.MIDDLE,
        "family name": Part.FAMILY,
        "name suffix": Part.SUFFIX,
        "nickname": Part.ALIAS,
        "organization 1 name": Part.COMPANY,
        "organization 1 title": Part.TITLE,
        "notes": Part.NOTES,
    },
    {},
    frozenset(),
    numbered=True,
)
_HUBSPOT = Layout(
    "HubSpot",
    _all("record id|id do registro|id do objeto", _GIVEN, _FAMILY),
    said(
        {
            Part.ID: "record id|id do registro|id do objeto",
            Part.GIVEN: _GIVEN,
            Part.FAMILY: _FAMILY,
            Part.COMPANY: "company name|nome da empresa|associated company|empresa associada|"
            "empresa principal associada",
            Part.TITLE: "job title|cargo",
            Part.OWNER: "contact owner|proprietario do contato",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_OUTLOOK = Layout(
    "Outlook",
    _all(
        _GIVEN,
        _FAMILY,
        "business phone|telefone comercial",
        "e mail address|email address|endereco de email|endereco de e mail",
    ),
    said(
        {
            Part.GIVEN: _GIVEN,
            Part.MIDDLE: "middle name|segundo nome|nome do meio",
            Part.FAMILY: _FAMILY,
            Part.SUFFIX: "suffix|sufixo",
            Part.COMPANY: "company|empresa",
            Part.TITLE: "job title|cargo",
            Part.NOTES: "notes|anotacoes|observacoes",
        }
    ),
    {
        "primary phone": ContactKind.PHONE,
        "telefone principal": ContactKind.PHONE,
        "mobile phone": ContactKind.MOBILE,
        "telefone celular": ContactKind.MOBILE,
        "celular": ContactKind.MOBILE,
        "business phone": ContactKind.PHONE,
        "telefone comercial": ContactKind.PHONE,
        "business phone 2": ContactKind.PHONE,
        "telefone comercial 2": ContactKind.PHONE,
        "company main phone": ContactKind.PHONE,
        "telefone principal da empresa": ContactKind.PHONE,
        "home phone": ContactKind.PHONE,
        "telefone residencial": ContactKind.PHONE,
        "home phone 2": ContactKind.PHONE,
        "telefone residencial 2": ContactKind.PHONE,
        "other phone": ContactKind.PHONE,
        "outro telefone": ContactKind.PHONE,
    },
    frozenset(
        {"e mail address", "e mail 2 address", "e mail 3 address", "email address"}
        | {f"endereco de {mail}{n}" for mail in ("email", "e mail") for n in ("", " 2", " 3")}
        | {f"endereco de {mail} {n}" for mail in ("email", "e mail") for n in (2, 3)}
        | {f"endereco do {mail} {n}" for mail in ("email", "e mail") for n in (2, 3)}
    ),
)
_RD_STATION = Layout(
    "RD Station",
    _all(
        "nome|nome do contato",
        "email|e mail",
        "estagio no funil|lead scoring perfil|lead scoring interesse|data da primeira conversao|primeira conversao|"
        "evento da primeira conversao|evento da ultima conversao|url publica",
    ),
    said(
        {
            Part.ID: "uuid|id do lead|lead id",
            Part.NAME: "nome|nome do contato",
            Part.COMPANY: "empresa|nome da empresa",
            Part.TITLE: "cargo",
            Part.NOTES: "anotacoes|notas|bio",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_KOMMO = Layout(
    "Kommo",
    _all(
        "full name|nome completo|nome do contato|contact name",
        "responsible user|contact s responsible user|contact responsible user|usuario responsavel|"
        "usuario responsavel pelo contato|responsavel|responsible",
        "created at|date created|data de criacao|criado em|created by|criado por",
    ),
    said(
        {
            Part.ID: "id|contact id|id do contato",
            Part.NAME: "full name|nome completo|nome do contato|contact name",
            Part.COMPANY: "company name|company|contact s company|nome da empresa|empresa",
            Part.TITLE: "position|position contact|posicao|posicao contato|cargo",
            Part.OWNER: "responsible user|contact s responsible user|contact responsible user|usuario responsavel|"
            "usuario responsavel pelo contato|responsavel|responsible",
            Part.NOTES: "note 1|note 2|note 3|note 4|note 5|nota 1|nota 2|nota 3|nota 4|nota 5|nota",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_PIPEDRIVE = Layout(
    "Pipedrive",
    _all("pessoa nome|person name"),
    said(
        {
            Part.ID: "pessoa id|person id",
            Part.NAME: "pessoa nome|person name",
            Part.COMPANY: "pessoa organizacao|person organization|organizacao nome|organization name|"
            "pessoa nome da organizacao",
            Part.TITLE: "pessoa cargo|person job title",
            Part.OWNER: "pessoa proprietario|person owner",
            Part.NOTES: "pessoa notas|person notes",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_SALESFORCE = Layout(
    "Salesforce",
    _all(_GIVEN, _FAMILY, "account name|nome da conta"),
    said(
        {
            Part.ID: "contact id|id do contato|lead id|id do lead",
            Part.GIVEN: _GIVEN,
            Part.FAMILY: _FAMILY,
            Part.COMPANY: "account name|nome da conta",
            Part.TITLE: "title|titulo|cargo",
            Part.OWNER: "contact owner|proprietario do contato|lead owner|proprietario do lead",
            Part.NOTES: "description|descricao|contact description|descricao do contato",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_HUBSPOT_COMPANIES = Layout(
    "HubSpot Companies",
    _all(
        "record id|id do registro|id do objeto",
        "company name|nome da empresa",
        "company owner|proprietario da empresa|company domain name|nome de dominio da empresa|industry|setor",
    ),
    said(
        {
            Part.ID: "record id|id do registro|id do objeto",
            Part.COMPANY: "company name|nome da empresa",
            Part.OWNER: "company owner|proprietario da empresa",
            Part.NOTES: "description|descricao|about us",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_PIPEDRIVE_ORGANIZATIONS = Layout(
    "Pipedrive Organizations",
    _all("organizacao nome|organization name", "organizacao id|organization id"),
    said(
        {
            Part.ID: "organizacao id|organization id",
            Part.COMPANY: "organizacao nome|organization name",
            Part.OWNER: "organizacao proprietario|organization owner",
            Part.NOTES: "organizacao notas|organization notes",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
_SALESFORCE_ACCOUNTS = Layout(
    f"{SALESFORCE} Accounts",
    _all(
        "account id|id da conta",
        "account name|nome da conta",
        "account owner|proprietario da conta|industry|setor|phone|telefone|billing city|cidade de cobranca",
    ),
    said(
        {
            Part.ID: "account id|id da conta",
            Part.COMPANY: "account name|nome da conta",
            Part.OWNER: "account owner|proprietario da conta",
            Part.NOTES: "description|descricao|account description|descricao da conta",
        }
    ),
    {},
    frozenset(),
    loose=True,
)
LAYOUTS = (
    _OWN,
    *(_GOOGLE_NEW, _GOOGLE_OLD, _HUBSPOT, _OUTLOOK, _PIPEDRIVE, _SALESFORCE, _RD_STATION, _KOMMO),
    *(_HUBSPOT_COMPANIES, _PIPEDRIVE_ORGANIZATIONS, _SALESFORCE_ACCOUNTS),
)
"""Tried in this order, before the plain sheet."""
