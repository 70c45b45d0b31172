"""The colours of kinds; in every pair, dark on light passes WCAG 2.2's 4.5 to 1."""

from dataclasses import dataclass

from ivr.drawing.picture import Kind


@dataclass(frozen=True, kw_only=True)
class Paint:
    """`fill` behind text, `ink` for a box's edge and its small print."""

    fill: str
    ink: str


TEXT = "#111827"
PAPER = "#ffffff"
GROUND = "#f8fafc"
EDGE = "#cbd5e1"
ARROW = "#334155"
QUIET = "#526075"
TRAIL = "#a21caf"
BEST = "#15803d"

PAINTS = {
    Kind.MENU: Paint(fill="#dbeafe", ink="#1e40af"),
    Kind.COLLECT: Paint(fill="#ede9fe", ink="#5b21b6"),
    Kind.SAY: Paint(fill="#f1f5f9", ink="#475569"),
    Kind.DECIDE: Paint(fill="#fef3c7", ink="#92400e"),
    Kind.ENTER: Paint(fill="#cffafe", ink="#155e75"),
    Kind.RETURN: Paint(fill="#ecfeff", ink="#155e75"),
    Kind.TRANSFER: Paint(fill="#dcfce7", ink="#166534"),
    Kind.MESSAGE: Paint(fill="#fce7f3", ink="#9d174d"),
    Kind.CALLBACK: Paint(fill="#fae8ff", ink="#86198f"),
    Kind.HANG_UP: Paint(fill="#fee2e2", ink="#991b1b"),
    Kind.DIAL: Paint(fill="#e0e7ff", ink="#3730a3"),
}
