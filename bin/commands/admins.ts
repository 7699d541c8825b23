import { Command } from 'commander';
import { allAbilitiesOf } from '../../lambda/scanner/check-support/credentials/abilities-of.ts';
import { ownAccounts, summaryFactsOf } from '../../lambda/scanner/evaluate/own-accounts.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { type VerdictWithReach, isAdminSomewhere, toldVerdict, withReach } from '../../lambda/scanner/model/reach.ts';
import type { VerdictWithUsers } from '../../lambda/scanner/model/role-people.ts';
import { type AnalyzedAccount, analyzeAccounts } from '../../lambda/scanner/organization/analyze-accounts.ts';
import {
  withIdentityCenterUsers,
  peopleWithAdminAccess,
  unseenUsersReason,
} from '../../lambda/scanner/organization/identity-center-users.ts';
import { withUnlistedIdentityCenter } from '../../lambda/scanner/organization/unlisted-identity-center.ts';
import { renderAdmins } from '../../lambda/scanner/report/admins.ts';
import { jsonPieces } from '../../lambda/scanner/report/json.ts';
import type { Environment } from '../environment.ts';
import { chosenIdentity, principalKinds } from './chosen.ts';
import { type SourceOptions, formatOption, withInventory, withSource } from './options.ts';
import { joined } from './pieces.ts';
import { type Source, openSource } from './source.ts';

/** The facts that decide who is admin: identities, and which keys and passwords exist. */
export const accessFacts = ['identities', 'credentialReport', 'samlProviders', 'oidcProviders', 'organization'] as const;

/** The accounts with their verdicts, and with what their principals reach in each other. */
export function analyzeSource({ snapshots, organization: known, organizationAccounts }: Source): {
  readonly accounts: readonly AnalyzedAccount[];
  readonly organization: OrganizationSnapshot | undefined;
} {
  const { identityCenterRegions = [] } = ownAccounts(snapshots.map(summaryFactsOf), organizationAccounts);
  const organization = withUnlistedIdentityCenter(known, identityCenterRegions);
  return { accounts: analyzeAccounts(snapshots, organization), organization };
}

/**
 * The verdict of every principal of an account, with what it reaches in other accounts.
 *
 * @throws UsageError when the identities of the account could not be collected.
 */
export function verdictsOf({ snapshot, access, crossAccountReach }: AnalyzedAccount): readonly VerdictWithReach[] {
  if (access.status === 'unavailable')
    throw new UsageError(`the identities of account ${snapshot.accountId} could not be collected: ${access.reason}`);
  const reaches = crossAccountReach.status === 'collected' ? crossAccountReach.value : undefined;
  return [...access.value.values()].map((verdict) => withReach(verdict, snapshot.accountId, reaches));
}

interface AdminsOptions extends SourceOptions {
  readonly format: 'text' | 'json';
  readonly all?: boolean;
}

/** `admins`: who is admin, who can become admin, and how. */
export const adminsCommand = ({ terminal }: Environment): Command =>
  withInventory(withSource(new Command('admins')))
    .argument('[principal]', 'only this one: an ARN, a name or a unique part')
    .addOption(formatOption(['text', 'json']))
    .option('--all', 'also list the principals that have no path to admin')
    .action(async (subject: string | undefined, options: AdminsOptions) => {
      const source = await openSource(options, accessFacts, terminal);
      const { accounts, organization } = analyzeSource(source);
      const one = subject === undefined ? undefined : chosenIdentity(subject, source, principalKinds).arn;
      const withUsers = withIdentityCenterUsers(organization);
      const principals = accounts
        .flatMap((account) => verdictsOf(account).map((principal) => ({ principal, account })))
        .filter(({ principal }) =>
          one === undefined ? options.all === true || isAdminSomewhere(principal) : principal.arn === one,
        )
        .map(({ principal, account }) => withAbilities(withUsers(principal), account));
      const account = source.managementAccountId ?? source.snapshots[0]?.accountId ?? '';
      const peopleUnseen = unseenUsersReason(organization);
      const people = peopleWithAdminAccess(principals);
      const text =
        options.format === 'json'
          ? jsonPieces({ schemaVersion: 1, account, principals: principals.map(toldVerdict), people, peopleUnseen })
          : [renderAdmins(principals, { color: terminal.showsColor, width: terminal.width, peopleUnseen })];
      for (const piece of joined(text)) terminal.print(piece);
    });

/** Adds what the principal can do. Root has no policies: its verdict says it all. */
function withAbilities(verdict: VerdictWithUsers, { account }: AnalyzedAccount): VerdictWithUsers {
  const principal = account.status === 'collected' ? account.value.principalsByArn.get(verdict.arn) : undefined;
  return principal === undefined ? verdict : { ...verdict, abilities: allAbilitiesOf(principal, verdict) };
}
