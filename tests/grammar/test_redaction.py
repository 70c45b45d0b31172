"""Numbers in a caller's words: however they are written or said, they are not kept."""

import pytest

from ivr.grammar import redact


@pytest.mark.parametrize(
    "said",
    [
        "four one one one",
        "double five double five",
        "triple eight",
        "thirty-seven eighty-two eighty-two",
        "three o o five",
        "oh oh oh seven",
        "aught aught seven",
        "nil nil zip four",
        "nine hundred and eleven",
        "ten eleven",
        "twenty three forty five",
        "niner niner niner",
        "fore won won won",
        "sree seven ate",
        "three tree free three",
        "uno dos tres",
        "4 1 1 1",
        "4111-1111-1111-1111",
        "4111 1111 1111 1111",
        "5O3",
        "4l1I",
        "l234",
        "four, um, one, well, one",
        "four\none\none\none",
        "fourone one",
        "\u0967\u0968\u0969\u096a",
        "\uff14\uff11\uff11\uff11",
        "\u2463\u2460\u2460",
    ],
)
@pytest.mark.parametrize("around", ["{}", "my code is {}", "{} and thank you", "It's {}, please."])
def test_a_number_is_taken_out(said: str, around: str) -> None:
    left = redact(around.format(said))
    assert "[number]" in left
    for word in ("[number]", "double", "triple", "free", "my code is", "and thank you", "It's", "please", ",", "."):
        left = left.replace(word, "")
    assert not left.strip()


@pytest.mark.parametrize(
    "said",
    ["", "I lost my card", "press one or two", "for billing, please", "I want to go to the movies too", "an oven"],
)
def test_words_are_left_as_they_are(said: str) -> None:
    assert redact(said) == said
