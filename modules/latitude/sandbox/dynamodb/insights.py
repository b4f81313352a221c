"""Contributor Insights of a table or an index: a switch of each region's own, which moto lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DEFAULT_MODE = "ACCESSED_AND_THROTTLED_KEYS"


@dataclass(kw_only=True)
class Insights:
    """Which tables and indexes of a region are watched: (table, index or ``None``) to the mode."""

    modes: dict[tuple[str, str | None], str] = field(default_factory=dict)

    def switch(self, *, table: str, index: str | None, enable: bool, mode: str | None) -> dict[str, Any]:
        """Answer UpdateContributorInsights, whose effect is immediate here."""
        if enable:
            self.modes[(table, index)] = DEFAULT_MODE if mode is None else mode
        else:
            self.modes.pop((table, index), None)
        return self.describe(table=table, index=index)

    def describe(self, *, table: str, index: str | None) -> dict[str, Any]:
        """Answer DescribeContributorInsights."""
        mode = self.modes.get((table, index))
        described: dict[str, Any] = {
            "TableName": table,
            "ContributorInsightsStatus": "DISABLED" if mode is None else "ENABLED",
        }
        if index is not None:
            described["IndexName"] = index
        if mode is not None:
            kinds = ["PKC", "PKT"] if mode == DEFAULT_MODE else ["PKT"]
            described["ContributorInsightsMode"] = mode
            described["ContributorInsightsRuleList"] = [f"DynamoDBContributorInsights-{kind}-{table}" for kind in kinds]
        return described

    def summaries(self, *, table: str | None) -> list[dict[str, Any]]:
        """Answer ListContributorInsights: what is watched, of ``table`` or of all tables."""
        keys = ("TableName", "IndexName", "ContributorInsightsStatus", "ContributorInsightsMode")
        described = [
            self.describe(table=name, index=index) for name, index in self.modes if table is None or name == table
        ]
        return [{key: entry[key] for key in keys if key in entry} for entry in described]

    def forget(self, table: str) -> None:
        """Drop what is known of ``table``, which is gone."""
        self.modes = {key: mode for key, mode in self.modes.items() if key[0] != table}
