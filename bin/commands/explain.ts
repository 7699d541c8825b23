import { Command } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { actionsFor } from '../../lambda/scanner/permissions.ts';
import { parseArn } from '../../lambda/scanner/model/arn.ts';
import { renderCheck } from '../../lambda/scanner/report/explain-check.ts';
import { renderExplanation } from '../../lambda/scanner/report/explain-principal.ts';
import { explainPrincipal } from '../../lambda/scanner/organization/explain-principal.ts';
import type { Environment } from '../environment.ts';
import { accessFacts, analyzeSource, verdictsOf } from './admins.ts';
import { type SourceOptions, withSource } from './options.ts';
import { openSource } from './source.ts';

/** `explain`: shows what a check looks for, or why a principal has its verdict. */
export const explainCommand = ({ terminal }: Environment): Command =>
  withSource(new Command('explain'))
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
      const source = await openSource(options, accessFacts, terminal);
      const scanned = source.snapshots.map((snapshot) => snapshot.accountId);
      if (!scanned.includes(accountId))
        throw new UsageError(`account ${accountId} was not scanned. Scanned accounts: ${scanned.join(', ')}`);
      const { accounts, organization } = analyzeSource(source);
      const home = accounts.filter(({ snapshot }) => snapshot.accountId === accountId);
      const explanation = home.flatMap(verdictsOf).some(({ arn }) => arn === subject)
        ? explainPrincipal(accounts, organization, subject)
        : undefined;
      if (!explanation) throw new UsageError(`principal ${subject} does not exist. iam-vigil admins --all lists all principals`);
      terminal.print(renderExplanation(explanation, { color: terminal.showsColor }));
    });
