"""The pieces of a workflow of GitHub Actions: YAML, with ``@NAME@`` where something is filled in."""

from __future__ import annotations

from typing import Final

HEAD: Final = """\
# Written by this line: run it again after regions or stacks change.
# @LINE@
# @NEEDED@
name: latitude @APPLICATION@
on:
  pull_request:
    branches: [@BRANCH@]
  push:
    branches: [@BRANCH@]
  schedule:
    - cron: "17 5 * * *"
@DISPATCH@permissions:
  contents: read
@ENVIRONMENT@jobs:
  synth:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
        with:
          persist-credentials: false
@SCHEDULED@      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - run: @INSTALL@
      - run: @CHECK@
      - run: @SYNTH@
      - uses: actions/upload-artifact@v6
        with:
          name: stacks
          path: stacks-out/stacks
          # Terraform's lock files begin with a dot.
          include-hidden-files: true
"""
SCHEDULED: Final = """\
          # GitHub starts what is scheduled on the default branch.
          ref: ${{ github.event_name == 'schedule' && '@BRANCH@' || '' }}
"""
STACK_JOB: Final = """\
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
@SETUP@@CREDENTIALS@      - run: @TERRAFORM@ -chdir="$STACK" init -input=false
@STEPS@"""
SETUP_TERRAFORM: Final = """\
      - uses: hashicorp/setup-terraform@v4
        with:
          terraform_wrapper: false
"""
SETUP_OPENTOFU: Final = """\
      - uses: opentofu/setup-opentofu@v1
        with:
          tofu_wrapper: false
"""
AWS_PERMISSIONS: Final = """\
    permissions:
      id-token: write
"""
AWS: Final = """\
      - uses: aws-actions/configure-aws-credentials@v6
        with:
          role-to-assume: ${{ vars.@VARIABLE@ }}
          aws-region: @REGION@
"""
HCP: Final = """\
          cli_config_credentials_hostname: @HOSTNAME@
          cli_config_credentials_token: ${{ secrets.@TOKEN@ }}
"""
PLAN: Final = """\
      - shell: bash
        run: @TERRAFORM@ -chdir="$STACK" plan -input=false -no-color -lock=false | tee "$STACK.txt"
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
APPLY: Final = """\
      - run: @TERRAFORM@ -chdir="$STACK" apply -input=false -auto-approve -lock-timeout=10m
"""
DISPATCH: Final = """\
  workflow_dispatch:
    inputs:
      join:
        description: Regions that may join DNS, where they were not before; between two a space
"""
ROUTES: Final = """\
      # A region joins DNS only where whoever starts this workflow by hand names it: a push must not undo a drain.
      - name: @WHAT@
        shell: bash
        env:
          JOIN: @JOIN@
        run: |
          plan() { @TERRAFORM@ -chdir="$STACK" plan -input=false -no-color -lock-timeout=10m -out=routes.tfplan "$@"; }
          show() { @TERRAFORM@ -chdir="$STACK" show -json routes.tfplan > routes.json; }
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
          @TERRAFORM@ -chdir="$STACK" apply -input=false -lock-timeout=10m routes.tfplan
          rm "$STACK/routes.tfplan"
"""
GUARD: Final = """\
          if [ -z "$(@TERRAFORM@ -chdir="$STACK" state list 2> /dev/null)" ]; then exit 0; fi
"""
BAKE: Final = """\
      - name: Bake
        timeout-minutes: 30
        run: |
          @TERRAFORM@ -chdir="$STACK" output -json service_urls > urls.json
          end=$((SECONDS + 300)); failed=0
          while [ "$SECONDS" -lt "$end" ] || [ "$failed" -gt 0 ]; do
            healthy=yes
@ASKS@
            if [ "$healthy" = yes ]; then failed=0; else failed=$((failed + 1)); fi
            if [ "$failed" -ge 3 ]; then echo "::error::unhealthy: the other cells are left alone"; exit 1; fi
            sleep 10
          done
      - name: Fails if something else runs than what was deployed
        run: @TERRAFORM@ -chdir="$STACK" plan -input=false -no-color -lock=false -detailed-exitcode
"""
ASK: Final = """\
            curl -fsSg -m 4 -o /dev/null "$(jq -r --arg name @NAME@ '.[$name]' urls.json)"@PATH@ || healthy=no"""
GROUPS: Final = {"pull_request": "plan-${{ github.ref }}", "push": "apply", "schedule": "drift"}
"""What waits for what: a newer plan of the same pull request, or a newer apply, takes the place of the older."""
DRIFT: Final = """\
      - name: Fails if AWS and the description differ
        run: @TERRAFORM@ -chdir="$STACK" plan -input=false -no-color -lock=false -detailed-exitcode
"""
