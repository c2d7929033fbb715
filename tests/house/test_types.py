"""The modules where features meet are checked by mypy, all of them: a new app's too, and one that becomes a folder."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TYPED = re.compile(r"/(actions|queries|permissions|tasks)(\.py$|/)")


def test_every_action_query_permission_and_task_is_checked():
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
    checked = {
        str(file.relative_to(ROOT))
        for pattern in patterns
        for found in ROOT.glob(pattern)
        for file in [found, *found.glob("**/*.py")]
    }
    modules = {str(file.relative_to(ROOT)) for file in ROOT.glob("[a-z]*/**/*.py")}
    wanted = {name for name in modules if TYPED.search(name)}
    assert len(wanted) > 80
    assert wanted - checked == set()
