"""The same programs with ordinary bindings and with Latitude's: the same bytes, in a fraction of the time.

Nothing here runs Terraform, but a program with ordinary bindings takes ten seconds or more, so
that these are no unit tests.
"""

from pathlib import Path

import pytest

from tests.support.programs import LATITUDE, ORDINARY, PEERS, Run, run

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the benchmark's program with ordinary bindings, for two regions and one service."""
    outdir = tmp_path_factory.mktemp("ordinary") / "cdktf.out"
    return run(ORDINARY, PEERS / "cdktf_python.py", "2", "1", outdir=outdir)


def test_program_of_two_regions_takes_less_than_a_tenth(ordinary: Run, tmp_path: Path) -> None:
    """A cold run, the second after an installation, takes less than a tenth of the ordinary one's time."""
    first, second = (
        run(LATITUDE, PEERS / "cdktf_python.py", "2", "1", outdir=tmp_path / name) for name in ("first", "second")
    )
    assert first.files == second.files == ordinary.files
    assert second.seconds < ordinary.seconds / 10
    assert second.stderr == ""


def test_program_with_everything_else_of_cdktf_gives_the_same_bytes(tmp_path: Path) -> None:
    """Escape hatches, aspects, references between stacks, iterators, assets, modules, errors: all as ordinary."""
    plain, ours = (
        run(python, HERE / "bindings_features.py", outdir=tmp_path / name / "cdktf.out")
        for name, python in (("ordinary", ORDINARY), ("latitude", LATITUDE))
    )
    assert ours.files.keys() == plain.files.keys()
    for name, content in plain.files.items():
        assert ours.files[name] == content, name
    assert ours.stdout == plain.stdout
    # On a machine that does much else, unpacking takes so long that it is spoken of.
    said = [line for line in ours.stderr.splitlines() if "unpacking the AWS bindings" not in line]
    assert said == ["latitude: Node takes over: a cdktf.TerraformStack that is called back"]
    assert plain.stderr == ""
