"""Synth beside its peers, in one run: `make bench`, or `python benchmarks/run.py --quick`.

Every peer runs in a fresh process and in an environment that is made on the first run. In each round they take turns,
so that whatever else the machine does falls on all of them. docs/benchmark.md says how to read the results.
"""

import argparse
import shutil
import sys
from collections import defaultdict
from pathlib import Path

import report
from catalog import PEER_LIST, Peer
from environments import Environment
from measure import Run, measure
from output import resources

ROOT = Path(__file__).parents[1]
ROUNDS = {(2, 1): 3, (9, 50): 3, (11, 300): 1}
QUICK = {(2, 1): 3, (9, 50): 1}


def main() -> int:
    """Run the peers, print what came out, and fail if a target is missed."""
    options = _options()
    rounds = QUICK if options.quick else ROUNDS
    peers = [peer for peer in PEER_LIST if not options.peers or peer.key in options.peers]
    environments = {peer.key: Environment(options.cache.resolve() / peer.key, peer.packages) for peer in peers}
    first = {} if options.quick else {peer.key: _first(peer, environments[peer.key]) for peer in peers}
    for peer in peers:  # fills the caches of Node and Python, which the first run leaves incomplete
        for _ in range(2):
            _once(peer, environments[peer.key], 2, 1)
    runs: report.Runs = defaultdict(list)
    written: report.Written = {}
    for (regions, services), count in rounds.items():
        for number in range(count):
            for peer in peers:
                run, found = _once(peer, environments[peer.key], regions, services)
                runs[peer.key, (regions, services)].append(run)
                written[peer.key, (regions, services)] = found
                print(f"({regions},{services}) round {number + 1} {peer.title}: {run.wall_seconds:.2f} s", flush=True)
    results = report.Results(peers=peers, sizes=list(rounds), runs=dict(runs), first=first, written=written)
    print("\n" + results.markdown())
    if not options.quick and not options.peers:
        results.write(ROOT / "docs")
    missed = results.missed()
    print("\n".join(missed) if missed else "every target is met")
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two sizes, few rounds, nothing written to docs/")
    parser.add_argument("--peers", nargs="+", choices=[peer.key for peer in PEER_LIST], help="these peers only")
    parser.add_argument("--cache", type=Path, default=ROOT / ".latitude" / "bench", help="where environments are kept")
    return parser.parse_args()


def _first(peer: Peer, environment: Environment) -> Run:
    """Run a peer with an empty HOME, as after an installation."""
    home = environment.root / "first"
    shutil.rmtree(home, ignore_errors=True)
    command = peer.command(environment, 2, 1, environment.root / "cdktf.out")
    return measure(command, cwd=environment.root, environ=environment.environ(home))


def _once(peer: Peer, environment: Environment, regions: int, services: int) -> tuple[Run, tuple[int, str]]:
    outdir = environment.root / "cdktf.out"
    shutil.rmtree(outdir, ignore_errors=True)
    command = peer.command(environment, regions, services, outdir)
    run = measure(command, cwd=environment.root, environ=environment.environ())
    return run, resources(outdir)


if __name__ == "__main__":
    sys.exit(main())
