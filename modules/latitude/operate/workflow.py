"""The workflow that rolls an application out from GitHub Actions, as YAML text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from latitude.operate.bake import watched
from latitude.operate.quoting import in_shell, in_yaml, past_github
from latitude.spec import CloudState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latitude.operate.order import Stage
    from latitude.spec import Application

_HEAD: Final = """\
# Written by `latitude pipeline github`: run it again after regions or stacks change.
# @NEEDED@
name: latitude
on:
  pull_request:
  push:
    branches: [@BRANCH@]
  schedule:
    - cron: "17 5 * * *"
@DISPATCH@permissions:
  contents: read
jobs:
  synth:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with:
          persist-credentials: false
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - run: @INSTALL@
      - run: latitude check
      - run: latitude synth --out stacks-out
      - uses: actions/upload-artifact@v6
        with:
          name: stacks
          path: stacks-out/stacks
          # Terraform's lock files begin with a dot.
          include-hidden-files: true
"""
_STACK_JOB: Final = """\
  @JOB@:
    needs: [@NEEDS@]
    if: github.event_name == '@EVENT@'
    runs-on: ubuntu-latest
@HEAD@    strategy:
      # A cancelled Terraform is worse than one that ends.
      fail-fast: false
      matrix:
        stack: [@STACKS@]
    # Of the jobs that wait in one group GitHub keeps the newest: a plan must not end an apply's wait.
    concurrency:
      group: @GROUP@-${{ matrix.stack }}
    env:
      STACK: ${{ matrix.stack }}
    steps:
      - uses: actions/download-artifact@v7
        with:
          name: stacks
      - uses: hashicorp/setup-terraform@v4
        with:
          terraform_wrapper: false
@CREDENTIALS@      - run: terraform -chdir="$STACK" init -input=false
@STEPS@"""
_AWS_PERMISSIONS: Final = """\
    permissions:
      id-token: write
"""
_AWS: Final = """\
      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: ${{ vars.@ROLE@ }}
          aws-region: @REGION@
"""
_HCP: Final = """\
          cli_config_credentials_hostname: @HOSTNAME@
          cli_config_credentials_token: ${{ secrets.@TOKEN@ }}
