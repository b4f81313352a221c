"""The buckets that keep Terraform's state, where Latitude makes them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated, Final

from latitude.spec.base import Part, fault, rule
from latitude.spec.limits import Length, Pattern, Range
from latitude.spec.partition import ANY_IAM_ARN, make_arn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from latitude.spec.application import Application
    from latitude.spec.faults import Fault

RegionName = Annotated[
    str,
    Pattern(
        regex=r"[a-z]{2}(?:-[a-z]+)+-[0-9]",
        words="a region, such as us-east-1",
        source="AWS General Reference, regional endpoints",
    ),
]
REGION_PLACEHOLDER: Final = "{region}"
_LIFECYCLE: Final = "Amazon S3 PutBucketLifecycleConfiguration"


class StateBucket(Part):
    """What the stack ``NAME-state`` makes in each region that keeps state: a bucket and its KMS key.

    The bucket is versioned, encrypted with the key, reached by TLS only and closed to the public. Neither Terraform nor
    anyone else deletes it or a version in it; S3 itself expires old versions. ``latitude bootstrap`` makes the stack,
    whose own state then moves into the bucket.
    """

    principals: Annotated[
        tuple[
            Annotated[
                str,
                Pattern(
                    regex=rf"{ANY_IAM_ARN}[0-9]{{12}}:(?:root|(?:role|user)/[A-Za-z0-9_+=,.@/*?-]+)",
                    words="the ARN of an IAM role or user, or of an account's root; * and ? stand for any characters",
                    source="IAM User Guide, aws:PrincipalArn",
                ),
            ],
            ...,
        ],
        Length(minimum=0, maximum=100, unit="principals", source="Amazon S3 User Guide: a bucket policy of 20 KB"),
    ] = ()
    """Who may read and write state: everyone else is denied, whatever IAM allows them. Unset: IAM alone decides."""
    noncurrent_days: Annotated[
        int, Range(minimum=1, maximum=3650, source=f"{_LIFECYCLE}; Latitude: at most ten years")
    ] = 90
    """Days for which a state that was replaced is kept."""
    noncurrent_versions: Annotated[int, Range(minimum=1, maximum=100, source=_LIFECYCLE)] = 20
    """The newest replaced versions of each state, which are kept for longer than ``noncurrent_days``."""
    replica_region: RegionName | None = None
    """A region without a state bucket of its own, to which every state bucket is replicated."""

    access_log_bucket: (
        Annotated[
            str,
            Pattern(
                regex=r"[a-z0-9{][a-z0-9.{}-]{1,69}[a-z0-9}]",
                words="the name of a bucket, in which {region} is the region",
                source="Amazon S3 User Guide, bucket naming rules",
            ),
        ]
        | None
    ) = None
    """A bucket that exists in the region of each state bucket, to which S3 writes who asked for which state: server
    access logs, below the state bucket's name. Its policy has to let ``logging.s3.amazonaws.com`` write (Amazon S3 User
    Guide, server access logging). Unset: no logs."""

    @rule
    def _state_is_reached(self, application: Application) -> Iterator[Fault]:
        """Name among ``principals``, where there are any, ``state.role_arn``; without it the pipeline's roles."""
        if not self.principals:
            return
        role_arn = getattr(application.state, "role_arn", None)
        if role_arn is not None:
            if not any(fnmatchcase(role_arn, principal) for principal in self.principals):
                yield fault(
                    "principals",
                    message=f"must let in state.role_arn, {role_arn}, got {self.principals!r} (Latitude)",
                )
            return
        names = () if application.pipeline is None else application.pipeline.role_names(application)
        for name in names:
            role = f"role{application.roles.path}{name}"
            if not any(fnmatchcase(role, principal.rpartition(":")[2]) for principal in self.principals):
                yield fault(
                    "principals",
                    message=f"must let in the pipeline's role {name}, as in "
                    f"{make_arn('iam', role, account_id='ACCOUNT')}, got {self.principals!r} (Latitude)",
                )
