"""The roles of a pipeline on GitHub, apart from what it deploys: it must not be able to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from latitude.constructs.identity.encryption_key import ExistingKey
from latitude.constructs.identity.oidc_role import OidcRole, issuer_of
from latitude.constructs.state.access import StateAccess
from latitude.spec import S3State
from latitude.spec.regions import identifier
from latitude.stacks.backend import state_key
from latitude.stacks.stack import LatitudeStack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.bindings import Construct
    from latitude.constructs.identity.policy_document import IamStatement
    from latitude.spec import Application, GithubRoles

_HOST: Final = "token.actions.githubusercontent.com"
_AUDIENCE: Final = "sts.amazonaws.com"


class PipelineStack(LatitudeStack):
    """The stack ``NAME-pipeline``, applied by whoever may make roles; ``latitude deploy`` leaves it alone."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        application: Application,
        spec: GithubRoles,
        stacks: Sequence[LatitudeStack],
    ) -> None:
        state = application.state
        regions = state.regions(application) if isinstance(state, S3State) else (application.home_region,)
        super().__init__(scope, id, application=application, regions=regions)
        self.provider = self.providers[regions[0]]
        self.issuer = issuer_of(
            self,
            "github",
            given=spec.oidc_provider_arn,
            provider=self.provider,
            hostname=_HOST,
            audience=_AUDIENCE,
        )
        repository = f"repo:{spec.repository}"
        reads = self._state(state, stacks) if isinstance(state, S3State) else StateAccess()
        plan_name, apply_name = spec.role_names(application)
        plan = self._role(
            "plan",
            plan_name,
            [f"{repository}:pull_request", f"{repository}:ref:refs/heads/main"],
            spec.plan_policy_arns,
            reads.statements(writes=False),
        )
        apply = self._role(
            "apply",
            apply_name,
            [f"{repository}:environment:production"],
            spec.policy_arns,
            reads.statements(writes=True),
        )
        arns = {"AWS_PLAN_ROLE_ARN": plan.arn, "AWS_APPLY_ROLE_ARN": apply.arn}
        self.outputs({"variables": (arns, "The variables that the repository on GitHub has to have")})

    def _role(
        self,
        id: str,
        role_name: str,
        subjects: Sequence[str],
        policy_arns: Sequence[str],
        statements: Sequence[IamStatement],
    ) -> OidcRole:
        return OidcRole(
            self,
            id,
            provider=self.provider,
            name=role_name,
            issuer=self.issuer,
            subjects=subjects,
            policy_arns=policy_arns,
            statements=statements,
        )

    def _state(self, state: S3State, stacks: Sequence[LatitudeStack]) -> StateAccess:
        buckets, objects = [], []
        for stack in stacks:
            bucket = f"arn:aws:s3:::{state.bucket_in(next(iter(stack.providers)))}"
            buckets.append(bucket)
            objects.append(f"{bucket}/{state_key(state, application=self.application, stack_name=stack.node.id)}")
        return StateAccess(buckets=tuple(dict.fromkeys(buckets)), objects=tuple(objects), keys=self._keys(state))

    def _keys(self, state: S3State) -> tuple[str, ...]:
        if state.kms_key_arn is not None:
            return (state.kms_key_arn,)
        if state.create is None:
            return ()
        alias = self.application.aws_names.state_key_alias
        return tuple(
            ExistingKey(self, f"state_{identifier(region)}_key", provider=provider, alias=alias).arn
            for region, provider in self.providers.items()
        )
