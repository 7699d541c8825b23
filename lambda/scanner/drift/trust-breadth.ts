import { isAccountId, parseArn } from '../model/arn.ts';
import type { AppliesTo } from '../policy/decide.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { PrincipalEntry } from '../policy/policy.ts';
import { compareWays, waysOf } from '../policy/queries/allows-more.ts';

/** The actions of a trust policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage-assume.html */
const actions = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoleWithSAML',
  'sts:TagSession',
  'sts:SetSourceIdentity',
] as const;

/** How two trust policies differ, each principal in words. */
export interface TrustBreadth {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Allowed before and now, under conditions of which it cannot be told which are weaker. */
  readonly otherwise: readonly string[];
}

/** A principal that no policy names stands for all of them. */
const strangers: readonly PrincipalEntry[] = [
  { type: 'AWS', value: 'arn:aws:iam::000000000000:root' },
  { type: 'Federated', value: 'q7x0unnamed' },
];

/** Compares who can assume a role: every principal that one of the policies names is tried, and one that none names. */
export function compareTrust(before: CompiledPolicy, after: CompiledPolicy): TrustBreadth {
  const gained: string[] = [];
  const lost: string[] = [];
  const otherwise: string[] = [];
  for (const caller of callersOf([before, after])) {
    const orders = actions.map((action) => compareFor(caller, action, before, after));
    const words = callerInWords(caller);
    if (orders.some((order) => order !== 'unclear' && order > 0)) gained.push(words);
    else if (orders.includes('unclear')) otherwise.push(words);
    else if (orders.some((order) => order !== 0)) lost.push(words);
  }
  return { gained, lost, otherwise };
}

function compareFor(caller: PrincipalEntry, action: string, before: CompiledPolicy, after: CompiledPolicy) {
  const ways = (policy: CompiledPolicy) => waysOf([[{ policy, origin: 'trust' }]], { action, resource: '*' }, appliesTo(caller));
  return compareWays(ways(before), ways(after));
}

/** The principals that the policies name, each once, and one that none names. */
export function callersOf(policies: readonly CompiledPolicy[]): readonly PrincipalEntry[] {
  const named = policies.flatMap(({ statements }) =>
    statements.flatMap(({ source }) => (source.principal?.entries ?? []).filter(({ value }) => value !== '*')),
  );
  return [...new Map([...named, ...strangers].map((entry) => [`${entry.type} ${canonical(entry)}`, entry])).values()];
}

/** Whether the principals of a statement include the caller. */
export const appliesTo =
  (caller: PrincipalEntry): AppliesTo =>
  ({ source: { principal } }) =>
    principal !== undefined && principal.entries.some((entry) => covers(entry, caller)) !== principal.negated;

/** Whether a principal element means the caller too. */
function covers(entry: PrincipalEntry, caller: PrincipalEntry): boolean {
  if (entry.value === '*') return entry.isAlone === true || entry.type === caller.type;
  if (entry.type !== caller.type) return false;
  if (canonical(entry) === canonical(caller)) return true;
  const arn = parseArn(canonical(entry));
  return entry.type === 'AWS' && arn?.resource === 'root' && arn.accountId === parseArn(caller.value)?.accountId;
}

/** An account can be named by its ID or by the ARN of its root. */
const canonical = ({ type, value }: PrincipalEntry): string =>
  type === 'AWS' && isAccountId(value) ? `arn:aws:iam::${value}:root` : value;

/** A principal of a policy in words. */
export function callerInWords({ type, value }: PrincipalEntry): string {
  if (strangers.some((stranger) => stranger.type === type && stranger.value === value))
    return type === 'AWS' ? 'any AWS account' : 'any identity provider';
  if (type === 'Service') return `service ${value}`;
  return type === 'AWS' && isAccountId(value) ? `account ${value}` : value;
}
