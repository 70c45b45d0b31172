"""From a source to a typed value, with every problem in plain words."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ivr.flow.source import Loc, Problem, Source

M = TypeVar("M", bound=BaseModel)

_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "lower-case letters, digits and _, a letter first",
    r"^[a-z][a-z0-9-]*$": "lower-case letters, digits and -, a letter first",
    r"^([a-z][a-z0-9-]*\.)?[a-z][a-z0-9_]*$": "a node's name, or flow.node",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$": "a slot's name, or member. and one of a member's fields",
    r"^[0-9*#]+$": "keys of a telephone: 0-9 * #",
}
_WANTED = {
    "string_type": "text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "bool_parsing": "on or off",
    "bool_type": "on or off",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "too_short": "at least one",
    "string_too_short": "some text",
}


def parse(model: type[M], source: Source) -> tuple[M | None, list[Problem]]:
    """The value `source` holds, or None; and everything wrong with it, in the order of its lines."""
    problems = list(source.problems)
    value = None
    try:
        if source.data is None and not problems:
            problems.append(source.problem((), "is empty"))
        elif source.data is not None:
            value = model.model_validate(source.data)
    except ValidationError as error:
        schema = model.model_json_schema(mode="validation")
        problems += [_problem(source, schema, detail) for detail in error.errors() if not _follows(detail)]
    return value, sorted(dict.fromkeys(problems), key=lambda problem: problem.line)


def _follows(detail: ErrorDetails) -> bool:
    """Whether a list is only too short because its items, told of elsewhere, are wrong."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _problem(source: Source, schema: Mapping[str, Any], detail: ErrorDetails) -> Problem:
    loc = _in_data(source, detail["loc"])
    return source.problem(loc, _message(loc, schema, source, detail))


def _in_data(source: Source, loc: Loc) -> Loc:
    """Pydantic's location without the names it adds for the kind of a node; a missing last key stays."""
    where: Loc = ()
    for index, step in enumerate(loc):
        if (*where, step) in source.lines or index == len(loc) - 1:
            where = (*where, step)
    return where


def _message(loc: Loc, schema: Mapping[str, Any], source: Source, detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    name = _name(loc)
    match kind:
        case _ if loc and loc[-1] == "[key]":
            return _wrong_key(kind, context, detail["input"])
        case "missing":
            return f"the key '{loc[-1]}' is missing{_of(loc[:-1])}"
        case "extra_forbidden":
            return f"unknown key '{loc[-1]}'{_of(loc[:-1])}, expected one of {_keys_at(schema, detail['loc'][:-1])}"
        case "union_tag_not_found":
            return f"the key {context['discriminator']} is missing{_of(loc)}"
        case "union_tag_invalid":
            tags = str(context["expected_tags"]).replace("'", "")
            return f"unknown {str(context['discriminator']).strip(chr(39))} '{context['tag']}', expected one of {tags}"
        case "literal_error" | "enum":
            expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return f"{name}: '{detail['input']}' is not known, expected one of {expected}"
        case "string_pattern_mismatch":
            wanted = _PATTERNS.get(context["pattern"], f"text like {context['pattern']}")
            return f"{name}: '{detail['input']}' is not allowed, expected {wanted}"
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return f"{name}: {detail['input']} is out of range, expected {_bound(context)}"
        case "value_error":
            return f"{name}: {context['error']}" if loc else str(context["error"])
        case _:
            return _plain(name, detail)


def _plain(name: str, detail: ErrorDetails) -> str:
    if detail["type"] in _WANTED:
        return f"{name}: expected {_WANTED[detail['type']]}, not {_shown(detail['input'])}"
    return f"{name}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _wrong_key(kind: str, context: Mapping[str, Any], key: object) -> str:
    if kind == "string_pattern_mismatch":
        return f"the key '{key}' is not allowed, expected {_PATTERNS.get(context['pattern'], context['pattern'])}"
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return f"unknown key '{key}', expected one of {expected}"


def _bound(context: Mapping[str, Any]) -> str:
    words = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    return " and ".join(f"{words[key]} {value:g}" for key, value in context.items() if key in words)


def _name(loc: Loc) -> str:
    """`options 2, keys` for ("nodes", "main", "options", 1, "keys"): the last key and the place in its list."""
    if not loc:
        return "the file"
    if isinstance(loc[-1], int):
        return f"{loc[-2]} {loc[-1] + 1}" if len(loc) > 1 else f"item {loc[-1] + 1}"
    return str(loc[-1])


def _of(loc: Loc) -> str:
    return f" in {_name(loc)}" if loc else ""


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "keys with values"
        case list():
            return "a list" if value else "an empty list"
        case "":
            return "an empty text"
        case _:
            return f"'{value}'"


def _keys_at(schema: Mapping[str, Any], loc: Loc) -> str:
    """The keys that the model's JSON Schema allows at pydantic's location."""
    here: Any = schema
    for step in loc:
        here = _step(schema, _resolved(schema, here), step)
    here = _resolved(schema, here)
    return ", ".join(here.get("properties", {})) or "none"


def _resolved(schema: Mapping[str, Any], here: Any) -> Any:
    while True:
        if "$ref" in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in here:
            here = next((part for part in here["anyOf"] if part.get("type") != "null"), {})
        elif "allOf" in here:
            here = here["allOf"][0]
        else:
            return here


def _step(schema: Mapping[str, Any], here: Any, step: str | int) -> Any:
    if isinstance(step, int):
        return here.get("items", {})
    if step in here.get("discriminator", {}).get("mapping", {}):
        return {"$ref": here["discriminator"]["mapping"][step]}
    named = here.get("properties", {})
    by_pattern = next(iter(here.get("patternProperties", {}).values()), here.get("additionalProperties") or {})
    return named.get(step, by_pattern)
