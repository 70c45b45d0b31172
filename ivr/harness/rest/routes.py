"""Which resource answers at which path, below an account's own."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from ivr.harness.rest import (
    accounts,
    available,
    call_events,
    call_services,
    caller_ids,
    calls,
    conferences,
    inviting,
    media,
    notifications,
    participants,
    queues,
    recordings,
    texts,
    transcriptions,
    user_messages,
)
from ivr.harness.rest.messages import Problem, RestResponse, not_found
from ivr.harness.rest.stored import APPLICATIONS, NUMBERS

__all__ = ["ROUTES", "no_such_path"]

Handler: TypeAlias = Callable[..., RestResponse]

ROUTES: tuple[tuple[str, Mapping[str, Handler]], ...] = (
    (r"\.json", {"GET": accounts.fetch}),
    (r"/Balance\.json", {"GET": accounts.balance}),
    (r"/OutgoingCallerIds\.json", {"GET": caller_ids.list_all, "POST": caller_ids.create}),
    (
        r"/OutgoingCallerIds/(PN\w+)\.json",
        {"GET": caller_ids.fetch, "POST": caller_ids.update, "DELETE": caller_ids.delete},
    ),
    (r"/Notifications\.json", {"GET": notifications.list_all}),
    (r"/Notifications/(NO\w+)\.json", {"GET": notifications.fetch}),
    (r"/Calls/(CA\w+)/Notifications\.json", {"GET": notifications.list_of_call}),
    (r"/Calls/(CA\w+)/Notifications/(NO\w+)\.json", {"GET": notifications.fetch_of_call}),
    (r"/Calls/(CA\w+)/UserDefinedMessages\.json", {"POST": user_messages.create}),
    (r"/Calls\.json", {"GET": calls.list_calls, "POST": calls.create}),
    (r"/Calls/(CA\w+)\.json", {"GET": calls.fetch, "POST": calls.update, "DELETE": calls.delete}),
    (r"/Calls/(CA\w+)/Recordings\.json", {"GET": recordings.list_of_call, "POST": recordings.start}),
    (
        r"/Calls/(CA\w+)/Recordings/(RE\w+|Twilio\.CURRENT)\.json",
        {"GET": recordings.fetch, "POST": recordings.change, "DELETE": recordings.delete},
    ),
    (r"/Calls/(CA\w+)/Events\.json", {"GET": call_events.list_events}),
    (r"/Calls/(CA\w+)/(Streams|Siprec|Transcriptions)\.json", {"POST": call_services.create}),
    (r"/Calls/(CA\w+)/(Streams|Siprec|Transcriptions)/([^/]+)\.json", {"POST": call_services.update}),
    (r"/Recordings\.json", {"GET": recordings.list_recordings}),
    (r"/Recordings/(RE\w+)\.json", {"GET": recordings.fetch, "DELETE": recordings.delete}),
    (r"/Recordings/(RE\w+)(?:\.(wav|mp3))?", {"GET": recordings.sound, "DELETE": recordings.delete_sound}),
    (r"/Queues\.json", {"GET": queues.list_queues, "POST": queues.create}),
    (r"/Queues/(QU\w+)\.json", {"GET": queues.fetch, "POST": queues.update, "DELETE": queues.delete}),
    (r"/Queues/(QU\w+)/Members\.json", {"GET": queues.list_members}),
    (r"/Queues/(QU\w+)/Members/(\w+)\.json", {"GET": queues.fetch_member, "POST": queues.take_member}),
    (r"/Conferences\.json", {"GET": conferences.list_conferences}),
    (r"/Conferences/(CF\w+)/Recordings\.json", {"GET": recordings.list_of_conference}),
    (
        r"/Conferences/(CF\w+)/Recordings/(RE\w+|Twilio\.CURRENT)\.json",
        {"GET": recordings.fetch, "POST": recordings.change, "DELETE": recordings.delete},
    ),
    (r"/Conferences/(CF\w+)\.json", {"GET": conferences.fetch, "POST": conferences.update}),
    (
        r"/Conferences/(CF\w+)/Participants\.json",
        {"GET": participants.list_all, "POST": inviting.invite},
    ),
    (r"/Conferences/([^/]+)/Participants\.json", {"POST": inviting.invite}),
    (
        r"/Conferences/(CF\w+)/Participants/([^/]+)\.json",
        {
            "GET": participants.fetch,
            "POST": participants.change,
            "DELETE": participants.remove,
        },
    ),
    (r"/Transcriptions\.json", {"GET": transcriptions.list_all}),
    (r"/Transcriptions/(TR\w+)\.json", {"GET": transcriptions.fetch, "DELETE": transcriptions.delete}),
    (r"/Recordings/(RE\w+)/Transcriptions\.json", {"GET": transcriptions.list_of_recording}),
    (
        r"/Recordings/RE\w+/Transcriptions/(TR\w+)\.json",
        {"GET": transcriptions.fetch, "DELETE": transcriptions.delete},
    ),
    (r"/AvailablePhoneNumbers\.json", {"GET": available.list_countries}),
    (r"/AvailablePhoneNumbers/(US)\.json", {"GET": available.fetch_country}),
    (r"/AvailablePhoneNumbers/([A-Z]{2})/(Local|TollFree|Mobile)\.json", {"GET": available.list_numbers}),
    (r"/Messages\.json", {"GET": texts.list_messages, "POST": texts.create}),
    (r"/Messages/([SM]M\w+)\.json", {"GET": texts.fetch, "POST": texts.update, "DELETE": texts.delete}),
    (r"/Messages/([SM]M\w+)/Media\.json", {"GET": media.list_all}),
    (r"/Messages/([SM]M\w+)/Media/(ME\w+)\.json", {"GET": media.fetch}),
    *(
        route
        for kind in (NUMBERS, APPLICATIONS)
        for route in (
            (rf"/{kind.path}{kind.also}\.json", {"GET": kind.list, "POST": kind.create}),
            (
                rf"/{kind.path}/({kind.letters}\w+)\.json",
                {"GET": kind.fetch, "POST": kind.update, "DELETE": kind.delete},
            ),
        )
    ),
)

_RESOURCES = re.compile(r"/([A-Z]\w+)(?:/[^/]*/([A-Z]\w+|\([A-Z][\w|]+\)))?")


def _names() -> dict[str, list[str]]:
    """The resources, and those of one of them."""
    names: dict[str, list[str]] = {}
    for pattern, _ in ROUTES:
        found = _RESOURCES.match(pattern)
        if found is not None:
            inside = names.setdefault(found[1], [])
            inside += [each for each in (found[2] or "").strip("()").split("|") if each and each not in inside]
    return names


def no_such_path(path: str, rest: str) -> Problem:
    """What Twilio says; where the virtual Twilio has no such resource at all, which it has."""
    problem = not_found(path)
    names = _names()
    first, _, inside = rest.lstrip("/").removesuffix(".json").partition("/")
    below = inside.partition("/")[2].partition("/")[0]
    if first and first not in names:
        missing, known = first, [*names]
    elif below and below not in names[first]:
        missing, known = f"{first}/.../{below}", names[first]
    else:
        return problem
    text = f"{problem.text}: the virtual Twilio has no {missing}; it has {', '.join(sorted(known)) or 'nothing there'}"
    return Problem(problem.status, problem.code, text)
