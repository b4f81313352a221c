"""A table that is strongly consistent across two regions and a witness."""

from __future__ import annotations

from latitude import Account, Application, GlobalIndex, Table


def strong() -> Application:
    """Return the application."""
    return Application(
        name="ledger",
        regions=("us-east-1", "us-east-2"),
        account=Account(
            id="123456789012",
            role_arn="arn:aws:iam::123456789012:role/deploy",
            external_id="ledger-7",
            session_name="latitude",
        ),
        tables=(
            Table(
                name="entries",
                hash_key="account",
                range_key="number",
                attributes={"account": "S", "number": "N", "day": "S"},
                global_indexes=(GlobalIndex(name="by-day", hash_key="day"),),
                consistency="strong",
                witness="us-west-2",
                deletion_protection=False,
            ),
        ),
    )
