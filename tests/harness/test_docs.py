"""The examples in the documentation run."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "virtual-twilio.md"


@pytest.mark.parametrize("example", re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL))
def test_example(example: str) -> None:
    exec(compile(example, str(PAGE), "exec"), {"__name__": "example"})
