"""The measurement of a store with many calls in it: that it measures at all."""

import pytest

from benchmarks import kept


def test_few_calls_and_not_so_many(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MANY", 300)
    kept.run()
    printed = capsys.readouterr().out
    assert "100 calls kept" in printed
    assert "300 calls kept" in printed
    assert "ratio" in printed
