import { factCoverage } from '../../lambda/scanner/evaluate/coverage.ts';
import { cli } from '../../lambda/scanner/model/command.ts';
import { type OrganizationSnapshot, organizationParts } from '../../lambda/scanner/model/organization/organization-snapshot.ts';
import type { Problem } from '../../lambda/scanner/model/problem.ts';
import type { Snapshot } from '../../lambda/scanner/model/snapshot.ts';

/** Whether Security Hub of an account in a Region could be read. */
export interface HubState {
  readonly account: string;
  /** Absent where nothing says which Region is meant. */
  readonly region?: string;
  readonly state: 'on' | 'not-enabled' | 'denied' | 'invalid' | 'failed' | 'no-region';
  /** What Security Hub answered, where it is not on. */
  readonly reason: string;
}

const statement = (action: string) => JSON.stringify({ Effect: 'Allow', Action: action, Resource: '*' });

const allow = (action: string, whom: string) =>
  `Allow ${whom} ${statement(action)}. Where it is allowed already, a permissions boundary or a service control policy denies it, or the call failed otherwise: then try again.`;

/**
 * Gives a role the policy of a scan; whoever is not a role puts the policy where theirs are. In other accounts it is to be run with
 * credentials of the account.
 */
const grant = (role: string | undefined, duty = '') => {
  const print = `iam-vigil permissions${duty} > iam-vigil.json`;
  if (role === undefined) return print;
  const name = role.slice(role.lastIndexOf('/') + 1);
  const options = {
    'role-name': name,
    'policy-name': `iam-vigil${duty.replace(' -', '')}`,
    'policy-document': 'file://iam-vigil.json',
  };
  return `${print} && ${cli('iam put-role-policy', options)}`;
};

/** What of an account could not be seen, one problem an action. `role` is the role that looked, where it is known. */
export const unseenFacts = (snapshot: Snapshot, role?: string): readonly Problem[] =>
  together(factCoverage(snapshot).flatMap(({ name, gaps }) => gaps.map((gap) => ({ ...gap, name })))).map(
    ({ names, reason, action = '' }): Problem => ({
      kind: 'fact-unseen',
      message: `${names} cannot be seen: ${reason}`,
      accounts: [snapshot.accountId],
      action,
      remedy: allow(action, role === undefined ? 'whoever scans' : `the role ${role}`),
      command: grant(role),
    }),
  );

/** The parts of an Organization that could not be seen. */
export const unseenParts = (organization: OrganizationSnapshot, account: string): readonly Problem[] =>
  together(
    organizationParts.flatMap((name) => {
      const part = organization[name];
      return part.status === 'unavailable' ? [{ ...part, name }] : [];
    }),
  ).map(({ names, reason, action }): Problem => ({
    kind:
      organization.Accounts.status === 'unavailable' && organization.Accounts.reason === reason
        ? 'accounts-not-listed'
        : 'organization-unseen',
    message: `${names} of the Organization cannot be seen: ${reason}`,
    accounts: [account],
    ...(action === undefined ? {} : { action }),
    remedy: `Use credentials of the management account or of a delegated administrator${action === undefined ? '' : `, and allow them ${statement(action)}`}.`,
  }));

/** Something that could not be seen, and why. */
interface Unseen {
  readonly name: string;
  readonly reason: string;
  readonly action?: string;
}

/** What is hidden by one reason is one thing to mend. */
function together(unseen: readonly Unseen[]): readonly (Omit<Unseen, 'name'> & { readonly names: string })[] {
  const groups = new Map<string, Omit<Unseen, 'name'> & { readonly names: string }>();
  for (const { name, ...why } of unseen) {
    const key = JSON.stringify([why.action, why.reason]);
    const before = groups.get(key);
    groups.set(key, { ...why, names: before ? `${before.names}, ${name}` : name });
  }
  return [...groups.values()];
}

/** An account whose role cannot be assumed. */
export const roleNotAssumed = (account: string, role: string, reason: string): Problem => ({
  kind: 'role-not-assumed',
  message: `the role ${role} cannot be assumed: ${reason.replaceAll(account, 'ACCOUNT')}`,
  accounts: [account],
  action: 'sts:AssumeRole',
  remedy:
    'Deploy the role there with a StackSet (docs/organization.md), or name the right one with --role; its trust policy must name whoever scans, and --external-id where it asks for one. With credentials of the account this shows the role and whom it trusts:',
  command: cli('iam get-role', { 'role-name': role.slice(role.lastIndexOf('/') + 1) }),
});

/** Where Security Hub is not on, or could not be read. */
export function hubProblems({ account, region, state, reason }: HubState, role?: string): readonly Problem[] {
  const accounts = [account];
  if (state === 'on') return [];
  if (region === undefined)
    return [
      {
        kind: 'security-hub-unread',
        message: 'Security Hub was not looked at: no Region is named',
        accounts,
        remedy: "Name your findings' home Region, such as eu-west-1:",
        command: 'iam-vigil doctor --region eu-west-1',
      },
    ];
  if (state === 'not-enabled')
    return [
      {
        kind: 'security-hub-off',
        message: `Security Hub is not enabled in ${region}`,
        accounts,
        remedy: 'Enable it with credentials of the account, or name the Region that has it with --region:',
        command: `${cli('securityhub enable-security-hub', { region })} --no-enable-default-standards`,
      },
    ];
  const why = state === 'denied' ? 'access to securityhub:GetFindings was denied' : reason.replaceAll(account, 'ACCOUNT');
  return [
    {
      kind: 'security-hub-unread',
      message: `the findings in Security Hub cannot be read in ${region}: ${why}`,
      accounts,
      action: 'securityhub:GetFindings',
      remedy: allow('securityhub:GetFindings', role === undefined ? 'whoever delivers' : `the role ${role}`),
      command: grant(role, ' --security-hub'),
    },
  ];
}
