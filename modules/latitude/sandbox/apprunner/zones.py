"""The hosted zones that App Runner's own domain names are in."""

from __future__ import annotations

# https://docs.aws.amazon.com/general/latest/gr/apprunner.html, as the Terraform provider's
# data source aws_apprunner_hosted_zone_id has them.
_ZONES = {
    "ap-northeast-1": "Z08491812XW6IPYLR6CCA",
    "ap-south-1": "Z00855883LBHKTIC4ODF2",
    "ap-southeast-1": "Z09819469CZ3KQ8PWMCL",
    "ap-southeast-2": "Z03657752RA8799S0TI5I",
    "eu-central-1": "Z0334911C2FDI2Q9M4FZ",
    "eu-west-1": "Z087551914Z2PCAU0QHMW",
    "eu-west-2": "Z098228427VC6B3IX76ON",
    "eu-west-3": "Z087117439MBKHYM69QS6",
    "us-east-1": "Z01915732ZBZKC8D32TPT",
    "us-east-2": "Z0224347AD7KVHMLOX31",
    "us-west-2": "Z02243383FTQ64HJ5772Q",
}


def hosted_zone_id(region: str) -> str:
    """Return the zone that an alias to an App Runner service of ``region`` names.

    Raises ``KeyError`` for a region without App Runner.
    """
    return _ZONES[region]
