"""Numbers of things in what commands print."""

import pytest

from ivr.cli import main
from ivr.cli.counting import counted


@pytest.mark.parametrize(
    ("many", "told"), [(0, "0 turns"), (1, "1 turn"), (1.0, "1 turn"), (2.5, "2.5 turns"), (1234567, "1234567 turns")]
)
def test_an_s_where_there_is_not_one(many: float, told: str) -> None:
    assert counted(many, "turn") == told


def test_a_call_of_one_turn(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(("call", "1-800-528-4800", "--script", "hang up"))
    assert "You hung up. 1 turn, " in capsys.readouterr().out
