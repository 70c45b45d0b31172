"""Every element with every attribute is taken as it should be: without a warning."""

import pytest

from ivr.harness.twiml.document import read_document
from tests.harness.elements import Place, document_of, places


@pytest.mark.parametrize("place", [pytest.param(each, id="-".join(each.path)) for each in places()])
def test_every_attribute_is_accepted(place: Place) -> None:
    document = document_of(place, place.rule.attributes)
    read = read_document(f"<Response>{document}</Response>".encode(), "text/xml")
    assert [notice.text for notice in read.notices if f"<{place.name}>" in notice.text] == []
    assert len(read.verbs) == 1
