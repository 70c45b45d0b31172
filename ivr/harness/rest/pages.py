"""A list, a page at a time. https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information"""

from collections.abc import Sequence
from urllib.parse import urlencode

from ivr.harness.rest.messages import Json, RestRequest, RestResponse, answered

__all__ = ["page"]

USUAL_SIZE = 50
LARGEST_SIZE = 1000
ABOUT_PAGES = frozenset({"Page", "PageSize", "PageToken"})


def page(request: RestRequest, name: str, items: Sequence[Json]) -> RestResponse:
    """The page asked for, in Twilio's envelope; `name` is what the list is called in it."""
    size = min(max(request.whole("PageSize", USUAL_SIZE), 1), LARGEST_SIZE)
    number = request.whole("Page", 0)
    start = number * size
    shown = list(items[start : start + size])
    more = start + size < len(items)
    return answered(
        {
            name: shown,
            "page": number,
            "page_size": size,
            "start": start,
            "end": start + max(len(shown) - 1, 0),
            "uri": _uri(request, number, size),
            "first_page_uri": _uri(request, 0, size),
            "previous_page_uri": _uri(request, number - 1, size) if number else None,
            "next_page_uri": _uri(request, number + 1, size) if more else None,
        }
    )


def _uri(request: RestRequest, number: int, size: int) -> str:
    kept = [(name, value) for name, value in request.fields if name not in ABOUT_PAGES]
    return f"{request.path}?{urlencode([*kept, ('PageSize', str(size)), ('Page', str(number))])}"
