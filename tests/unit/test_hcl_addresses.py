"""Addresses of the emitted modules are a contract with every state that has them."""

from __future__ import annotations

from pathlib import Path

from latitude.hcl.moved import Move, moved
from tests.support.hcl_addresses import listed

_GOLDEN = Path(__file__).parent / "golden" / "hcl_addresses.txt"
_REMEDY = (
    "Addresses of the emitted modules changed: what is at an old one would be destroyed. State each change in MOVED in "
    "modules/latitude/hcl/moved.py, from which a `moved` block is emitted, say so in CHANGELOG.md, and run\n"
    "  python -m tests.support.hcl_addresses > tests/unit/golden/hcl_addresses.txt"
)


def test_addresses_of_the_emitted_modules_stay() -> None:
    """Every resource, data source and call of the modules has the address, and the kind of key, that it always had."""
    assert listed() == _GOLDEN.read_text("utf-8"), _REMEDY


def test_moved_address_becomes_a_block() -> None:
    """A change without a region is one block, which says since when."""
    move = Move(old="aws_iam_role.task", new="aws_iam_role.instance", since="0.2.0")
    assert moved([move], ("us-east-1", "us-west-2")).split() == (
        [
            "#",
            "Since",
            "Latitude",
            "0.2.0.",
            "moved",
            "{",
            "from",
            "=",
            "aws_iam_role.task",
            "to",
            "=",
            "aws_iam_role.instance",
            "}",
        ]
    )


def test_moved_address_with_a_region_becomes_a_block_for_each() -> None:
    """A change with a region in it is a block per region, and the newest comes last."""
    moves = [
        Move(old="aws_ecr_repository.images_{region}", new="aws_ecr_repository.{region}", since="0.2.0"),
        Move(old="aws_kms_key.{region}", new="aws_kms_key.{region}_images_key", since="0.3.0"),
    ]
    text = moved(moves, ("us-east-1", "us-west-2"))
    assert [line.split("=")[1].strip() for line in text.splitlines() if "to " in line] == [
        "aws_ecr_repository.us_east_1",
        "aws_ecr_repository.us_west_2",
        "aws_kms_key.us_east_1_images_key",
        "aws_kms_key.us_west_2_images_key",
    ]


def test_moves_of_no_addresses_are_no_blocks() -> None:
    """Without a change there is nothing to emit."""
    assert moved([], ("us-east-1",)) == ""
