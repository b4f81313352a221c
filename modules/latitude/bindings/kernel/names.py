"""What Terraform calls the properties of the AWS bindings: the snake case of jsii's names, with 25 exceptions.

A test reads every property and attribute of the bindings from their JavaScript, some 50,000, and compares.
"""

import functools
import re
from typing import Final

VERSION: Final = "21.22.1"
"""The release of `@cdktf/provider-aws` that these names were read from."""
PROVIDER_VERSION: Final = "6.25.0"
"""Its `terraformGeneratorMetadata.providerVersion`."""

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_EXCEPTIONS: Final = {
    "address1": "address_1",
    "address2": "address_2",
    "address3": "address_3",
    "address4": "address_4",
    "addressLine1": "address_line_1",
    "addressLine2": "address_line_2",
    "addressLine3": "address_line_3",
    "base32StringSeed": "base_32_string_seed",
    "checksumCrc32C": "checksum_crc32c",
    "checksumCrc64Nvme": "checksum_crc64nvme",
    "convert608To708": "convert_608_to_708",
    "equalTo": "equals",
    "fetchPasswordData": "get_password_data",
    "fetchUserData": "get_user_data",
    "m2TsSettings": "m2ts_settings",
    "m3U8Settings": "m3u8_settings",
    "nodeAttribute": "node",
    "rfc4180": "rfc_4180",
    "s3UsEast1RegionalEndpoint": "s3_us_east_1_regional_endpoint",
    "saslScram256Auth": "sasl_scram_256_auth",
    "saslScram512Auth": "sasl_scram_512_auth",
    "selfAttribute": "self",
    "softwareAttribute": "software",
    "source608ChannelNumber": "source_608_channel_number",
    "systemAttribute": "system",
}
WRITTEN_IF_UNSET: Final = frozenset(
    {
        "DefaultRouteTableRoute",
        "DefaultSecurityGroupEgress",
        "DefaultSecurityGroupIngress",
        "EmrClusterStep",
        "EmrClusterStepHadoopJarStep",
        "NetworkAclEgress",
        "NetworkAclIngress",
        "RouteTableRoute",
        "SecurityGroupEgress",
        "SecurityGroupIngress",
    }
)
"""The structs whose unset properties are written as null: attributes that Terraform also takes as blocks."""
LISTS: Final = {"Route53Zone": {"nameServers": "name_servers"}}
"""Attributes that are lists, by their class: Python's hint does not tell them from sets, which become `tolist(…)`."""
RENAMED_BY_PROVIDER: Final = "AwsProviderEndpoints"
"""The struct whose names follow no rule; the kernel leaves it to Node."""


@functools.cache
def terraform_name(name: str) -> str:
    """Return Terraform's name of a property."""
    return _EXCEPTIONS.get(name) or _HUMP.sub("_", name).lower()
