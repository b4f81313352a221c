"""The base of every stack: providers, version constraints and remote state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from latitude.bindings import Construct, aws, cdktf
from latitude.bindings.text import passed_on
from latitude.constructs.identity.caller_identity import CallerIdentity
from latitude.spec.regions import identifier
from latitude.spec.terraform_version import REQUIRED_TERRAFORM
from latitude.stacks.backend import keep_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.spec import Account, Application
    from latitude.stacks.outputs import Outputs

AWS_PROVIDER_VERSION: Final = ">= 5.100, < 7"
AWS_PROVIDER_VERSION_FOR_STRONG_TABLES: Final = ">= 6.22, < 7"
"""``global_table_witness`` came with 6.22 (the provider's changelog)."""

ROUTE53_PROVIDER: Final = "route53"
"""The alias of the provider of a stack that holds nothing but what Route 53 has, which belongs to no region."""

DNS_PROVIDER: Final = "dns"
"""The alias of a second provider, where the hosted zones are in another account than the rest of a stack."""

ROUTE53_REGION: Final = "us-east-1"
"""Where Route 53's control plane is (Route 53 Developer Guide, resilience)."""

MAX_RETRIES: Final = 7
"""How often a call to AWS is tried, which rides out some tens of seconds of throttling.

With the provider's default, 25, a region that does not answer holds up a plan for many minutes: docs/adr/0035.
"""


class LatitudeStack(cdktf.TerraformStack):
    """A Terraform state of its own, with one aliased AWS provider per region and no default provider.

    Former regions have a provider too, with which Terraform destroys what is there; it isn't among ``providers``.
    Unless a stack ``asks_for_account``, its providers make no call when they are configured: ``sts:GetCallerIdentity``
    goes to the provider's region (AWS provider, skip_credentials_validation and skip_requesting_account_id).

    An account can't be verified without that call ("AWS account ID not allowed"), nor a role assumed: such a stack then
    asks STS in us-east-1, where Route 53's own control plane is.

    A ``provider_alias`` takes the place of the region's name. Terraform's state remembers by the alias what destroys an
    object, so a stack whose objects belong to no region gives one, and may move to another region with the same state.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        application: Application,
        regions: Sequence[str],
        former_regions: Sequence[str] = (),
        aws_provider_version: str = AWS_PROVIDER_VERSION,
        asks_for_account: bool = True,
        provider_alias: str | None = None,
        account: Account | None = None,
    ) -> None:
        super().__init__(scope, id)
        self.application, self.asks_for_account, self.provider_alias = application, asks_for_account, provider_alias
        self.account = application.account if account is None else account
        self.providers = {region: self._regional(region) for region in regions}
        for region in former_regions:
            self._regional(region)
        self._dns: Any = None
        self.keep_state()
        self.add_override("terraform.required_version", REQUIRED_TERRAFORM)
        if regions:
            self.add_override(
                "terraform.required_providers.aws", {"source": "hashicorp/aws", "version": aws_provider_version}
            )

    def keep_state(self) -> None:
        """Keep the state where the application says; the stack belongs to its first region."""
        region = next(iter(self.providers))
        keep_state(self, application=self.application, stack_name=self.node.id, region=region)

    @property
    def default_tags(self) -> dict[str, str]:
        """The tags of everything that the application makes."""
        return self.application.default_tags

    def dns(self, region: str) -> Any:
        """Return the provider of hosted zones and their records: the region's, or one for the zones' own account.

        Route 53 belongs to no region: that one is in the stack's first.
        """
        account = self.application.dns_account
        if account is None or self.account == account:
            return self.providers.get(region, next(iter(self.providers.values())))
        if self._dns is None:
            self._dns = self._provider(next(iter(self.providers)), DNS_PROVIDER, account)
        return self._dns

    def _regional(self, region: str) -> Any:
        alias = identifier(region) if self.provider_alias is None else self.provider_alias
        return self._provider(region, alias, self.account)

    def _provider(self, region: str, alias: str, account: Account | None) -> Any:
        asks = self.asks_for_account or account is not None
        return aws.provider.AwsProvider(
            self,
            f"aws_{alias}",
            alias=alias,
            region=region,
            sts_region=None if self.asks_for_account or account is None else ROUTE53_REGION,
            max_retries=MAX_RETRIES,
            skip_credentials_validation=None if asks else True,
            skip_requesting_account_id=None if asks else True,
            default_tags=[aws.provider.AwsProviderDefaultTags(tags=passed_on(self.default_tags))],
            **self._ignored_tags(),
            **_held_to(account),
        )

    def _ignored_tags(self) -> dict[str, Any]:
        ignored = self.application.ignore_tags
        if ignored is None:
            return {}
        block = aws.provider.AwsProviderIgnoreTags(
            keys=list(ignored.keys) or None, key_prefixes=list(ignored.key_prefixes) or None
        )
        return {"ignore_tags": [block]}

    def account_id(self, provider: Any) -> str:
        """Return the account's id: as it is stated, or read from AWS in the provider's region."""
        account = self.application.account
        return CallerIdentity(self, "current", provider=provider).id if account is None else account.id

    def outputs(self, outputs: Outputs) -> None:
        """Make the outputs that an operator, or a pipeline, reads."""
        for name, (value, description) in outputs.items():
            cdktf.TerraformOutput(self, name, value=passed_on(value), description=description)


def _held_to(account: Account | None) -> dict[str, Any]:
    """Return what makes a provider the account's: whose credentials it takes, and the role that it assumes."""
    if account is None:
        return {}
    allowed = {"allowed_account_ids": [account.id]}
    if account.role_arn is None:
        return allowed
    role = aws.provider.AwsProviderAssumeRole(
        role_arn=account.role_arn, external_id=account.external_id, session_name=account.session_name
    )
    return allowed | {"assume_role": [role]}
