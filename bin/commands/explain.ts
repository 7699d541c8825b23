import { Command } from 'commander';
import { minimalStatementsToRemove } from '../../lambda/scanner/escalation/explain/minimal-fix.ts';
import { statementsOf } from '../../lambda/scanner/escalation/explain/path-statements.ts';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { actionsFor } from '../../lambda/scanner/permissions.ts';
import { parseArn } from '../../lambda/scanner/model/arn.ts';
import { renderCheck } from '../../lambda/scanner/report/explain-check.ts';
import { type Explanation, renderExplanation } from '../../lambda/scanner/report/explain-principal.ts';
import { type PlacedAccount, createPlacement } from '../../lambda/scanner/organization/placement.ts';
import type { Environment } from '../environment.ts';
import { accessFacts, verdictsOf } from './admins.ts';
import { type SourceOptions, withSource } from './options.ts';
import { openSource } from './source.ts';

/** `explain`: shows what a check looks for, or why a principal has its verdict. */
export const explainCommand = ({ terminal }: Environment): Command =>
  withSource(new Command('explain'))
    .description('show what a check looks for, or why a principal is or can become admin and which statements to remove')
    .argument('<check or ARN>', 'the ID of a check, or the ARN of an IAM user or role')
    .action(async (subject: string, options: SourceOptions) => {
      const check = checks.find(({ id }) => id === subject);
      if (check) {
        terminal.print(renderCheck(check, actionsFor([check])));
        return;
      }
      const accountId = parseArn(subject)?.accountId;
      if (accountId === undefined)
        throw new UsageError(`${subject} is neither the ID of a check nor an ARN. iam-vigil checks lists all checks`);
      const { snapshots, organization } = await openSource(options, accessFacts, terminal);
      const snapshot = snapshots.find((candidate) => candidate.accountId === accountId);
      if (!snapshot)
        throw new UsageError(
          `account ${accountId} was not scanned. Scanned accounts: ${snapshots.map((other) => other.accountId).join(', ')}`,
        );
      const explanation = explain(createPlacement(organization)(snapshot), subject);
      if (!explanation) throw new UsageError(`principal ${subject} does not exist. iam-vigil admins --all lists all principals`);
      terminal.print(renderExplanation(explanation, { color: terminal.showsColor }));
    });

function explain({ snapshot, limits }: PlacedAccount, arn: string): Explanation | undefined {
  const { identities } = snapshot.facts;
  const principal = verdictsOf({ snapshot, limits }).get(arn);
  if (!principal || identities.status === 'unavailable') return undefined;
  const steps = principal.path.map((step) => ({ ...step, found: statementsOf(identities.value, step) }));
  const cut =
    principal.verdict === 'none' || principal.type === 'root'
      ? undefined
      : minimalStatementsToRemove(snapshot, identities.value, arn, limits);
  return { principal, steps, ...(cut ? { cut } : {}) };
}
