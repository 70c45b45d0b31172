"""Directory and card members: lines and nodes that are there, and nobody who could be taken for somebody else."""

from collections.abc import Iterator, Mapping

from ivr.flow.directory import Directory
from ivr.flow.flow import Flow
from ivr.flow.members import Member
from ivr.flow.source import Problem, Source


def unlisted(
    directory: Directory, members: Mapping[str, Member], flows: Mapping[str, Flow], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Lines and nodes that the directory or a card member names, and that are not there."""
    source = sources["directory.yaml"]
    lines = [flow.flow for flow in flows.values() if flow.kind == "line"]
    wanted = f"expected one of {', '.join(lines) or 'none, there is none'}"
    for key in ("lobby", "card_back"):
        line = getattr(directory, key)
        if line not in lines:
            yield source.problem((key,), f"unknown line '{line}', {wanted}")
    for index, listing in enumerate(directory.numbers):
        if listing.line not in lines:
            yield source.problem(("numbers", index, "line"), f"unknown line '{listing.line}', {wanted}")
        elif listing.node is not None and listing.node not in flows[listing.line].nodes:
            nodes = ", ".join(flows[listing.line].nodes)
            what = f"unknown node '{listing.node}' in {listing.line}, expected one of {nodes}"
            yield source.problem(("numbers", index, "node"), what)
    for name, member in members.items():
        if member.card_back not in lines:
            where = ("members", name, "card_back")
            yield sources["members.yaml"].problem(where, f"unknown line '{member.card_back}', {wanted}")


def repeated_numbers(directory: Directory, source: Source) -> Iterator[Problem]:
    """A number that stands in the directory twice."""
    seen: dict[str, str] = {}
    for index, listing in enumerate(directory.numbers):
        if listing.number in seen:
            what = f"{listing.dial} stands here twice: as {seen[listing.number]} and as {listing.name}"
            yield source.problem(("numbers", index, "dial"), what)
        seen.setdefault(listing.number, listing.name)


def shared_numbers(members: Mapping[str, Member], source: Source) -> Iterator[Problem]:
    """Two card members who would be identified by the same digits."""
    for field in ("card_number", "ssn_last4", "tax_id_last4", "phone"):
        held: dict[str, str] = {}
        for name, member in members.items():
            number = getattr(member, field)
            if number is not None and number in held:
                what = f"{name} and {held[number]} share a {field}, so it could not tell them apart"
                yield source.problem(("members", name, field), what)
            elif number is not None:
                held[number] = name
