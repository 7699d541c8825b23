import { Command } from 'commander';
import { analyse } from '../../lambda/scanner/access/analyse.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Access } from '../../lambda/scanner/model/verdict.ts';
import { type PlacedAccount, createPlacement } from '../../lambda/scanner/organization/placement.ts';
import { createPeopled, peopleIn, unseenOf } from '../../lambda/scanner/organization/people.ts';
import { renderAdmins } from '../../lambda/scanner/report/admins.ts';
import { jsonText } from '../../lambda/scanner/report/json.ts';
import type { Environment } from '../program.ts';
import { type SourceOptions, formatOption, withInventory, withSource } from './options.ts';
import { openSource } from './source.ts';

/** The facts that decide who is admin: identities, and what tells which keys and passwords there are. */
export const accessFacts = ['identities', 'credentialReport', 'samlProviders', 'oidcProviders', 'organization'] as const;

/**
 * The verdict of every principal of an account.
 *
 * @throws UsageError when the identities of the account could not be seen.
 */
export function verdictsOf({ snapshot, guardrails }: PlacedAccount): Access {
  const access = analyse(snapshot, guardrails);
  if (access.status === 'unavailable')
    throw new UsageError(`the identities of account ${snapshot.accountId} could not be seen: ${access.reason}`);
  return access.value;
}

interface AdminsOptions extends SourceOptions {
  readonly format: 'text' | 'json';
  readonly all?: boolean;
}

/** `admins`: who is admin, who can become it, and how. */
export const adminsCommand = ({ terminal }: Environment): Command =>
  withInventory(
    withSource(new Command('admins').description('list who is admin, who can become it or make others it, and by which steps')),
  )
    .addOption(formatOption(['text', 'json']))
    .option('--all', 'list those too who reach none of these')
    .action(async (options: AdminsOptions) => {
      const { snapshots, managementAccountId, organization } = await openSource(options, accessFacts, terminal);
      const principals = snapshots
        .map(createPlacement(organization))
        .flatMap((account) => [...verdictsOf(account).values()])
        .filter(({ verdict }) => options.all === true || verdict !== 'none')
        .map(createPeopled(organization));
      const account = managementAccountId ?? snapshots[0]?.accountId ?? '';
      const peopleUnseen = unseenOf(organization);
      const text =
        options.format === 'json'
          ? jsonText({ schemaVersion: 1, account, principals, people: peopleIn(principals), peopleUnseen })
          : renderAdmins(principals, { color: terminal.showsColor, peopleUnseen });
      terminal.print(text);
    });
