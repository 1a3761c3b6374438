"""What the agenda's verbs say to a word that they cannot use, and to an invitation that was declined."""

from __future__ import annotations

from tests.cli.conftest import Run


def test_a_day_that_is_no_day_is_told_which_words_are(demo: Run) -> None:
    refused = demo("--lang", "pt-BR", "agenda", "--from", "xyz")
    assert refused.status == 2
    assert "xyz" in refused.err
    assert "hoje, sexta" in refused.err


def test_a_login_that_is_nobodys_is_told_which_there_are(demo: Run) -> None:
    for asked in (
        ("agenda", "--users", "zzz"),
        ("free-days", "--users", "zzz"),
        ("followups", "--owner", "zzz"),
    ):
        refused = demo(*asked)
        assert refused.status == 3, asked
        assert "zzz" in refused.err
        assert "carla" in refused.err, asked


def test_a_team_that_there_is_not_is_told_which_there_are(demo: Run) -> None:
    refused = demo("free-days", "--team", "zzz")
    assert refused.status == 3
    assert "choose among" in refused.err


def test_an_invitation_that_was_declined_is_called_so(demo: Run) -> None:
    days = ("--from", "hoje", "--to", "hoje", "--users", "carla")
    found = demo("agenda", *days, "--json").json
    mine = {each["ref"] for each in demo("--as", "carla", "agenda", *days[:4], "--json").json}
    assert "recusou" not in demo("--lang", "pt-BR", "agenda", *days).out
    shared = [each["ref"] for each in found if each["ref"] in mine and len(each["users"]) == 1]
    declined = [
        ref
        for ref in shared
        if demo(
            "--as", "carla", "do", "answer_invitation", "--activity", ref, "--response", "declined"
        ).status
        == 0
    ]
    assert declined
    told = demo("--lang", "pt-BR", "agenda", *days).out
    assert "(recusou)" in told
    both = demo("--lang", "pt-BR", "agenda", "--from", "hoje", "--to", "hoje", "--users", "ana,carla").out
    assert "carla (recusou)" in both
    assert demo("agenda", *days, "--json").json == found, "the document stays"
