"""What a killed command leaves: the old or the new, and nothing that the next run does not clean up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.killing import DEEDS, TIMES
from tests.serving import ROOT


@pytest.mark.long
@pytest.mark.parametrize("command", DEEDS)
def test_a_command_killed_at_any_moment_leaves_the_old_or_the_new(command: str, tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "tests.killing", command, str(tmp_path / "runs")]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = re.fullmatch(rf"killed (\d+) of {TIMES} in .*\n", done.stdout)
    assert said
    assert int(said[1]) >= TIMES / 4
