"""The examples in the documentation run."""

import re
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs").glob("virtual-twilio*.md"))
EXAMPLES = [
    pytest.param(page, example, id=f"{page.stem} {number}")
    for page in PAGES
    for number, example in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL), start=1)
]


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_example(page: Path, example: str) -> None:
    exec(compile(example, str(page), "exec"), {"__name__": "example"})
