import { type Failure, tellsOfFailure } from '../../lambda/scanner/collect/failure.ts';
import { factCoverage } from '../../lambda/scanner/evaluate/coverage.ts';
import { cli } from '../../lambda/scanner/model/command.ts';
import type { OrganizationSnapshot } from '../../lambda/scanner/facts/organization-parts/organization-snapshot.ts';
import { organizationParts } from '../../lambda/scanner/facts/organization-parts/index.ts';
import type { Problem } from '../../lambda/scanner/model/problem.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';

/** Whether Security Hub could be read in an account and Region. */
export interface HubState {
  readonly account: string;
  /** Absent if no Region is set. */
  readonly region?: string;
  readonly state: 'on' | 'not-enabled' | 'denied' | 'invalid' | 'failed' | 'no-region';
  /** The answer of Security Hub, if it is not enabled. */
  readonly reason: string;
  /** The kind of failure. Absent if nothing failed. */
  readonly kind?: Failure['kind'];
}

const statement = (action: string) => JSON.stringify({ Effect: 'Allow', Action: action, Resource: '*' });

const allow = (action: string, whom: string) =>
  `Grant ${whom} this statement: ${statement(action)}. If it already has it, a permissions boundary or a service control policy (SCP) denies the action.`;

/** What to do if a call failed for a reason other than a missing permission. */
const afterFailure: Readonly<Record<Exclude<Failure['kind'], 'denied'>, string>> = {
  throttled: 'AWS throttled the call. This says nothing about permissions. Run doctor again when there is less traffic.',
  unanswered: 'AWS did not answer. Check the network, the proxy and the Region. Then run doctor again.',
  failed: 'Fix what the error message says. Then run doctor again.',
};

const afterSomeFailure =
  'The call failed, but was not denied. Fix what the error message says. If AWS throttled the call or did not answer, run doctor again.';

/**
 * The command that gives a role the policy of a scan. Without a role it only prints the policy. In another account it must be run
 * with credentials of that account.
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

/** The one action of a scan that the AWS managed policy SecurityAudit does not allow. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html */
const NOT_IN_SECURITY_AUDIT = 'account:ListRegions';

const letScan = (action: string, role: string | undefined): Pick<Problem, 'remedy' | 'command'> => ({
  remedy: [
    allow(action, role === undefined ? 'the scanning identity' : `the role ${role}`),
    ...(action === NOT_IN_SECURITY_AUDIT ? ['The AWS managed policy SecurityAudit does not allow it.'] : []),
  ].join(' '),
  command: grant(role),
});

/** What could not be collected from an account, one problem for each action. `role` is the role that was used, if known. */
export const unseenFacts = (snapshot: Snapshot, role?: string): readonly Problem[] =>
  together(factCoverage(snapshot).flatMap(({ name, gaps }) => gaps.map((gap) => ({ ...gap, name })))).map(
    ({ names, reason, action = '' }): Problem => ({
      kind: 'fact-unseen',
      message: `${names} could not be collected: ${reason}`,
      accounts: [snapshot.accountId],
      action,
      ...(tellsOfFailure(reason, action) ? { remedy: afterSomeFailure } : letScan(action, role)),
    }),
  );

/** The parts of an organization that could not be collected. */
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
    message: `${names} of the organization could not be collected: ${reason}`,
    accounts: [account],
    ...(action === undefined ? {} : { action }),
    remedy: `Use credentials of the management account or of a delegated administrator.${action === undefined ? '' : ` Grant them this statement: ${statement(action)}.`}`,
  }));

/** Something that could not be collected, and why. */
interface Unseen {
  readonly name: string;
  readonly reason: string;
  readonly action?: string;
}

/** Items that are missing for the same reason are one problem. */
function together(unseen: readonly Unseen[]): readonly (Omit<Unseen, 'name'> & { readonly names: string })[] {
  const groups = new Map<string, Omit<Unseen, 'name'> & { readonly names: string }>();
  for (const { name, ...why } of unseen) {
    const key = JSON.stringify([why.action, why.reason]);
    const before = groups.get(key);
    groups.set(key, { ...why, names: before ? `${before.names}, ${name}` : name });
  }
  return [...groups.values()];
}

/** An account that could not be scanned. `role` is the role to assume there; absent in the account of the credentials. */
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
  const assumed = role === undefined ? '' : `the role ${role} was assumed, but `;
  const message = `${assumed}the account could not be scanned: ${why}`;
  const remedy = kind === 'denied' ? letScan(action, role) : { remedy: afterFailure[kind] };
  return { kind: 'fact-unseen', message, accounts, ...(isAction(action) ? { action } : {}), ...remedy };
}

const isAction = (action: string): boolean => /^[\w-]+:\w+$/.test(action);

type ToDo = Pick<Problem, 'message' | 'remedy' | 'command'>;

const roleDenied = (role: string, why: string): ToDo => ({
  message: `the role ${role} cannot be assumed: ${why}`,
  remedy:
    'Deploy the role in the account with a StackSet (docs/organization.md), or set the correct role with --role. Its trust policy must trust the scanning identity, which needs sts:AssumeRole on the role. If the trust policy requires an external ID, set --external-id. To see the role and its trust policy, run this with credentials of the account:',
  command: cli('iam get-role', { 'role-name': role.slice(role.lastIndexOf('/') + 1) }),
});

const roleUnknown = (role: string, why: string, kind: keyof typeof afterFailure): ToDo => ({
  message: `it is unknown whether the role ${role} can be assumed: ${why}`,
  remedy: afterFailure[kind],
});

/** The problem if Security Hub is not enabled or could not be read. */
export function hubProblems({ account, region, state, reason, kind }: HubState, role?: string): readonly Problem[] {
  const accounts = [account];
  if (state === 'on') return [];
  if (region === undefined)
    return [
      {
        kind: 'security-hub-unread',
        message: 'Security Hub was not checked: no Region is set',
        accounts,
        remedy: 'Set the Region that your findings are in, for example eu-west-1:',
        command: 'iam-vigil doctor --region eu-west-1',
      },
    ];
  if (state === 'not-enabled')
    return [
      {
        kind: 'security-hub-off',
        message: `Security Hub is not enabled in ${region}`,
        accounts,
        remedy: 'Set the Region where it is enabled with --region, or enable it with credentials of the account:',
        command: `${cli('securityhub enable-security-hub', { region })} --no-enable-default-standards`,
      },
    ];
  const why = state === 'denied' ? 'access to securityhub:GetFindings was denied' : reason.replaceAll(account, 'ACCOUNT');
  return [
    {
      kind: 'security-hub-unread',
      message: `the findings in Security Hub could not be read in ${region}: ${why}`,
      accounts,
      action: 'securityhub:GetFindings',
      ...(kind === undefined || kind === 'denied'
        ? {
            remedy: allow('securityhub:GetFindings', role === undefined ? 'the delivering identity' : `the role ${role}`),
            command: grant(role, ' --security-hub'),
          }
        : { remedy: afterFailure[kind] }),
    },
  ];
}
