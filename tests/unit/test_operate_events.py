"""What Terraform says of itself, read from its machine-readable output, and the images that a plan missed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from latitude.operate.events import Changes, Diagnostic, errors, event, progress
from latitude.operate.images import missing_images

if TYPE_CHECKING:
    from pathlib import Path


def diagnostic(**fields: Any) -> str:
    """Return an event with a diagnostic."""
    return json.dumps({"type": "diagnostic", "diagnostic": {"severity": "error", "summary": "no such image", **fields}})


def test_changes_count_a_replacement_twice() -> None:
    """What is replaced is created and destroyed; what is read, or stays, is no change."""
    actions = [["create"], ["update"], ["delete", "create"], ["create", "delete"], ["read"], ["no-op"], ["forget"]]
    counted = Changes.of_plan({"resource_changes": [{"change": {"actions": each}} for each in actions]})
    assert (counted.add, counted.change, counted.remove) == (3, 1, 2)
    assert str(counted) == "3 to add, 1 to change, 2 to destroy"


def test_changes_name_what_is_lost_or_taken_over() -> None:
    """Destroyed, replaced, imported and forgotten objects by address, with their names in AWS; no other is named."""
    changes: dict[str, dict[str, Any]] = {
        "aws_dynamodb_table.orders": {"actions": ["delete"], "before": {"id": "x", "name": "orders-orders"}},
        "aws_apprunner_service.web": {"actions": ["delete", "create"], "before": {"service_name": "orders-web"}},
        "aws_s3_bucket.state": {"actions": ["create", "delete"], "before": {"bucket": "orders-state", "arn": "arn:…"}},
        "aws_iam_role.web": {"actions": ["no-op"], "before": None, "importing": {"id": "orders-web"}},
        "aws_iam_role.old": {"actions": ["forget"], "before": {"name": "old"}},
        "terraform_data.nameless": {"actions": ["delete"], "before": {}},
        "aws_route53_zone.zone": {"actions": ["create"], "before": None},
        "aws_route53_record.a": {"actions": ["update"], "before": {"name": "shop.example.com"}},
    }
    shown = {"resource_changes": [{"address": address, "change": change} for address, change in changes.items()]}
    assert [str(each) for each in Changes.of_plan(shown).named] == [
        "destroys aws_dynamodb_table.orders (orders-orders)",
        "replaces aws_apprunner_service.web (orders-web)",
        "replaces aws_s3_bucket.state (orders-state)",
        "imports aws_iam_role.web (orders-web)",
        "forgets aws_iam_role.old (old)",
        "destroys terraform_data.nameless",
    ]


def test_changes_of_a_plan_without_resources_are_none() -> None:
    """A plan that changes outputs alone has no list of resources."""
    assert Changes.of_plan({"output_changes": {}}) == Changes()


def test_errors_are_those_that_terraform_names() -> None:
    """Warnings, other events and lines that are no JSON are left out; address and detail are told if there are any."""
    lines = [
        "panic: a plugin's last words",
        "[1, 2]",
        json.dumps({"type": "version", "terraform": "1.11.4"}),
        diagnostic(severity="warning", summary="deprecated"),
        diagnostic(address="data.aws_ecr_image.web", detail="orders/web:1"),
        diagnostic(summary="no credentials"),
    ]
    assert errors(lines) == [
        Diagnostic(summary="no such image", detail="orders/web:1", address="data.aws_ecr_image.web"),
        Diagnostic(summary="no credentials", detail="", address=None),
    ]
    assert [str(error) for error in errors(lines)] == [
        "data.aws_ecr_image.web: no such image\norders/web:1",
        "no credentials",
    ]


@pytest.mark.parametrize("line", ["", "not JSON", "null", '"text"', "3"])
def test_line_that_is_no_event_is_an_empty_one(line: str) -> None:
    """A plugin may write anything between Terraform's events."""
    assert event(line) == {}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("apply_start", True),
        ("apply_progress", True),
        ("apply_complete", True),
        ("apply_errored", True),
        ("resource_drift", True),
        ("planned_change", False),
        ("refresh_start", False),
        ("outputs", False),
    ],
)
def test_progress_is_told_of_what_is_applied(kind: str, told: bool) -> None:  # noqa: FBT001 - a column of the table
    """An operator follows what is made and changed, not what is read."""
    said = progress(json.dumps({"type": kind, "@message": "aws_ecr_repository.web: Creating..."}))
    assert said == ("aws_ecr_repository.web: Creating..." if told else None)


IMAGES = {
    "data": {
        "aws_ecr_image": {
            "web": {"provider": "aws.us_west_2", "repository_name": "orders/web", "image_tag": "1.0"},
            "api": {"provider": "aws.us_west_2", "repository_name": "orders/api", "image_digest": "sha256:ab"},
        }
    }
}


def missing(folder: Path, *addresses: str | None) -> list[str]:
    """Return what is said of errors at these addresses."""
    (folder / "cdk.tf.json").write_text(json.dumps(IMAGES))
    return missing_images(folder, [Diagnostic(summary="s", detail="d", address=each) for each in addresses])


def test_missing_image_is_named_with_its_region(tmp_path: Path) -> None:
    """A tag or a digest, the repository, and the region from whose registry App Runner would pull."""
    assert missing(tmp_path, "data.aws_ecr_image.web", "aws_iam_role.web", "data.aws_ecr_image.api") == [
        "orders/web:1.0 is not in us-west-2",
        "orders/api@sha256:ab is not in us-west-2",
    ]


def test_error_that_is_of_no_image_names_none(tmp_path: Path) -> None:
    """Terraform's own words are enough then; a stack without images is not looked into."""
    assert missing(tmp_path, None, "aws_iam_role.web", "data.aws_ecr_image.web[0].x") == []
    assert missing_images(tmp_path / "nowhere", [Diagnostic(summary="s", detail="", address=None)]) == []
