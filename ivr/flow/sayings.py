"""What the line says of itself, whatever the flow: a flow in another language says it in its own."""

from ivr.flow.closed import Closed, Prompt


class Sayings(Closed):
    """Sentences the call engine needs. Placeholders are listed beside each."""

    confirm_option: Prompt = ("I think you said {option}. Is that right? Press 1 or say yes, or press 2 or say no.",)
    """{option}: the option's name."""
    confirm_value: Prompt = ("I heard {value}. Is that right? Press 1 or say yes, or press 2 or say no.",)
    """{value}: the entry, as it is read out."""
    not_confirmed: Prompt = ("Sorry about that.",)
    not_practice: Prompt = (
        "That number isn't on the practice list, so it was thrown away. Please never use a real number here.",
    )
    not_a_match: Prompt = ("That doesn't match the practice card.",)
    not_yet: Prompt = ("I can get you someone. First, please tell me what it's about.",)
    nowhere_back: Prompt = ("There is nothing to go back to yet.",)
    wait_estimate: Prompt = ("The wait is about {wait}.",)
    """{wait}: minutes or seconds in words."""
    still_holding: Prompt = ("Thank you for holding. About {wait} to go.",)
    """{wait}: as above."""
    nearly_there: Prompt = ("You are next in line.",)
    callback_offer: Prompt = ("To be called back instead, press 1 or say call me back.",)
    callback_taken: Prompt = (
        "You keep your place, and a callback is noted. This is practice, so nobody will really call. Goodbye.",
    )
    hold_please: Prompt = ("Please stay on the line.",)
    closed_now: Prompt = ("There's nobody in {department} right now. The hours are {hours}.",)
    """{department}, {hours}: the department's name and its hours in words."""
    moved_on: Prompt = ("This line has changed since you called, so let's start again from its beginning.",)


DEFAULT_SAYINGS = Sayings()
