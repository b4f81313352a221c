"""State in Amazon S3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.account import Account, ExternalId, RoleArn
from latitude.spec.arns import KeyArn, account_of, region_of
from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Limit, Pattern
from latitude.spec.state_bucket import REGION_PLACEHOLDER, RegionName, StateBucket
from latitude.spec.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

_RESERVED_BEGINNINGS: Final = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDS: Final = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
_LONGEST_BUCKET: Final = 63
_LONGEST_REGION: Final = "ap-northeast-1"


@dataclass(frozen=True, kw_only=True)
class BucketRules(Limit):
    """Amazon S3's rules for the name of a bucket, which may have ``{region}`` in it."""

    def allows(self, value: str) -> bool:
        """Say whether S3 takes the name in every region."""
        longest = value.replace(REGION_PLACEHOLDER, _LONGEST_REGION)
        plain = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", longest) is not None
        address = re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+", longest) is not None
        reserved = longest.startswith(_RESERVED_BEGINNINGS) or longest.endswith(_RESERVED_ENDS)
        return plain and not address and not reserved and ".." not in longest

    @property
    def allowed(self) -> str:
        """The rules in words."""
        return (
            f"3 to 63 lower-case letters, digits, dots and hyphens, {REGION_PLACEHOLDER} counted as the region's "
            "name, without a reserved beginning or end"
        )


BucketName = Annotated[str, BucketRules(source="Amazon S3 User Guide, bucket naming rules")]


class S3State(Part):
    """State in Amazon S3: encrypted, with a lock file beside each state object (Terraform 1.10 and newer).

    The bucket must have versioning on, so that a state can be restored.
    """

    bucket: BucketName
    """The bucket; with ``{region}`` in it, each cell keeps its state in a bucket of its own region, and the latency
    records' stack in that of ``routing_region``."""
    region: RegionName | None = None
    """The bucket's region; unset: the home region. With ``{region}``, a cell's is the cell's."""
    key_prefix: Annotated[
        str,
        Pattern(
            regex=r"[A-Za-z0-9!_.'()/-]*",
            but_not=r"/.*|.*//.*",
            words="letters, digits and / ! _ . ' ( ) -, without a / at its beginning or two of them in a row",
            source="Terraform, s3 backend; Amazon S3 User Guide, object keys; * is a wildcard in IAM policies",
        ),
        Length(minimum=0, maximum=900, source="Amazon S3 User Guide, object keys: 1024 with the stack's name"),
    ] = ""
    """What the key of each state object begins with; unset: the key is APPLICATION/STACK.tfstate."""
    kms_key_arn: KeyArn | None = None
    """The customer-managed key that encrypts the state; unset: the bucket's default encryption."""
    role_arn: RoleArn | None = None
    """The role that Terraform takes to read, lock and write state, and ``latitude bootstrap`` to make the buckets: a
    role of the account that has them. Unset: the credentials that Terraform is run with."""
    external_id: ExternalId | None = None
    """What the role's trust policy asks for as ``sts:ExternalId``."""
    create: StateBucket | None = None
    """How the buckets are made, in the stack ``NAME-state``; unset: they are there already."""

    @property
    def account(self) -> Account | None:
        """The account that has the buckets, where a role of it is stated."""
        if self.role_arn is None or is_token(self.role_arn):
            return None
        return Account(id=account_of(self.role_arn), role_arn=self.role_arn, external_id=self.external_id)

    @rule
    def _external_id_is_a_roles(self) -> Iterator[Fault]:
        """State ``external_id`` only with ``role_arn``."""
        if self.external_id is not None and self.role_arn is None:
            yield fault(
                "external_id", message=f"must be unset without role_arn, got {self.external_id!r} (STS AssumeRole)"
            )

    @rule
    def _one_key(self) -> Iterator[Fault]:
        """Give no ``kms_key_arn`` and no ``region`` with a bucket per region."""
        if REGION_PLACEHOLDER in self.bucket and self.region is not None:
            yield fault(
                "region",
                message=f"must be unset with {REGION_PLACEHOLDER} in the bucket's name: each bucket is in its own "
                f"region (Latitude), got {self.region!r}",
            )
        if REGION_PLACEHOLDER in self.bucket and self.kms_key_arn is not None:
            yield fault(
                "kms_key_arn",
                message=f"must be unset with {REGION_PLACEHOLDER} in the bucket's name: a key is regional, and each "
                f"bucket's default encryption names its own (Amazon S3), got {self.kms_key_arn!r}",
            )

    @rule
    def _key_beside_bucket(self, application: Application) -> Iterator[Fault]:
        """Give a key of the bucket's own region as ``kms_key_arn``."""
        if REGION_PLACEHOLDER in self.bucket or self.kms_key_arn is None:
            return
        region = self.region_for(application.home_region, application)
        if region_of(self.kms_key_arn) != region:
            yield fault(
                "kms_key_arn",
                message=f"must be a key in {region}, the bucket's region, got one in {region_of(self.kms_key_arn)}: "
                f"{self.kms_key_arn!r} (Amazon S3 User Guide, SSE-KMS)",
            )

    @rule
    def _own_key(self) -> Iterator[Fault]:
        """Give no ``kms_key_arn`` for buckets that are made here, with keys of their own."""
        if self.create is not None and self.kms_key_arn is not None:
            yield fault(
                "kms_key_arn",
                message=f"must be unset for buckets that are made here: each has a key of its own (Latitude), "
                f"got {self.kms_key_arn!r}",
            )

    @rule
    def _replica(self, application: Application) -> Iterator[Fault]:
        """Replicate to a region that has no state bucket, under a name that S3 takes: BUCKET-replica."""
        if self.create is None or self.create.replica_region is None:
            return
        regions = self.regions(application)
        if self.create.replica_region in regions:
            yield fault(
                "create",
                "replica_region",
                message=f"must be another region than those of the state buckets ({', '.join(regions)}), "
                f"got {self.create.replica_region!r} (Latitude)",
            )
        longest = max((self.replica_of(region) for region in regions), key=len)
        if len(longest) > _LONGEST_BUCKET:
            yield fault(
                "bucket",
                message=f"must leave room for -replica within {_LONGEST_BUCKET} characters, got {len(longest)}: "
                f"{longest!r} (Amazon S3 User Guide, bucket naming rules)",
            )

    def regions(self, application: Application) -> tuple[str, ...]:
        """Return the regions that have a state bucket, that of the stacks without a region of their own first."""
        home = application.home_region
        if REGION_PLACEHOLDER not in self.bucket or application.layout == "single":
            return (self.region_for(home, application),)
        elsewhere = (application.leaning_region,) if application.routes else ()
        return tuple(dict.fromkeys((*application.regions, *elsewhere)))

    def replica_of(self, region: str) -> str:
        """Return the name of the bucket that the state bucket of ``region`` is replicated to."""
        return f"{self.bucket_in(region)}-replica"

    def key_of(self, stack: str, application: Application) -> str:
        """Return the key of a stack's state in its bucket."""
        prefix = f"{application.name}/" if self.key_prefix == "" else self.key_prefix
        return f"{prefix}{stack}.tfstate"

    def bucket_in(self, region: str) -> str:
        """Return the bucket for a stack that belongs to ``region``."""
        return self.bucket.replace(REGION_PLACEHOLDER, region)

    def region_for(self, region: str, application: Application) -> str:
        """Return the region of the bucket for a stack that belongs to ``region``."""
        if REGION_PLACEHOLDER in self.bucket:
            return region
        return application.home_region if self.region is None else self.region
