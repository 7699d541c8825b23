import { parseArn } from './arn.ts';
import type { PrincipalVerdict, Step } from './verdict.ts';

/** The step that closes a path and says that the principal reached is admin. It is no API call. */
export const CLOSING_RULE = 'allows-everything';

const MAX_STEPS = 6;

/**
 * The path as its API calls: `sts:AssumeRole role/ci → iam:PassRole + cloudformation:CreateStack role/cdk-exec`. Empty for a principal
 * that is admin without any call. Of a long path the middle is counted.
 */
export function pathInWords({ path }: Pick<PrincipalVerdict, 'path'>): string {
  const home = accountOf(path[0]?.from);
  const steps = path.filter(({ rule }) => rule !== CLOSING_RULE);
  const inWords = (some: readonly Step[]) => some.map((step) => stepInWords(step, home));
  const more = steps.length - MAX_STEPS;
  if (more <= 0) return inWords(steps).join(' → ');
  return [...inWords(steps.slice(0, MAX_STEPS - 1)), `… ${more} more …`, ...inWords(steps.slice(-1))].join(' → ');
}

/** One step as its API calls and its target. The account is named only for a target outside of `home`. */
export const stepInWords = (step: Step, home = accountOf(step.from)): string =>
  `${step.actions.length > 0 ? callsInWords(step.actions) : step.title} ${targetInWords(step, home)}`;

/** Either of the two does in a step that names both: the rules that create an identity list every action that they could use. */
const alternatives: Readonly<Record<string, string>> = {
  'iam:AttachRolePolicy': 'iam:PutRolePolicy',
  'iam:AttachUserPolicy': 'iam:PutUserPolicy',
  'iam:CreateAccessKey': 'iam:CreateLoginProfile',
};

/** The calls of one step: `iam:PassRole + lambda:CreateFunction`. */
export function callsInWords(actions: readonly string[]): string {
  const ordered = [...actions].sort((a, b) => Number(b === 'iam:PassRole') - Number(a === 'iam:PassRole'));
  const second = new Set(ordered.flatMap((action) => alternatives[action] ?? []));
  return ordered
    .filter((action) => !second.has(action))
    .map((action) => {
      const other = alternatives[action];
      return other !== undefined && ordered.includes(other) ? `(${action} or ${other})` : action;
    })
    .join(' + ');
}

function targetInWords({ actions: [action = ''], from, to }: Step, home: string | undefined): string {
  if (from === to) return `(${ownTarget(action)})`;
  const account = accountOf(to);
  if (account === undefined) return to;
  const resource = to.split(':').slice(5).join(':');
  // A service that acts in the whole account reaches it, and not its root user.
  if (resource === 'root' && action !== 'sts:AssumeRoot') return `in account ${account}`;
  const related = relatedTarget(action);
  const target = related === undefined ? resource : `(${related} of ${resource})`;
  return account === home ? target : `${target} (account ${account})`;
}

/** What a step that ends at the principal itself is done to. */
const ownTarget = (action: string): string =>
  newIdentity[action] ?? (action.startsWith('iam:') ? withOwn(relatedTarget(action)) : 'self');

const newIdentity: Readonly<Record<string, string>> = { 'iam:CreateRole': 'new role', 'iam:CreateUser': 'new user' };

const withOwn = (related: string | undefined) => (related === undefined ? 'self' : `own ${related}`);

/** What the call names, where it is not the principal that the step reaches. */
function relatedTarget(action: string): string | undefined {
  if (action.endsWith('PolicyVersion')) return 'policy';
  if (action.endsWith('GroupPolicy')) return 'group';
  return action.includes('Provider') ? 'identity provider' : undefined;
}

const accountOf = (arn: string | undefined): string | undefined => parseArn(arn ?? '')?.accountId;
