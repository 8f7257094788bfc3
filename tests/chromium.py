"""The browser that tests and benchmarks drive: where it is, and how it is started."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Without these Chromium asks its maker's servers for updates and settings.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str:
    """The Chromium that CHROMIUM names, else the one that .ci/browser finds or installs."""
    if named := os.environ.get("CHROMIUM"):
        return named
    command = ["sh", str(ROOT / ".ci" / "browser")]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()
