"""`python -m bench._import_alone file.xlsx`: one check and one import; prints the process's peak memory in MB."""

import sys
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from bench._memory import peak
    from bench.import_members import import_whole

    import_whole(Path(sys.argv[1]).read_bytes())
    print(peak())
