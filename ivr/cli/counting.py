"""Numbers of things, as one says them."""

__all__ = ["counted"]


def counted(many: float, what: str) -> str:
    """So many of `what`, which takes an s where there is not one."""
    return f"{many:.12g} {what}" if many == 1 else f"{many:.12g} {what}s"
