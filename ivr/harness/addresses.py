"""What can be dialled: numbers in E.164 form, clients, SIP addresses and sockets."""

__all__ = ["address_of", "e164"]


def e164(number: str) -> str | None:
    """The number in E.164 form; "unformatted US numbers" too, such as (415) 555-0101. None when it is no number."""
    digits = "".join(filter(str.isdecimal, number))
    rest = number.strip().translate(str.maketrans("", "", "0123456789()-. "))
    if rest == "+" and 7 <= len(digits) <= 15:
        return "+" + digits
    if rest == "" and len(digits) == 10:
        return "+1" + digits
    if rest == "" and len(digits) == 11 and digits.startswith("1"):
        return "+" + digits
    return None


def address_of(text: str) -> str | None:
    """Whatever can be dialled: a number in E.164 form, `client:NAME` or `sip:ADDRESS`, or a socket's URL; else None."""
    return text if text.startswith(("client:", "sip:", "sips:", "ws://", "wss://")) else e164(text)
