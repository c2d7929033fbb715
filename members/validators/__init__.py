"""The rules of one person's data: pure, fast, the same for the form, the import and the API.

Rules that need other rows (a number that is taken: F23, F28) are in `members.queries.holders`.
"""

from .account_name import account_candidates
from .contact import read_landline, read_mobile
from .identity import Identity, read_id_number
from .record import Checked, Problem, Record, check_record

__all__ = [
    "Checked",
    "Identity",
    "Problem",
    "Record",
    "account_candidates",
    "check_record",
    "read_id_number",
    "read_landline",
    "read_mobile",
]
