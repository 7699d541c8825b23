import { Command } from 'commander';
import { smallestCut } from '../../lambda/scanner/access/cut.ts';
import { statementsOf } from '../../lambda/scanner/access/statements.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { actionsFor } from '../../lambda/scanner/permissions.ts';
import { parseArn } from '../../lambda/scanner/model/arn.ts';
import { renderCheck } from '../../lambda/scanner/report/explain-check.ts';
import { type Explanation, renderExplanation } from '../../lambda/scanner/report/explain-principal.ts';
import { type PlacedAccount, createPlacement } from '../../lambda/scanner/organization/placement.ts';
import type { Environment } from '../program.ts';
import { accessFacts, verdictsOf } from './admins.ts';
import { type SourceOptions, withSource } from './options.ts';
import { openSource } from './source.ts';

/** `explain`: says what a check looks for, or why a principal has its verdict. */
export const explainCommand = ({ terminal }: Environment): Command =>
  withSource(new Command('explain'))
    .description('say what a check looks for, or why a principal has its verdict and what would change it')
    .argument('<check or ARN>', 'the id of a check, or the ARN of a user or role')
    .action(async (subject: string, options: SourceOptions) => {
      const check = checks.find(({ id }) => id === subject);
      if (check) {
        terminal.print(renderCheck(check, actionsFor([check])));
        return;
      }
      const accountId = parseArn(subject)?.accountId;
      if (accountId === undefined)
        throw new UsageError(`there is no check ${subject}, and it is not an ARN; iam-vigil checks lists the checks`);
      const { snapshots, organization } = await openSource(options, accessFacts, terminal);
      const snapshot = snapshots.find((candidate) => candidate.accountId === accountId);
      if (!snapshot)
        throw new UsageError(
          `account ${accountId} is not among those of the snapshot: ${snapshots.map((other) => other.accountId).join(', ')}`,
        );
      const explanation = explain(createPlacement(organization)(snapshot), subject);
      if (!explanation) throw new UsageError(`there is no principal ${subject}; iam-vigil admins --all lists them`);
      terminal.print(renderExplanation(explanation, { color: terminal.showsColor }));
    });

function explain({ snapshot, guardrails }: PlacedAccount, arn: string): Explanation | undefined {
  const { identities } = snapshot.facts;
  const principal = verdictsOf({ snapshot, guardrails }).get(arn);
  if (!principal || identities.status === 'unavailable') return undefined;
  const steps = principal.path.map((step) => ({ ...step, found: statementsOf(identities.value, step) }));
  const cut =
    principal.verdict === 'none' || principal.type === 'root'
      ? undefined
      : smallestCut(snapshot, identities.value, arn, guardrails);
  return { principal, steps, ...(cut ? { cut } : {}) };
}
