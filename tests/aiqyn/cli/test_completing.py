import subprocess
import sys

import pytest

from aiqyn.cli import completing


@pytest.mark.parametrize(
    ("complete", "begun", "found"),
    [
        (completing.rule_codes, "p00", ["P001", "P002", "P003"]),
        (completing.rule_codes, "S001,p00", ["S001,P001", "S001,P002", "S001,P003"]),
        (completing.methodologies, "kz-openness-20", ["kz-openness-2019", "kz-openness-2020"]),
        (completing.bodies, "kz-akm-ak", ["kz-akm-akmola", "kz-akm-aktobe"]),
    ],
)
def test_names_are_completed(complete, begun, found):
    assert [item.value for item in complete(None, None, begun)][: len(found)] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("aiqyn audit --body kz-akm-akm", "kz-akm-akmola"),
        ("aiqyn score kz-openness-2019", "kz-openness-2019"),
        ("aiqyn verify-", "verify-signature"),
        ("aiqyn verify-signature a --without", "--without-revocation"),
    ],
)
def test_shell_is_answered(line, found):
    words = line.split()
    done = subprocess.run(
        [sys.executable, "-c", "from aiqyn.cli import main; main(prog_name='aiqyn')"],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
        env={
            "_AIQYN_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
    )

    assert found in done.stdout.replace("plain,", "").split()
