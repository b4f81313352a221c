"""The partition of AWS is written in one place."""

from __future__ import annotations

import re
from pathlib import Path

import latitude
from latitude.spec.partition import ANY_PARTITION, PARTITION, make_arn

_PACKAGE = Path(latitude.__file__).parent


def test_partition_is_written_in_one_place() -> None:
    """No other module begins an ARN by itself; the embedded AWS, which stands apart, has moto's own."""
    files = [path for path in _PACKAGE.rglob("*.py") if path.relative_to(_PACKAGE).parts[0] != "sandbox"]
    assert len(files) > 100
    assert [str(path) for path in files if re.search(r"arn:aws\b", path.read_text("utf-8"))] == []


def test_arn_leaves_out_what_it_has_not() -> None:
    """A role has no region, a bucket neither region nor account."""
    assert make_arn("iam", "role/r", account_id="123456789012") == "arn:aws:iam::123456789012:role/r"
    assert make_arn("s3", "bucket") == "arn:aws:s3:::bucket"
    assert make_arn("ecr", "repository/r", region="eu-west-1", account_id="1") == "arn:aws:ecr:eu-west-1:1:repository/r"


def test_partition_is_one_that_stated_arns_may_have() -> None:
    """What is made up here would be accepted there."""
    assert re.fullmatch(ANY_PARTITION, PARTITION)
