"""What the runs say: medians, ratios, memory, cost per added service and region, and whether the targets are met."""

import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import plot
from catalog import Peer
from measure import Run

Size = tuple[int, int]
Runs = dict[tuple[str, Size], list[Run]]
Written = dict[tuple[str, Size], tuple[int, str]]

ORDINARY, OURS, JAVASCRIPT = "cdktf-python", "latitude-bindings", "cdktf-javascript"
APPLICATION = "latitude"
SAME = (ORDINARY, OURS, JAVASCRIPT, "cdktn-python", "floor")  # these write the same resources
MEGABYTE = 1_000_000
SMALL, LARGE = (2, 1), (9, 50)
AGAINST_JAVASCRIPT = {SMALL: 1.0, LARGE: 0.6, (11, 300): 0.7}
LEAST_TIMES = 40
MOST_MEMORY = 0.07


@dataclass(frozen=True)
class Results:
    """Every run of every peer, and what can be told from them."""

    peers: list[Peer]
    sizes: list[Size]
    runs: Runs
    first: dict[str, Run]
    written: Written

    def seconds(self, key: str, size: Size) -> float:
        """Give the median of the wall times."""
        return median(run.wall_seconds for run in self.runs[key, size])

    def cpu(self, key: str, size: Size) -> float:
        """Give the median of the processor time of all processes."""
        return median(run.cpu_seconds for run in self.runs[key, size])

    def megabytes(self, key: str, size: Size) -> float | None:
        """Give the median of the peaks of the whole process tree."""
        peaks = [run.peak_bytes for run in self.runs[key, size] if run.peak_bytes is not None]
        return median(peaks) / MEGABYTE if peaks else None

    def markdown(self) -> str:
        """Give the table of times and memory, and what follows from it."""
        heads = [f"({regions},{services})" for regions, services in self.sizes]
        lines = [
            "| program | " + " | ".join(f"{head} s | CPU s | MB" for head in heads) + " | first run s |",
            "|---" + "|--:" * (3 * len(heads) + 1) + "|",
        ]
        for peer in self.peers:
            cells = [cell for size in self.sizes for cell in self._cells(peer.key, size)]
            first = f"{self.first[peer.key].wall_seconds:.1f}" if peer.key in self.first else ""
            lines.append(f"| {peer.title} | " + " | ".join([*cells, first]) + " |")
        return "\n".join([*lines, "", *(f"- {line}" for line in [*self._added(), *self._targets(), *self._counts()])])

    def missed(self) -> list[str]:
        """List the targets that are not met, and peers that did not do the same work."""
        return [line for line in [*self._targets(), *self._counts()] if "MISSED" in line]

    def write(self, folder: Path) -> None:
        """Write the results and their picture to `folder`."""
        folder.mkdir(exist_ok=True)
        measured = {
            f"{key} {size[0]}x{size[1]}": [vars(run) for run in runs] for (key, size), runs in self.runs.items()
        }
        (folder / "benchmark.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
        machine = f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
        text = f"{INTRODUCTION}\n{machine}.\n\n{self.markdown()}\n"
        (folder / "benchmark.md").write_text(text, encoding="utf-8")
        bars = {
            size: [(peer.title, self.seconds(peer.key, size), peer.key.startswith("latitude")) for peer in self.peers]
            for size in self.sizes
            if size in {(2, 1), (9, 50)}
        }
        (folder / "benchmark.svg").write_text(plot.svg(bars), encoding="utf-8")

    def _cells(self, key: str, size: Size) -> list[str]:
        megabytes = self.megabytes(key, size)
        return [
            f"{self.seconds(key, size):.2f}",
            f"{self.cpu(key, size):.2f}",
            "" if megabytes is None else f"{megabytes:.0f}",
        ]

    def _has(self, *keys: str) -> bool:
        return {*keys} <= {peer.key for peer in self.peers}

    def _added(self) -> list[str]:
        """Tell what one more service in one region costs, between one size and the next."""
        lines = []
        for peer in self.peers:
            steps = []
            for smaller, larger in zip(self.sizes, self.sizes[1:], strict=False):
                cells = larger[0] * larger[1] - smaller[0] * smaller[1]
                took = self.seconds(peer.key, larger) - self.seconds(peer.key, smaller)
                steps.append(f"{1000 * took / cells:.2f} ms to ({larger[0]},{larger[1]})")
            lines.append(f"{peer.title}, per added service and region: {', '.join(steps)}")
        return lines

    def _targets(self) -> list[str]:
        if not self._has(ORDINARY, OURS, JAVASCRIPT):
            return []
        lines = []
        for size, most in AGAINST_JAVASCRIPT.items():
            if size in self.sizes:
                wall = self.seconds(OURS, size) / self.seconds(JAVASCRIPT, size)
                cpu = self.cpu(OURS, size) / self.cpu(JAVASCRIPT, size)
                text = f"{size}: {wall:.2f} of plain JavaScript's time, {cpu:.2f} of its CPU, at most {most}"
                lines.append(_verdict(text, max(wall, cpu) <= most))
        if self._has(APPLICATION):
            each = [self.seconds(key, LARGE) / self.written[key, LARGE][0] for key in (APPLICATION, JAVASCRIPT)]
            ratio = each[0] / each[1]
            text = f"{LARGE}: the Application takes {ratio:.2f} of plain JavaScript's time per resource, at most 1"
            lines.append(_verdict(text, ratio <= 1))
        times = self.seconds(ORDINARY, SMALL) / self.seconds(OURS, SMALL)
        text = f"{SMALL}: {times:.0f} times faster than ordinary, at least {LEAST_TIMES}"
        lines.append(_verdict(text, times >= LEAST_TIMES))
        ordinary, ours = self.megabytes(ORDINARY, LARGE), self.megabytes(OURS, LARGE)
        if ordinary is not None and ours is not None:
            share = ours / ordinary
            lines.append(_verdict(f"{LARGE}: {share:.1%} of ordinary's peak memory, at most 7%", share <= MOST_MEMORY))
        if OURS in self.first:
            first = self.first[OURS].wall_seconds
            lines.append(_verdict(f"first run after an installation: {first:.2f} s, at most 1 s", first <= 1))
        return lines

    def _counts(self) -> list[str]:
        lines = []
        for size in self.sizes:
            found = {peer.key: self.written[peer.key, size] for peer in self.peers}
            lines.append(f"{size}: resources " + ", ".join(f"{key} {count}" for key, (count, _) in found.items()))
            same = {found[key] for key in SAME if key in found}
            lines.append(_verdict(f"{size}: {', '.join(key for key in SAME if key in found)} agree", len(same) <= 1))
        return lines


def _verdict(text: str, met: bool) -> str:  # noqa: FBT001  the one thing it is asked
    return f"{'met' if met else 'MISSED'}: {text}"


INTRODUCTION = """# Synth beside its peers

`make bench` writes this file. (R,S) stands for R regions and S services: for each service an ECR repository with its
lifecycle policy and a DynamoDB table with a replica in every other region; for each service and region an auto scaling
configuration, an App Runner service, a role with its policy, a health check and an alias record. Each program runs in a
fresh process and in its own environment with the same Node; times are medians of the wall time and of the processor
time of all its processes; memory is the peak of the resident sets of the whole process tree, added up. The first run is
the one after an installation, with an empty HOME. Latitude's Application gives more than the other programs do (the
last lines count it), and a Terraform state for each region.
"""
