"""What a peer wrote: how many resources, and whether they are the same as another's."""

import hashlib
import json
from pathlib import Path
from typing import Any


def resources(outdir: Path) -> tuple[int, str]:
    """Count the resources under `outdir` and hash them, without cdktf's notes about where they were made."""
    found: list[Any] = []
    for file in sorted(outdir.glob("stacks/*/cdk.tf.json")):
        for kind, named in sorted(json.loads(file.read_text(encoding="utf-8")).get("resource", {}).items()):
            found += [(kind, name, {**attributes, "//": None}) for name, attributes in sorted(named.items())]
    for file in sorted(outdir.glob("*.template.json")):
        found += sorted(json.loads(file.read_text(encoding="utf-8"))["Resources"].items(), key=lambda item: item[0])
    digest = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()
    return len(found), digest
