"""Regret: a call's seconds above the best, split by what caused them."""

from ivr.training.regret.losses import Cause, Loss, Regret
from ivr.training.regret.tracing import regret_of

__all__ = ["Cause", "Loss", "Regret", "regret_of"]
