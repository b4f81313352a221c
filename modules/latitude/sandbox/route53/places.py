"""Where AWS's regions and some cities are.

Route 53 answers a latency record by latency that AWS measures between networks and regions. The sandbox cannot measure
it: the great-circle distance stands in for it. The order of regions is mostly the same; where cables make a detour,
AWS may answer with another region.
"""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0

# degrees north and east; the metropolitan area that AWS names for the region
REGIONS: dict[str, tuple[float, float]] = {
    "af-south-1": (-33.92, 18.42),
    "ap-east-1": (22.32, 114.17),
    "ap-northeast-1": (35.68, 139.69),
    "ap-northeast-2": (37.57, 126.98),
    "ap-northeast-3": (34.69, 135.50),
    "ap-south-1": (19.08, 72.88),
    "ap-south-2": (17.39, 78.49),
    "ap-southeast-1": (1.35, 103.82),
    "ap-southeast-2": (-33.87, 151.21),
    "ap-southeast-3": (-6.21, 106.85),
    "ap-southeast-4": (-37.81, 144.96),
    "ap-southeast-5": (3.14, 101.69),
    "ap-southeast-7": (13.76, 100.50),
    "ca-central-1": (45.50, -73.57),
    "ca-west-1": (51.05, -114.07),
    "eu-central-1": (50.11, 8.68),
    "eu-central-2": (47.38, 8.54),
    "eu-north-1": (59.33, 18.07),
    "eu-south-1": (45.46, 9.19),
    "eu-south-2": (41.65, -0.88),
    "eu-west-1": (53.35, -6.26),
    "eu-west-2": (51.51, -0.13),
    "eu-west-3": (48.86, 2.35),
    "il-central-1": (32.09, 34.78),
    "me-central-1": (24.45, 54.38),
    "me-south-1": (26.23, 50.59),
    "mx-central-1": (20.59, -100.39),
    "sa-east-1": (-23.55, -46.63),
    "us-east-1": (38.95, -77.45),
    "us-east-2": (39.96, -83.00),
    "us-west-1": (37.35, -121.96),
    "us-west-2": (45.84, -119.70),
}

CITIES: dict[str, tuple[float, float]] = {
    "bengaluru": (12.97, 77.59),
    "berlin": (52.52, 13.40),
    "buenos aires": (-34.60, -58.38),
    "cairo": (30.04, 31.24),
    "cape town": (-33.92, 18.42),
    "chicago": (41.88, -87.63),
    "dublin": (53.35, -6.26),
    "honolulu": (21.31, -157.86),
    "istanbul": (41.01, 28.98),
    "lagos": (6.52, 3.38),
    "london": (51.51, -0.13),
    "los angeles": (34.05, -118.24),
    "mexico city": (19.43, -99.13),
    "mumbai": (19.08, 72.88),
    "nairobi": (-1.29, 36.82),
    "new york": (40.71, -74.01),
    "paris": (48.86, 2.35),
    "reykjavik": (64.15, -21.94),
    "san francisco": (37.77, -122.42),
    "santiago": (-33.45, -70.67),
    "seattle": (47.61, -122.33),
    "singapore": (1.35, 103.82),
    "stockholm": (59.33, 18.07),
    "sydney": (-33.87, 151.21),
    "sao paulo": (-23.55, -46.63),
    "tokyo": (35.68, 139.69),
    "toronto": (43.65, -79.38),
}


def locate(place: str) -> tuple[float, float]:
    """Return the latitude and longitude, in degrees, of a region or a city such as ``new york`` or ``New-York``.

    Raises ``ValueError``, which names the places that are known.
    """
    name = place.strip().lower()
    if name in REGIONS:
        return REGIONS[name]
    city = name.replace("-", " ").replace("_", " ").replace("\u00e3", "a")
    if city in CITIES:
        return CITIES[city]
    known = ", ".join([*sorted(CITIES), *sorted(REGIONS)])
    msg = f"from_region_or_place: must be a city or an AWS region that is known, got {place!r}; known are {known}"
    raise ValueError(msg)


def distance_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the great-circle distance in kilometres between two points given in degrees north and east."""
    (north, east), (other_north, other_east) = (tuple(map(math.radians, point)) for point in (start, end))
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
