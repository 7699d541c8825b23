import { Command } from 'commander';
import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import { ownAccounts, summaryFactsOf } from '../../lambda/scanner/evaluate/own-accounts.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { Access } from '../../lambda/scanner/model/verdict.ts';
import { type PlacedAccount, createPlacement } from '../../lambda/scanner/organization/placement.ts';
import {
  withIdentityCenterUsers,
  peopleWithAdminAccess,
  unseenUsersReason,
} from '../../lambda/scanner/organization/identity-center-users.ts';
import { withUnlistedIdentityCenter } from '../../lambda/scanner/organization/unlisted-identity-center.ts';
import { renderAdmins } from '../../lambda/scanner/report/admins.ts';
import { jsonText } from '../../lambda/scanner/report/json.ts';
import type { Environment } from '../environment.ts';
import { type SourceOptions, formatOption, withInventory, withSource } from './options.ts';
import { openSource } from './source.ts';

/** The facts that decide who is admin: identities, and which keys and passwords exist. */
export const accessFacts = ['identities', 'credentialReport', 'samlProviders', 'oidcProviders', 'organization'] as const;

/**
 * The verdict of every principal of an account.
 *
 * @throws UsageError when the identities of the account could not be collected.
 */
export function verdictsOf({ snapshot, limits }: PlacedAccount): Access {
  const access = analyze(snapshot, limits);
  if (access.status === 'unavailable')
    throw new UsageError(`the identities of account ${snapshot.accountId} could not be collected: ${access.reason}`);
  return access.value;
}

interface AdminsOptions extends SourceOptions {
  readonly format: 'text' | 'json';
  readonly all?: boolean;
}

/** `admins`: who is admin, who can become admin, and how. */
export const adminsCommand = ({ terminal }: Environment): Command =>
  withInventory(
    withSource(
      new Command('admins').description('list the principals that are admin, can become admin or can make others admin, and how'),
    ),
  )
    .addOption(formatOption(['text', 'json']))
    .option('--all', 'also list the principals that have no path to admin')
    .action(async (options: AdminsOptions) => {
      const { snapshots, managementAccountId, ...source } = await openSource(options, accessFacts, terminal);
      const { identityCenterRegions = [] } = ownAccounts(snapshots.map(summaryFactsOf), source.organizationAccounts);
      const organization = withUnlistedIdentityCenter(source.organization, identityCenterRegions);
      const principals = snapshots
        .map(createPlacement(organization))
        .flatMap((account) => [...verdictsOf(account).values()])
        .filter(({ verdict }) => options.all === true || verdict !== 'none')
        .map(withIdentityCenterUsers(organization));
      const account = managementAccountId ?? snapshots[0]?.accountId ?? '';
      const peopleUnseen = unseenUsersReason(organization);
      const text =
        options.format === 'json'
          ? jsonText({ schemaVersion: 1, account, principals, people: peopleWithAdminAccess(principals), peopleUnseen })
          : renderAdmins(principals, { color: terminal.showsColor, peopleUnseen });
      terminal.print(text);
    });
