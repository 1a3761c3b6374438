"""A public key and the line by which it opens this program alone. (sshd(8), AUTHORIZED_KEYS FILE FORMAT)"""

from __future__ import annotations

import base64
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_tui.domain import ssh_key
from crm_tui.domain.ssh_key import PublicKey
from crm_tui.i18n import Text, say


def blob(*parts: bytes) -> str:
    return base64.b64encode(b"".join(len(part).to_bytes(4, "big") + part for part in parts)).decode()


ED = f"ssh-ed25519 {blob(b'ssh-ed25519', bytes(32))} ana@laptop"


def test_a_key_is_read_without_its_comment_and_told_by_its_fingerprint() -> None:
    found = ssh_key.read(f"# Ana\n\n{ED}\n")
    assert isinstance(found, PublicKey)
    assert f"{found.kind} {found.encoded} ana@laptop" == ED
    assert found.fingerprint == "SHA256:kmYcvdi2GkPeWxB6XLjrZB8JHsy2Hm8luHMFp9GMvqk"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n", "private key"),
        ("", "holds 0"),
        (f"{ED}\n{ED}", "holds 2"),
        (f'command="sh" {ED}', "no kind of key"),
        (f"no-pty,{ED}", "no kind of key"),
        ("ssh-dss AAAA ana", "no kind of key"),
        ("ssh-ed25519", "damaged"),
        ("ssh-ed25519 ///!!! ana", "damaged"),
        (ED[:60], "damaged"),
        (f"ssh-ed25519 {blob(b'ssh-rsa', bytes(32))}", "damaged"),
        (f"ssh-rsa {blob(b'ssh-rsa', b'123', bytes([0] + [255] * 128))}", "too short"),
    ],
)
def test_what_is_no_public_key_is_said(content: str, said: str) -> None:
    found = ssh_key.read(content)
    assert isinstance(found, Text)
    assert said in say(found)


@given(st.text())
def test_no_file_breaks_the_reader(content: str) -> None:
    assert isinstance(ssh_key.read(content), PublicKey | Text)


@given(st.lists(st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"])), min_size=1))
def test_the_command_comes_back_word_by_word_as_sshd_and_a_shell_read_it(words: list[str]) -> None:
    key = ssh_key.read(ED)
    assert isinstance(key, PublicKey)
    line = ssh_key.line(key, words, "ana")
    assert isinstance(line, str)
    head, _, rest = line.partition('command="')
    assert head == "restrict,pty,"
    command, _, tail = rest.replace('\\"', "\0").partition(
        '"'
    )  # sshd: a backslash before a quotation mark alone
    assert tail == f" {key.kind} {key.encoded} ana"
    assert shlex.split(command.replace("\0", '"')) == words


@pytest.mark.parametrize("word", ["a\nb", "a\rb", "a\0b"])
def test_no_word_breaks_the_line(word: str) -> None:
    key = ssh_key.read(ED)
    assert isinstance(key, PublicKey)
    assert isinstance(ssh_key.line(key, ["crm-tui", word], "ana"), Text)
    assert isinstance(ssh_key.line(key, ["crm-tui"], f"ana {word}"), Text)
