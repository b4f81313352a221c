"""Makes the application's lock file, so that Terraform runs the same providers wherever the folders are taken."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from latitude.files import write_text
from latitude.operate.binary import absent
from latitude.operate.cli_config import mirror_arguments
from latitude.operate.terraform import Terraform
from latitude.stacks.locks import PROVIDER_LOCK, copy_locks, kept_lock, required_providers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PLATFORMS: Final = ("linux_amd64", "linux_arm64", "darwin_arm64")
"""Where runs and engineers are: HCP Terraform and most pipelines, pipelines on Arm, and Macs."""
_ABSENT: Final = "is not available for"
_WHY: Final = "could not be installed:"


@dataclass(frozen=True, kw_only=True)
class Unlocked:
    """A provider that could not be locked for some platforms, and Terraform's reason."""

    source: str
    platforms: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        return f"{self.source} for {', '.join(self.platforms)}: {self.reason}"


def lock(
    outdir: Path, stacks: Sequence[str], *, environment: Mapping[str, str], platforms: Sequence[str]
) -> list[Unlocked]:
    """Add the platforms to the application's lock file, and write each stack's; return what is not in it.

    Versions that are locked stay. Each provider is fetched once a platform, however many stacks there are, from the
    mirror that Terraform's configuration names or else from the registry.
    """
    why = absent(environment)
    if why is not None:
        return [Unlocked(source=source, platforms=tuple(platforms), reason=why) for source in _sources(outdir, stacks)]
    kept = kept_lock(outdir)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / PROVIDER_LOCK
        if kept.is_file():
            shutil.copyfile(kept, made)
        (Path(folder) / "main.tf.json").write_text(json.dumps(_configuration(outdir, stacks)), encoding="utf-8")
        terraform = Terraform(directory=Path(folder), environment=environment)
        missing = [found for source in _sources(outdir, stacks) for found in _lock_one(terraform, source, platforms)]
        if made.is_file():
            write_text(kept, made.read_text("utf-8"))
    copy_locks(outdir, stacks)
    return missing


def _lock_one(terraform: Terraform, source: str, platforms: Sequence[str]) -> Iterator[Unlocked]:
    mirror = mirror_arguments(terraform.environment)
    for index, platform in enumerate(platforms):
        command = ("providers", "lock", "-no-color", f"-platform={platform}", *mirror, source)
        ended = terraform.run(*command, allowed=(0, 1))
        if ended.returncode == 0:
            continue
        said = " ".join(f"{ended.stdout} {ended.stderr}".split())
        reason = said.partition(_WHY)[2].partition(": ")[2] or said
        if _ABSENT not in said:
            # A registry that cannot be reached is not asked again.
            yield Unlocked(source=source, platforms=tuple(platforms[index:]), reason=reason)
            return
        yield Unlocked(source=source, platforms=(platform,), reason=reason)


def _configuration(outdir: Path, stacks: Sequence[str]) -> dict[str, object]:
    """Return a configuration that requires what the stacks do together."""
    versions = defaultdict(set)
    for stack in stacks:
        for name, provider in required_providers(outdir, stack).items():
            versions[name, provider["source"]].add(provider["version"])
    required = {
        name: {"source": source, "version": ", ".join(sorted(found))} for (name, source), found in versions.items()
    }
    return {"terraform": {"required_providers": required}}


def _sources(outdir: Path, stacks: Sequence[str]) -> list[str]:
    return sorted({provider["source"] for stack in stacks for provider in required_providers(outdir, stack).values()})
