"""`make soak` alone: half an hour of bytes that look for a way past every reader."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.harness.rounds import rounds

ROOT = Path(__file__).parents[4]
SECONDS = rounds(check=0, soak=1800)
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(SECONDS == 0, reason="takes half an hour: make soak"),
    pytest.mark.skipif(
        find_spec("atheris") is None, reason="atheris has no wheel for this machine"
    ),
]


def test_nothing_finds_a_way_past_a_reader(tmp_path: Path) -> None:
    """No bytes end a process or are read as what they are not, however long one looks for some."""
    program = Path(__file__).with_name("led_by_coverage.py")
    command = [sys.executable, str(program), str(tmp_path), f"-max_total_time={SECONDS}"]
    command += ["-max_len=20000", "-rss_limit_mb=0", f"-artifact_prefix={tmp_path}/found-"]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, env={"PYTHONPATH": "src:."}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-5000:]
