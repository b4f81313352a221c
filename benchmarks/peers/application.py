"""The benchmark's application as Latitude's users state it: `python application.py REGIONS SERVICES OUTDIR`.

It gives more than the other programs: domains with certificates, instance roles, the image's digest, outputs, and a
Terraform state for each region.
"""

import sys
from pathlib import Path

from program import ZONE, ZONES

from latitude import (
    Application,
    Domain,
    HealthCheck,
    HostedZone,
    Image,
    LocalState,
    Service,
    Table,
    TableAccess,
    synthesize,
)


def main(regions: int, services: int, outdir: str) -> None:
    """Synthesize `services` services in `regions` regions."""
    names = [f"service-{number}" for number in range(services)]
    application = Application(
        name="bench",
        regions=tuple(list(ZONES)[:regions]),
        services=tuple(
            Service(
                name=name,
                image=Image(tag="latest"),
                health_check=HealthCheck(path="/health"),
                tables=(TableAccess(table=name),),
                domain=Domain(name=f"{name}.example.com", hosted_zone=HostedZone(name="example.com", zone_id=ZONE)),
            )
            for name in names
        ),
        tables=tuple(Table(name=name, hash_key="id", attributes={"id": "S"}) for name in names),
        state=LocalState(),
    )
    synthesize(application, Path(outdir))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
