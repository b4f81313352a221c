"""What a bucket of state allows to nobody, or to named principals only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.spec import Condition
from latitude.spec.iam import IamStatement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.spec import StateBucket

# Written out: s3:GetObject* would deny S3's own replication, s3:* the repair of a wrong list.
_STATE: Final = ("s3:DeleteObject", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject")

_ENCRYPTION: Final = "s3:x-amz-server-side-encryption"
_KEY: Final = "s3:x-amz-server-side-encryption-aws-kms-key-id"
_CUSTOMER_KEY: Final = "s3:x-amz-server-side-encryption-customer-algorithm"


def guards(spec: StateBucket, arn: str, *, key_arn: str) -> list[IamStatement]:
    """Return the statements of the policy: each denies, and none allows what IAM does not.

    The bucket's lifecycle rules are not held by the policy: S3 itself expires old versions (Amazon S3 User Guide).
    """
    objects = [f"{arn}/*"]
    statements = [
        _denied(
            "TlsOnly",
            ["s3:*"],
            [arn, *objects],
            [Condition(test="Bool", variable="aws:SecureTransport", values=("false",))],
        ),
        _denied("BucketStays", ["s3:DeleteBucket"], [arn]),
        _denied("VersionsStay", ["s3:DeleteObjectVersion"], objects),
        _denied(
            "OwnKeyOnly",
            ["s3:PutObject"],
            objects,
            # Terraform sends no such header, and the bucket's default encryption takes its key. What is absent is "not
            # equal" to IAM, so the header has to be there for the second condition to count.
            [
                Condition(test="Null", variable=_ENCRYPTION, values=("false",)),
                Condition(test="StringNotEquals", variable=_ENCRYPTION, values=("aws:kms",)),
            ],
        ),
        # Without a key's name S3 takes aws/s3, not the bucket's (PutObject, SSEKMSKeyId).
        _denied(
            "KeyNamed",
            ["s3:PutObject"],
            objects,
            [
                Condition(test="Null", variable=_ENCRYPTION, values=("false",)),
                Condition(test="Null", variable=_KEY, values=("true",)),
            ],
        ),
        _denied(
            "NoCustomerKey",
            ["s3:PutObject"],
            objects,
            [Condition(test="Null", variable=_CUSTOMER_KEY, values=("false",))],
        ),
        _denied(
            "NoForeignKey",
            ["s3:PutObject"],
            objects,
            [
                Condition(test="Null", variable=_KEY, values=("false",)),
                Condition(test="StringNotEquals", variable=_KEY, values=(key_arn,)),
            ],
        ),
    ]
    if spec.principals:
        named = Condition(test="ArnNotLike", variable="aws:PrincipalArn", values=spec.principals)
        statements.append(_denied("NamedPrincipalsOnly", _STATE, objects, [named]))
    return statements


def _denied(
    sid: str, actions: Sequence[str], resources: Sequence[str], conditions: Sequence[Condition] = ()
) -> IamStatement:
    return IamStatement(
        sid=sid,
        effect="Deny",
        actions=actions,
        resources=resources,
        principal_type="*",
        principals=["*"],
        conditions=conditions,
    )
