"""Forms translate input only; the rules are in `members.validators`, other people's numbers in `members.queries`."""

from .importing import ImportForm
from .posts import AssignForm
from .reasons import AnswerForm, DeclineForm, ReasonForm, RecycleForm
from .record import AddForm, EditForm
from .splitting import SplitForm

__all__ = [
    "AddForm",
    "AnswerForm",
    "AssignForm",
    "DeclineForm",
    "EditForm",
    "ImportForm",
    "ReasonForm",
    "RecycleForm",
    "SplitForm",
]
