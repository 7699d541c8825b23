import { type Failure, tellsOfFailure } from '../../lambda/scanner/collect/failure.ts';
import { factCoverage } from '../../lambda/scanner/evaluate/coverage.ts';
import { cli } from '../../lambda/scanner/model/command.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { organizationParts } from '../../lambda/scanner/facts/organization-parts/index.ts';
import type { Problem } from '../../lambda/scanner/model/problem.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';

/** Whether Security Hub of an account in a Region could be read. */
export interface HubState {
  readonly account: string;
  /** Absent where nothing says which Region is meant. */
  readonly region?: string;
  readonly state: 'on' | 'not-enabled' | 'denied' | 'invalid' | 'failed' | 'no-region';
  /** What Security Hub answered, where it is not on. */
  readonly reason: string;
  /** What kind of failure that is; absent where nothing failed. */
  readonly kind?: Failure['kind'];
}

const statement = (action: string) => JSON.stringify({ Effect: 'Allow', Action: action, Resource: '*' });

const allow = (action: string, whom: string) =>
  `Allow ${whom} ${statement(action)}. Where it is allowed already, a permissions boundary or a service control policy denies it.`;

/** What to do where a call failed for another reason than a permission. */
const afterFailure: Readonly<Record<Exclude<Failure['kind'], 'denied'>, string>> = {
  throttled: 'AWS was asked too often. That says nothing of what is allowed: run doctor again when less else asks.',
  unanswered: 'No answer came from AWS. Check the network, the proxy and the Region, and run doctor again.',
  failed: 'AWS says why. Mend that, and run doctor again.',
};

const afterSomeFailure =
  'The call failed, and was not denied. Mend what it says; where AWS was asked too often, or did not answer, run doctor again.';

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

const letScan = (action: string, role: string | undefined): Pick<Problem, 'remedy' | 'command'> => ({
  remedy: allow(action, role === undefined ? 'whoever scans' : `the role ${role}`),
  command: grant(role),
});

/** What of an account could not be seen, one problem an action. `role` is the role that looked, where it is known. */
export const unseenFacts = (snapshot: Snapshot, role?: string): readonly Problem[] =>
  together(factCoverage(snapshot).flatMap(({ name, gaps }) => gaps.map((gap) => ({ ...gap, name })))).map(
    ({ names, reason, action = '' }): Problem => ({
      kind: 'fact-unseen',
      message: `${names} cannot be seen: ${reason}`,
      accounts: [snapshot.accountId],
      action,
      ...(tellsOfFailure(reason, action) ? { remedy: afterSomeFailure } : letScan(action, role)),
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

/** An account of which nothing was seen. `role` is the role that was to look there; absent in the account of the credentials. */
export function accountNotSeen(account: string, { kind, action, reason }: Failure, role?: string): Problem {
  const accounts = [account];
  const why = reason.replaceAll(account, 'ACCOUNT');
  if (role !== undefined && action === 'sts:AssumeRole')
    return {
      kind: 'role-not-assumed',
      accounts,
      action,
      ...(kind === 'denied' ? roleDenied(role, why) : roleUnknown(role, why, kind)),
    };
  const message = `the account ${role === undefined ? '' : `was entered by the role ${role}, and `}could not be looked at: ${why}`;
  const remedy = kind === 'denied' ? letScan(action, role) : { remedy: afterFailure[kind] };
  return { kind: 'fact-unseen', message, accounts, ...(isAction(action) ? { action } : {}), ...remedy };
}

const isAction = (action: string): boolean => /^[\w-]+:\w+$/.test(action);

type ToDo = Pick<Problem, 'message' | 'remedy' | 'command'>;

const roleDenied = (role: string, why: string): ToDo => ({
  message: `the role ${role} cannot be assumed: ${why}`,
  remedy:
    'Deploy the role there with a StackSet (docs/organization.md), or name the right one with --role; its trust policy must name whoever scans, who needs sts:AssumeRole on it, and --external-id where it asks for one. With credentials of the account this shows the role and whom it trusts:',
  command: cli('iam get-role', { 'role-name': role.slice(role.lastIndexOf('/') + 1) }),
});

const roleUnknown = (role: string, why: string, kind: keyof typeof afterFailure): ToDo => ({
  message: `whether the role ${role} can be assumed is not known: ${why}`,
  remedy: afterFailure[kind],
});

/** Where Security Hub is not on, or could not be read. */
export function hubProblems({ account, region, state, reason, kind }: HubState, role?: string): readonly Problem[] {
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
      ...(kind === undefined || kind === 'denied'
        ? {
            remedy: allow('securityhub:GetFindings', role === undefined ? 'whoever delivers' : `the role ${role}`),
            command: grant(role, ' --security-hub'),
          }
        : { remedy: afterFailure[kind] }),
    },
  ];
}
