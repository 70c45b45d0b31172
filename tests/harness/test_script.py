"""The caller's script: every form it takes, and every problem told at once."""

import pytest

from ivr.errors import ScriptError
from ivr.harness.script import HangUp, Press, Say, Step, Wait, parse_script


@pytest.mark.parametrize(
    ("text", "step"),
    [
        pytest.param("press 1", Press(keys="1"), id="a key"),
        pytest.param("press *0#", Press(keys="*0#"), id="star and hash are keys"),
        pytest.param("press 3782 8224", Press(keys="37828224"), id="spaces between keys mean nothing"),
        pytest.param("PRESS 1w2Wa", Press(keys="1w2WA"), id="w and W are two pauses, a is the key A"),
        pytest.param("say representative", Say(words="representative"), id="a word"),
        pytest.param("say I don't know", Say(words="I don't know"), id="an apostrophe"),
        pytest.param('say "lost; card"', Say(words="lost; card"), id="quoted words"),
        pytest.param("say lost card @0.4", Say(words="lost card", confidence=0.4), id="a confidence"),
        pytest.param('say "lost; card" @ 0.4', Say(words="lost; card", confidence=0.4), id="quoted, a confidence"),
        pytest.param('say "me@home"', Say(words="me@home"), id="an at sign in quotes"),
        pytest.param("wait", Wait(), id="until the question gives up"),
        pytest.param("wait 5", Wait(seconds=5), id="seconds"),
        pytest.param("wait 5s", Wait(seconds=5), id="seconds, said so"),
        pytest.param("wait 1.5", Wait(seconds=1.5), id="a part of a second"),
        pytest.param("wait 2m", Wait(seconds=120), id="minutes"),
        pytest.param("hang up", HangUp(), id="hang up"),
        pytest.param("Hangup", HangUp(), id="hangup"),
        pytest.param('hand off {"a": "b; c"}', HangUp(handoff='{"a": "b; c"}'), id="with data"),
    ],
)
def test_step(text: str, step: Step) -> None:
    assert parse_script(text) == (step,)


def test_steps_are_separated_by_semicolons_and_lines() -> None:
    assert parse_script("press 1; say no\nwait;;\r\nhang up;") == (
        Press(keys="1"),
        Say(words="no"),
        Wait(),
        HangUp(),
    )


def test_nothing_is_no_steps() -> None:
    assert parse_script(" \n ; ") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("jump", "not a step; a step is press KEYS, say WORDS", id="unknown verb"),
        pytest.param("hand off", "hand off what?", id="nothing handed over"),
        pytest.param("hang", "not a step", id="half a verb"),
        pytest.param("hang on", "not a step", id="another verb"),
        pytest.param("press", "press what? keys are 0-9", id="no key"),
        pytest.param("press 1E", "no such key: E", id="no such key"),
        pytest.param("say", "say what?", id="no words"),
        pytest.param('say ""', "say what?", id="no words in the quotes"),
        pytest.param('say "lost; card', "the quote is never closed", id="an open quote"),
        pytest.param('say "lost" card', "not card", id="words after the quotes"),
        pytest.param("say lost @high", "a confidence is a number from 0 to 1, such as @0.4, not @high", id="a word"),
        pytest.param("say lost @1.5", "not @1.5", id="a confidence too high"),
        pytest.param("say lost @nan", "not @nan", id="no number at all"),
        pytest.param("wait for it", "wait takes seconds", id="no time"),
        pytest.param("wait -1", "wait takes seconds", id="time gone by"),
        pytest.param("wait 9999999", "24 hours", id="longer than any call"),
    ],
)
def test_problem(text: str, told: str) -> None:
    with pytest.raises(ScriptError) as refused:
        parse_script(f"press 1; {text}")
    assert str(refused.value).startswith(f"step 2 ({text}): ")
    assert told in str(refused.value)


def test_every_problem_at_once() -> None:
    with pytest.raises(ScriptError) as refused:
        parse_script("jump; press 1; say")
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["step 1 (jump)", "step 3 (say)"]
