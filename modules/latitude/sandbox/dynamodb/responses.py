"""The DynamoDB operations that know global tables, and those which moto lacks and Terraform calls."""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.dynamodb.responses import DynamoHandler, DynamoResult

from latitude.sandbox.dynamodb.models import GlobalTablesBackend


class GlobalTablesHandler(DynamoHandler):
    """moto's handler with replicas, table class, on-demand limits and Contributor Insights."""

    @property
    def global_backend(self) -> GlobalTablesBackend:
        """The backend of the region that is asked."""
        backend = self.dynamodb_backend
        assert isinstance(backend, GlobalTablesBackend)  # noqa: S101 - install() put it there
        return backend

    def create_table(self) -> ActionResult:
        """As moto, with TableClass and OnDemandThroughput."""
        super().create_table()
        backend, name = self.global_backend, self.body["TableName"]
        if "TableClass" in self.body:
            backend.table_classes[name] = self.body["TableClass"]
        if "OnDemandThroughput" in self.body:
            backend.on_demand[name] = self.body["OnDemandThroughput"]
        for index in self.body.get("GlobalSecondaryIndexes") or ():
            if "OnDemandThroughput" in index:
                backend.on_demand[f"{name}/{index['IndexName']}"] = index["OnDemandThroughput"]
        if "ResourcePolicy" in self.body:
            backend.put_resource_policy(backend.tables[name].table_arn, self.body["ResourcePolicy"], None)
        return DynamoResult(backend.described(backend.tables[name]))

    def update_table(self) -> ActionResult:
        """UpdateTable, ReplicaUpdates included."""
        backend = self.global_backend
        return DynamoResult(backend.described(backend.change_table(self.body)))

    def delete_table(self) -> ActionResult:
        """DeleteTable; the answer says DELETING, as in AWS."""
        backend = self.global_backend
        described = backend.described(backend.delete_table(self.body["TableName"]))
        described["TableDescription"]["TableStatus"] = "DELETING"
        return DynamoResult(described)

    def describe_contributor_insights(self) -> ActionResult:
        """DescribeContributorInsights."""
        table = self.global_backend.get_table(self.body["TableName"])
        index = self.body.get("IndexName")
        return ActionResult(self.global_backend.insights.describe(table=table.name, index=index))

    def update_contributor_insights(self) -> ActionResult:
        """UpdateContributorInsights."""
        table = self.global_backend.get_table(self.body["TableName"])
        return ActionResult(
            self.global_backend.insights.switch(
                table=table.name,
                index=self.body.get("IndexName"),
                enable=self.body["ContributorInsightsAction"] == "ENABLE",
                mode=self.body.get("ContributorInsightsMode"),
            )
        )

    def list_contributor_insights(self) -> ActionResult:
        """ListContributorInsights."""
        summaries = self.global_backend.insights.summaries(table=self.body.get("TableName"))
        return ActionResult({"ContributorInsightsSummaries": summaries})
