"""The brand bar's search. Each app answers for its own things; this package knows none of them."""

from .registry import Answer, Group, answers, register

__all__ = ["Answer", "Group", "answers", "register"]
