"""The keys that make one person one, against published vectors, libphonenumber and validate-docbr."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from validate_docbr import CNPJ, CPF

from crm_tui.domain.identity import (
    email,
    name_key,
    phone,
    phone_keys,
    reversed_digits,
    tax_id,
)
from crm_tui.domain.party import DocumentKind
from crm_tui.domain.phone import _COUNTRY_CODE, PhoneKind

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data/br_vectors.json").read_text("utf-8"))
DIGITS = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize("text", VECTORS["cnpj_valid"])
def test_valid_cnpj(text: str) -> None:
    found = tax_id(text)
    assert found is not None
    assert found.kind is DocumentKind.CNPJ
    assert len(found.number) == 14
    assert found.number.isalnum()
    assert found.number == found.number.upper()


@pytest.mark.parametrize("text", VECTORS["cpf_valid"])
def test_valid_cpf(text: str) -> None:
    found = tax_id(text)
    assert found is not None
    assert found.kind is DocumentKind.CPF
    assert len(found.number) == 11


@pytest.mark.parametrize(
    "text", [*VECTORS["cnpj_invalid"], *VECTORS["cpf_invalid"], "", "abc", "５２９.982.247-25"]
)
def test_invalid_documents(text: str) -> None:
    assert tax_id(text) is None


def test_a_mask_is_only_for_the_eye() -> None:
    plain, masked = tax_id("12abc34501de35"), tax_id("12.ABC.345/01DE-35")
    assert plain is not None
    assert plain == masked
    assert tax_id(" 52998224725 ") == tax_id("529.982.247-25") is not None


@given(st.integers(0, 10**9 - 1), st.integers(0, 99))
def test_cpf_agrees_with_validate_docbr(body: int, check: int) -> None:
    text = f"{body:09d}{check:02d}"
    assert (tax_id(text) is not None) == CPF().validate(text)
    if len(set(text[:9])) > 1:
        assert sum(tax_id(f"{body:09d}{c:02d}") is not None for c in range(100)) == 1


@pytest.mark.parametrize("digit", "0123456789")
def test_repeated_digits_are_no_document(digit: str) -> None:
    assert tax_id(digit * 11) is None
    assert tax_id(digit * 14) is None


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12), st.integers(0, 99))
def test_cnpj_agrees_with_validate_docbr(body: str, check: int) -> None:
    text = f"{body}{check:02d}"
    assert (tax_id(text) is not None) == CNPJ().validate(text)


@pytest.mark.parametrize(("text", "e164"), VECTORS["phones_BR"].items())
def test_phones_as_typed(text: str, e164: str) -> None:
    found = phone(text)
    assert found is not None
    assert found.e164 == e164


@pytest.mark.parametrize(
    ("text", "e164", "kind"),
    [
        ("0xx11 3527-1045", "+551135271045", PhoneKind.LANDLINE),
        ("+55 (0) 11 98765-4321", "+5511987654321", PhoneKind.MOBILE),
        ("0055 11 98765 4321", "+5511987654321", PhoneKind.MOBILE),
        ("55 99123-4567", "+5555991234567", PhoneKind.MOBILE),
        ("55 3222-1045", "+555532221045", PhoneKind.LANDLINE),
        ("(11) 7712-3456", "+551177123456", PhoneKind.MOBILE),
        ("55 0800 123 4567", "+558001234567", PhoneKind.NATIONWIDE),
        ("+44 (0)20 7946 0958", "+442079460958", PhoneKind.FOREIGN),
        ("00351 912 345 678", "+351912345678", PhoneKind.FOREIGN),
    ],
)
def test_everyday_forms(text: str, e164: str, kind: PhoneKind) -> None:
    found = phone(text)
    assert found is not None
    assert (found.e164, found.kind) == (e164, kind)


@pytest.mark.parametrize("text", ["(11) 8765-4321", "551187654321", "11 98765-4321", "+55 11 8765-4321"])
def test_an_old_mobile_matches_the_same_line_with_nine_digits(text: str) -> None:
    found = phone(text)
    assert found is not None
    assert found.e164 == "+5511987654321"
    assert phone_keys(found.e164) == ("+5511987654321", "+551187654321")
    assert set(phone_keys("+551187654321")) == set(phone_keys("+5511987654321"))


def test_a_landline_has_one_key() -> None:
    assert phone_keys("+552135271045") == ("+552135271045",)
    assert phone_keys("+15708097197") == ("+15708097197",)


def test_a_local_number_needs_the_area() -> None:
    assert phone("98765-4321") is None
    with_area = phone("98765-4321", area="21")
    assert with_area is not None
    assert with_area.e164 == "+5521987654321"


@pytest.mark.parametrize("sign", ["ramal ", "r. ", "ext. ", "#", ", ramal: "])
def test_a_ramal_is_told_apart(sign: str) -> None:
    found = phone(f"11 98765.4321 {sign}12")
    assert found is not None
    assert (found.e164, found.extension) == ("+5511987654321", "12")
    assert found.shown == "(11) 98765-4321 r. 12"


@pytest.mark.parametrize(
    "text",
    [
        "190",
        "",
        "0",
        "abc",
        "10 98765-4321",
        "(11) 99999-9999",
        "0000-0000",
        "+999 1234567",
        "12345",
        "+1 570 809",
        "11 98765-4321 / 11 3527-1045",
        "11 98765\x1b4321",
        "1" * 400,
        "(11) 12345-6789",
    ],
)
def test_no_numbers(text: str) -> None:
    assert phone(text) is None


@given(
    DIGITS, st.integers(11, 99), st.sampled_from(["", "9"]), st.sampled_from(["", "0", "+55", "015", "55"])
)
def test_agrees_with_libphonenumber(rest: str, area: int, ninth: str, prefix: str) -> None:
    national = f"{area}{ninth}{rest}"
    ours = phone(prefix + national)
    theirs = phonenumbers.parse(national, "BR")
    if phonenumbers.is_valid_number(theirs):
        if len(set(ninth + rest)) == 1:
            assert ours is None  # a filler
        else:
            assert ours is not None
            assert ours.e164 == phonenumbers.format_number(theirs, phonenumbers.PhoneNumberFormat.E164)
    elif ours is not None:  # an old mobile: valid once it has its ninth digit
        again = phonenumbers.parse(ours.e164)
        assert phonenumbers.is_valid_number(again)
        assert ours.e164 == f"+55{area}9{rest}"


@given(DIGITS, st.integers(11, 99), st.sampled_from(["", "9"]))
def test_what_is_shown_is_read_again(rest: str, area: int, ninth: str) -> None:
    found = phone(f"{area}{ninth}{rest}")
    if found is not None:
        assert phone(found.shown) == found
        assert phone(found.e164) == found
        assert found.e164 in phone_keys(found.e164)


@given(
    st.sampled_from(("11", "47", "20", "(11", "(47")),
    st.sampled_from(("", ")", ") ", " ")),
    st.one_of(st.just("99999"), st.from_regex("[89][0-9]{4}", fullmatch=True)),
    st.sampled_from(("", "-", " ")),
    st.one_of(st.just("9999"), st.from_regex("[0-9]{4}", fullmatch=True)),
)
def test_a_plain_mobile_is_read_at_once_as_it_is_read_at_length(
    area: str, close: str, first: str, between: str, last: str
) -> None:
    text = f"{area}{close}{first}{between}{last}"
    assert phone(text) == phone(f"{text} ")  # a blank behind it keeps it from the short way


def test_country_codes_are_those_of_libphonenumber() -> None:
    theirs = {str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE}
    assert {code for code in theirs if not _COUNTRY_CODE.fullmatch(code)} == set()


def test_the_end_of_a_number_is_a_prefix_of_its_reverse() -> None:
    assert reversed_digits("+5511987654321").startswith(reversed_digits("4321"))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Ana.Souza@Exemplo.COM.BR ", "ana.souza@exemplo.com.br"),
        ("Ana Souza <ana@exemplo.com>", "ana@exemplo.com"),
        ("mailto:ana@exemplo.com", "ana@exemplo.com"),
        ("ana@exemplo.com;", "ana@exemplo.com"),
        ("\u200bana+crm@exemplo.com\ufeff", "ana+crm@exemplo.com"),
        ("ana@padaria-pão.com.br", "ana@padaria-pão.com.br"),
    ],
)
def test_emails_have_one_form(text: str, address: str) -> None:
    assert email(text) == address
    assert email(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ana",
        "ana@",
        "@exemplo.com",
        "ana@exemplo",
        "ana@@exemplo.com",
        "ana souza@exemplo.com",
        "a@b..com",
        ".ana@exemplo.com",
        "ana@exemplo.com, bia@exemplo.com",
        "ana\x1b[31m@exemplo.com ",
        "a" * 65 + "@exemplo.com",
        "a@" + "b" * 250 + ".com",
        "ana@-exemplo.com",
        "ana@exemplo.c",
    ],
)
def test_what_is_no_email(text: str) -> None:
    assert email(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José da  Silva", "JOSE SILVA"),
        ("Padaria Pão Quente Ltda. - ME", "padaria pao quente"),
        ("Aço Forte S.A.", "ACO FORTE S/A"),
        ("D'Ávila & Filhos", "d avila filhos"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


def test_names_that_are_not_one() -> None:
    assert name_key("Ana Souza") != name_key("Ana Sousa")
    assert name_key("ME") == "me"
    assert name_key("de") == "de"
    assert name_key(" -- ") == ""
