"""Words are understood the same in many threads at once: snowballstemmer's stemmers keep their state in themselves."""

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from ivr.grammar.stems import stemming

STARTS = ("activ", "cancel", "travel", "dispute", "stol", "charg", "represent", "verif", "balanc", "redeem")
ENDS = ("ation", "ing", "ed", "ler", "ment", "ational", "ative", "fully", "iness", "ized", "edly", "ies")
WORDS = [start + middle + end for start, middle, end in product(STARTS, ("", "al", "iv", "er", "ous"), ENDS)]


def test_stems_do_not_depend_on_who_else_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = stemming("en")
    wanted = [alone(word) for word in WORDS]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            shared = stemming("en")
            with ThreadPoolExecutor(8) as threads:
                turned = [WORDS[number * 70 :] + WORDS[: number * 70] for number in range(8)]
                answers = list(threads.map(lambda words, stem=shared: [stem(word) for word in words], turned))
            for number, answer in enumerate(answers):
                cut = len(WORDS) - number * 70
                assert answer[cut:] + answer[:cut] == wanted
    finally:
        sys.setswitchinterval(interval)
