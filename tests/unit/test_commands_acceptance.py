"""What `latitude acceptance` says before it does anything, and in its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from latitude.acceptance.report import report
from latitude.acceptance.small import small
from latitude.acceptance.story import steps
from latitude.commands import acceptance as command
from latitude.trial.aws import push_none
from latitude.trial.clients import AccountClients
from latitude.trial.findings import TrialError

if TYPE_CHECKING:
    from pathlib import Path

_REGIONS = ["us-east-1", "us-west-2"]


@pytest.mark.parametrize("regions", [_REGIONS[:1], _REGIONS[:1] * 2, [*_REGIONS, "eu-west-1"]])
def test_other_than_two_regions_are_refused(regions: list[str]) -> None:
    """A replica needs another region, and a third shows nothing more."""
    with pytest.raises(ValueError, match=r"--region: must be stated twice, with two regions, got us-east-1"):
        command.acceptance(regions)


def test_absent_credentials_end_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before anything is written or asked."""
    monkeypatch.chdir(tmp_path)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    with pytest.raises(ValueError, match="AWS credentials: must be in the environment"):
        command.acceptance(_REGIONS, yes=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("zone", "drained"), [(None, False), ("example.com", True)])
def test_region_is_drained_where_there_is_a_zone(zone: str | None, *, drained: bool) -> None:
    """Without a domain nobody is led anywhere."""
    application = small(name="accept-1", regions=_REGIONS, zone=zone)
    assert any("drained" in title for title, _ in steps(application)) is drained


def test_report_names_no_account() -> None:
    """An error's text has ARNs in it."""
    said = report(
        application=small(name="accept-1", regions=_REGIONS, zone=None),
        terraform="Terraform v1.11.0",
        took={"A table": 61.4},
        failure="arn:aws:iam::210987654321:role/x is not there",
        account="210987654321",
    )
    assert "| A table | 61 |" in said
    assert "arn:aws:iam::ACCOUNT:role/x is not there" in said
    assert "us-east-1 and us-west-2, without a domain" in said


def test_image_is_not_pushed_to_an_account() -> None:
    """The application has none of its own; one that had would be told."""
    with pytest.raises(TrialError, match="a:1 can't be pushed in us-east-1"):
        push_none(_Client(), repository="a", tag="1", content=b"")


def test_client_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making one takes boto3 a quarter of a second."""
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    clients = AccountClients()
    assert clients("sts", "us-east-1") is clients("sts", "us-east-1")
    assert clients("sts", "us-east-1") is not clients("sts", "us-west-2")


class _Client:
    class meta:  # noqa: N801  boto3's name
        region_name = "us-east-1"
