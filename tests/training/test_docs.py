"""The page on scoring names every item and every cause."""

from pathlib import Path

from ivr.training.regret import Cause
from ivr.training.scoring.items import ITEMS

PAGE = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text()


def test_every_item_is_explained() -> None:
    assert [item for item in ITEMS if item not in PAGE] == []


def test_every_cause_is_explained() -> None:
    assert [cause for cause in Cause if f"| {cause} |" not in PAGE] == []