"""
_PLAN: Final = """\
      - shell: bash
        run: terraform -chdir="$STACK" plan -input=false -no-color -lock=false | tee "$STACK.txt"
      - if: always()
        uses: actions/upload-artifact@v6
        with:
          name: plan-${{ matrix.stack }}
          path: ${{ matrix.stack }}.txt
  comment:
    needs: plan
    if: always() && github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      pull-requests: write
    steps:
      - uses: actions/download-artifact@v7
        with:
          pattern: plan-*
          merge-multiple: true
          path: plans
      - run: |
          for plan in plans/*.txt; do
            printf '### %s\\n```\\n%s\\n```\\n' "$(basename "$plan" .txt)" "$(tail -c 9000 "$plan")"
          done | head -c 60000 > comment.md
          gh pr comment "$NUMBER" --repo "$GITHUB_REPOSITORY" --body-file comment.md
        env:
          GH_TOKEN: ${{ github.token }}
          NUMBER: ${{ github.event.pull_request.number }}
"""
_APPLY: Final = """\
      - run: terraform -chdir="$STACK" apply -input=false -auto-approve -lock-timeout=10m
"""
_DISPATCH: Final = """\
  workflow_dispatch:
    inputs:
      join:
        description: Regions that may join DNS, where they were not before; between two a space
"""
_ROUTES: Final = """\
      # A region joins DNS only where whoever starts this workflow by hand names it: a push must not undo a drain.
      - name: @WHAT@
        shell: bash
        env:
          JOIN: @JOIN@
        run: |
          plan() { terraform -chdir="$STACK" plan -input=false -no-color -lock-timeout=10m -out=routes.tfplan "$@"; }
          show() { terraform -chdir="$STACK" show -json routes.tfplan > routes.json; }
@GUARD@          plan; show
          jq -c --arg join "$JOIN" '
            [.resource_changes[]? | select(.type == "aws_route53_record") | .change] as $all
            | [$all[].before.latency_routing_policy[]?.region] as $before
            | [$all[].after.latency_routing_policy[]?.region] as $after
            | {before: $before, out: (($after - $before - ($join | split(" "))) | unique),
               draining: .variables.draining.value}' routes.json > regions.json
          if jq -e '@HELD@' regions.json > /dev/null; then
            out=$(jq -r '.out | join(" ")' regions.json)
            echo "::warning::$out: out of DNS, and stays so. To change that, run this workflow by hand with join: $out"
            plan "-var=draining=$(jq -c '.out + .draining | unique' regions.json)"
          fi
          terraform -chdir="$STACK" apply -input=false -lock-timeout=10m routes.tfplan
          rm "$STACK/routes.tfplan"
"""
_GUARD: Final = """\
          if [ -z "$(terraform -chdir="$STACK" state list 2> /dev/null)" ]; then exit 0; fi
"""
_BAKE: Final = """\
      - name: Bake
        timeout-minutes: 30
        run: |
          terraform -chdir="$STACK" output -json service_urls > urls.json
          end=$((SECONDS + 300)); failed=0
          while [ "$SECONDS" -lt "$end" ] || [ "$failed" -gt 0 ]; do
            healthy=yes
@ASKS@
            if [ "$healthy" = yes ]; then failed=0; else failed=$((failed + 1)); fi
            if [ "$failed" -ge 3 ]; then echo "::error::unhealthy: the other cells are left alone"; exit 1; fi
            sleep 10
          done
      - name: Fails if something else runs than what was deployed
        run: terraform -chdir="$STACK" plan -input=false -no-color -lock=false -detailed-exitcode
"""
_ASK: Final = """\
            curl -fsSg -m 4 -o /dev/null "$(jq -r --arg name @NAME@ '.[$name]' urls.json)"@PATH@ || healthy=no"""
_GROUPS: Final = {"pull_request": "plan-${{ github.ref }}", "push": "apply", "schedule": "drift"}
"""What waits for what: a newer plan of the same pull request, or a newer apply, takes the place of the older."""
_DRIFT: Final = """\
      - name: Fails if AWS and the description differ
        run: terraform -chdir="$STACK" plan -input=false -no-color -lock=false -detailed-exitcode
"""


def workflow(application: Application, stages: Sequence[Stage], *, install: str) -> str:
    """Return the workflow: plans on a pull request, stage after stage on main, a look for drift every day."""
    stacks = [stack for stage in stages for stack in stage.stacks]
    by_hcp = isinstance(application.state, CloudState)
    needed = (
        "It needs the secrets HCP_PLAN_TOKEN and HCP_APPLY_TOKEN: tokens of HCP Terraform, which has the roles in AWS."
        if by_hcp
        else "It needs the repository variables AWS_PLAN_ROLE_ARN and AWS_APPLY_ROLE_ARN: roles that trust GitHub's "
        "OIDC provider."
    )
    jobs = [
        _filled(
            _HEAD,
            INSTALL=in_yaml(install),
            NEEDED=needed,
            BRANCH=in_yaml(_branch(application)),
            DISPATCH=_DISPATCH if application.routes else "",
        ),
        _job(application, "plan", stacks, event="pull_request", steps=_PLAN),
    ]
    needs = ["synth"]
    routing = application.stack_names.routing
    if routing in stacks:
        job = f"leave-{routing}"
        jobs.append(_job(application, job, [routing], event="push", applies=True, steps=_routes(leaves=True)))
        needs.append(job)
    for stage in stages:
        job = f"apply-{stage.stacks[0]}"
        routes = application.routes and stage.stacks[0] in {routing, application.stack_names.single}
        steps = (_routes() if routes else _APPLY) + (_bake(application) if stage.bake else "")
        jobs.append(_job(application, job, stage.stacks, needs=needs, event="push", applies=True, steps=steps))
        needs = ["synth", job]
    return "".join([*jobs, _job(application, "drift", stacks, event="schedule", steps=_DRIFT)])


def _routes(*, leaves: bool = False) -> str:
    """Return the step that leads users to regions; or the one before all others, in which regions only leave."""
    return _filled(
        _ROUTES,
        WHAT="Let regions leave" if leaves else "Apply, and let regions leave and join",
        # The first regions of all join by themselves: no drain can be undone by them.
        HELD=".out != []" if leaves else ".out != [] and .before != []",
        JOIN='""' if leaves else "${{ inputs.join }}",
        GUARD=_GUARD if leaves else "",
    )


def _job(
    application: Application,
    name: str,
    stacks: Sequence[str],
    *,
    event: str,
    steps: str,
    needs: Sequence[str] = ("synth",),
    applies: bool = False,
) -> str:
    """Return a job that does the steps in each stack's folder, with the credentials that they need and no others."""
    kind = "APPLY" if applies else "PLAN"
    if isinstance(application.state, CloudState):
        permissions = ""
        credentials = _filled(_HCP, HOSTNAME=_value(application.state.hostname), TOKEN=f"HCP_{kind}_TOKEN")
    else:
        permissions = _AWS_PERMISSIONS
        # Roles are assumed in a region: where users are led must not depend on the one that is down.
        alone = list(stacks) == [application.stack_names.routing]
        region = application.leaning_region if alone else application.home_region
        credentials = _filled(_AWS, ROLE=f"AWS_{kind}_ROLE_ARN", REGION=_value(region))
    return _filled(
        _STACK_JOB,
        JOB=in_yaml(name),
        NEEDS=", ".join(map(in_yaml, needs)),
        EVENT=f"{event}' || github.event_name == 'workflow_dispatch" if applies and application.routes else event,
        GROUP=_GROUPS[event],
        HEAD=permissions + (f"    environment: {_value(_environment(application))}\n" if applies else ""),
        STACKS=", ".join(map(_value, stacks)),
        CREDENTIALS=credentials,
        STEPS=steps,
    )


def _branch(application: Application) -> str:
    return "main" if application.pipeline is None else application.pipeline.branch


def _environment(application: Application) -> str:
    return "production" if application.pipeline is None else application.pipeline.environment


def _bake(application: Application) -> str:
    paths = watched(application, {service.name: "" for service in application.services})
    asks = [_filled(_ASK, NAME=in_shell(name), PATH=in_shell(path)) for name, path in paths.items()]
    return _filled(_BAKE, ASKS="\n".join(asks)) if asks else ""


def _value(text: str) -> str:
    """Return a text of the description as a value in the workflow."""
    return in_yaml(past_github(text))


def _filled(template: str, **values: str) -> str:
    """Return the template with each ``@NAME@`` replaced by its value, and nothing within the values."""
    return re.sub(r"@([A-Z]+)@", lambda found: values.get(found[1], found[0]), template)
