"""Where the two numbers of a call are: each parameter has a twin of the same meaning.

https://www.twilio.com/docs/voice/twiml#twilios-request-to-your-application: FromCity and the like, and CallerCity.
"""

from collections.abc import Mapping

__all__ = ["with_twins"]

PLACES = ("City", "State", "Zip", "Country")
SIDES = {"From": "Caller", "To": "Called", "Caller": "From", "Called": "To"}
TWINS = {f"{side}{place}": f"{twin}{place}" for side, twin in SIDES.items() for place in PLACES}


def with_twins(params: Mapping[str, str] | None) -> dict[str, str]:
    """The parameters, each place under both of its names; what was given under one name is not changed."""
    if not params:
        return {}
    return {**{TWINS[name]: value for name, value in params.items() if name in TWINS}, **params}
