"""Values that are cheap to make, as a call makes dozens of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

__all__ = ["frozen"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """A dataclass that nothing is assigned to, which the type checker holds.

    Python's own `frozen` sets each field through `object.__setattr__`, which takes three times as long.
    """
    made: Callable[[type[T]], type[T]] = dataclass(kw_only=True, slots=True, unsafe_hash=True)
    return made(cls)
