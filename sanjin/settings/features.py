"""Numbers that the original does not state (marked † in the promise): ours, each a setting."""

from .env import env

# Who may do what by when (product.md, F13 and F14).
MEETING_OPENS_MINUTES_BEFORE = env.int("MEETING_OPENS_MINUTES_BEFORE", default=30)
MEETING_CODE_STEP_SECONDS = 15
MEETING_CODE_GRACE_STEPS = 2
MEETING_BACKDATE_HOURS = env.int("MEETING_BACKDATE_HOURS", default=24)
MEETING_MAX_PEOPLE = env.int("MEETING_MAX_PEOPLE", default=2000)
# Organisers attend without a scan (F12), so they are few.
MEETING_MAX_ORGANISERS = env.int("MEETING_MAX_ORGANISERS", default=5)
# Whose mobile number was taken out of the record is signed in for by others only after this long (F11).
PROXY_AFTER_PHONE_DAYS = env.int("PROXY_AFTER_PHONE_DAYS", default=30)
MEETING_REMIND_AFTER_HOURS = 1
MEETING_REMIND_EVERY_HOURS = 24

# rules.md §1: a year closes on this (month, day) of the next one.
POINTS_YEAR_CLOSES = (1, 15)

# Files: threats.md, "Known weak spots".
XLSX_MAX_BYTES = 10 * 1024 * 1024
XLSX_MAX_INFLATED = 100 * 1024 * 1024
XLSX_MAX_ROWS = 20_000

# A committee's register, which is split by branch (F32): 200,000 rows of 20 columns take 400 MB of the worker's memory.
REGISTER_MAX_BYTES = 30 * 1024 * 1024
REGISTER_MAX_INFLATED = 300 * 1024 * 1024
REGISTER_MAX_ROWS = 200_000
REGISTER_MAX_CELLS = 6_000_000
# What was handed down and not imported is deleted after this long: it holds personal data.
REGISTER_PARTS_KEPT_DAYS = env.int("REGISTER_PARTS_KEPT_DAYS", default=30)

# Jobs of one account that wait or run at once.
JOBS_AT_ONCE = 5
# Uploads and results of jobs hold personal data; they are deleted this long after the job's end.
JOB_FILES_KEPT_HOURS = env.int("JOB_FILES_KEPT_HOURS", default=24)

# F43: what was deleted can be restored for this long.
RECYCLE_BIN_DAYS = env.int("RECYCLE_BIN_DAYS", default=180)

# A member's photo (F34): 2 inches, 413×579 at 300 dpi; width ÷ height within 5 % of it.
PHOTO_MAX_BYTES = 2 * 1024 * 1024
PHOTO_LEAST = (413, 579)
PHOTO_SHAPE = (0.68, 0.75)

EXPORT_REASON_ABOVE = 100
# One sheet that Excel opens and people can use; more is a question for a narrower filter.
EXPORT_MAX_ROWS = env.int("EXPORT_MAX_ROWS", default=200_000)

# The name of the official entrance shown to people who come by an old address (F18).
OFFICIAL_ENTRANCE = env("OFFICIAL_ENTRANCE", default="山西组工网")
OFFICIAL_ENTRANCE_URL = env("OFFICIAL_ENTRANCE_URL", default="")
