"""What each cut of the bindings is worth, and where the time goes: `python benchmarks/cuts.py`.

The program of the benchmark, and Latitude's Application, with one cut left out at a time; all of them take turns, and
each has to write the same bytes. A figure is the median processor time of the whole process tree relative to having
every cut, or, for cuts in Node, to having every cut while Node answers. docs/benchmark-cuts.md is what it writes.
"""

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

from environments import PEERS, Environment
from measure import Run, measure
from output import resources
from peers.without import CUTS, NODES

ROOT = Path(__file__).parents[1]
PROGRAMS = {"cdktf Python": "cdktf_python.py", "Application": "application.py"}
SIZES = ((2, 1), (9, 50))
LARGEST = (11, 300)
ROUNDS = 3
Key = tuple[str, str, tuple[int, int]]


def main() -> None:
    """Run every program at every size without each cut, and print and write the table."""
    environment = Environment(ROOT.resolve() / ".latitude" / "bench" / "cuts", ())
    runs: dict[Key, list[Run]] = defaultdict(list)
    for title, program in PROGRAMS.items():
        for size in SIZES:
            for number in range(ROUNDS):
                written = {cut: _once(environment, cut, program, size, runs[title, cut, size]) for cut in CUTS | NODES}
                if len(set(written.values())) != 1:
                    raise ValueError(f"{title} {size}: not the same bytes: {written}")
                print(f"{title} {size} round {number + 1}", flush=True)
    text = f"{INTRODUCTION}\n{_table(runs)}\n\n{WHERE}\n{_where(environment)}\n"
    print(text)
    (ROOT / "docs" / "benchmark-cuts.md").write_text(text, encoding="utf-8")


def _once(environment: Environment, cut: str, program: str, size: tuple[int, int], runs: list[Run]) -> tuple[int, str]:
    outdir = environment.root / "cdktf.out"
    shutil.rmtree(outdir, ignore_errors=True)
    environ = environment.environ()
    command = [sys.executable, str(PEERS / "without.py"), cut, str(PEERS / program), *map(str, size), str(outdir)]
    runs.append(measure(command, cwd=environment.root, environ=environ))
    return resources(outdir)


def _table(runs: dict[Key, list[Run]]) -> str:
    heads = [(title, size) for title in PROGRAMS for size in SIZES]
    lines = [
        "| left out | " + " | ".join(f"{title} ({size[0]},{size[1]})" for title, size in heads) + " |",
        "|---" + "|--:" * len(heads) + "|",
    ]
    for cut in CUTS | NODES:
        base = "kernel" if cut in NODES else "nothing"
        cells = []
        for title, size in heads:
            spent, whole = (median(run.cpu_seconds for run in runs[title, one, size]) for one in (cut, base))
            cells.append(f"{spent:.2f} s" if cut == "nothing" else f"{spent / whole:.2f}")
        lines.append(f"| {_words(cut)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _where(environment: Environment) -> str:
    """Run each program once at each size, and tabulate what it says of itself."""
    lines = ["| program | s | Python's CPU | Node's CPU | Python waits | messages |", "|---|--:|--:|--:|--:|--:|"]
    outdir = environment.root / "cdktf.out"
    for title, program in PROGRAMS.items():
        for size in (*SIZES, LARGEST):
            shutil.rmtree(outdir, ignore_errors=True)
            command = [sys.executable, str(PEERS / "timed.py"), str(PEERS / program), *map(str, size), str(outdir)]
            said = subprocess.run(
                command, cwd=environment.root, env=environment.environ(), stdout=subprocess.PIPE, check=True
            )
            spent = json.loads(said.stdout)
            seconds = [f"{spent[name]:.2f}" for name in ("wall", "python", "node", "waiting")]
            cells = " | ".join([*seconds, f"{spent['messages']:,}"])
            lines.append(f"| {title} ({size[0]},{size[1]}) | {cells} |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


def _words(cut: str) -> str:
    said = str((CUTS | NODES)[cut].__doc__).rstrip(".")
    return "nothing" if cut == "nothing" else f"`{cut}`: {said[0].lower()}{said[1:]}"


INTRODUCTION = """# What each cut is worth

`python benchmarks/cuts.py` writes this file: the benchmark's program in cdktf Python after `import latitude`, and
Latitude's Application, with one of the cuts of ADR 0010 to 0014 left out at a time. Figures are processor time of the
whole process tree. The first line has seconds, the others the time relative to it; the last lines, cuts in Node, are
relative to `kernel`.
"""

WHERE = """## Where the time goes

One run of each, in seconds, with every cut. Where Python answers, Node is not started.
"""


if __name__ == "__main__":
    main()
