"""What boxes say of their nodes. Text out of a flow file passes here, and leaves fit for every format."""

import textwrap

from ivr.flow import nodes
from ivr.flow.nodes import Node


def plain(text: str) -> str:
    """`text` on one line, without characters that XML refuses or that would turn the rest of a line round."""
    kept = (character if character.isprintable() else " " for character in text if _shows(character))
    return " ".join("".join(kept).split())


def _shows(character: str) -> bool:
    return character.isprintable() or character.isspace()


def about(node: Node) -> str:
    """What a node does, in a few words."""
    match node:
        case nodes.Menu():
            return "menu" if node.links else "menu, only its own words"
        case nodes.Collect():
            return f"collect {node.slot}" + (f" ({_named(node.entry)})" if node.entry != node.slot else "")
        case nodes.Transfer():
            return f"transfer to {node.department}"
        case nodes.Enter():
            return f"enter {node.flow}" + (f".{node.at}" if node.at else "")
        case nodes.Return():
            return f"return {node.outcome}"
        case nodes.Dial():
            return f"dial the {_named(node.slot)}"
        case nodes.Message():
            return "take a message"
        case nodes.Callback():
            return "promise a callback"
        case nodes.Say() | nodes.Decide() | nodes.HangUp():
            return _named(node.kind)


def words(node: Node) -> str:
    """All that a node says first; of alternatives, the first."""
    prompt = None if isinstance(node, (nodes.Decide, nodes.Enter, nodes.Return)) else node.prompt
    return plain(prompt[0]) if prompt else ""


def shortened(text: str, most: int) -> str:
    """`text` in at most `most` characters, cut between words where that leaves enough."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    between = cut.rfind(" ")
    return (cut[:between] if between > most // 2 else cut).rstrip(" ,.;:") + "…"


def wrapped(text: str, most: int) -> list[str]:
    """`text` in lines of at most `most` characters, broken between words."""
    return textwrap.wrap(text, most)


def _named(identifier: str) -> str:
    return identifier.replace("_", " ")
