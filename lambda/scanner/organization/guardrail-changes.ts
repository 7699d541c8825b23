import type { Analysis } from '../escalation/analyze.ts';
import type { Organization } from '../facts/organization.ts';
import type { Account } from '../iam/account.ts';
import { actionSet, mayAllowAny } from '../iam/action-prefilter.ts';
import { allOf, openConditions } from '../iam/authorization-result.ts';
import { can } from '../iam/authorization.ts';
import { type Principal, type RolePrincipal, isServiceLinked } from '../iam/principal.ts';
import { type RequestKeys, noRequestKeys } from '../iam/request-context.ts';
import type { Step } from '../model/verdict.ts';
import type { GuardrailChange } from './edges.ts';

type Change = Pick<Step, 'rule' | 'title' | 'actions'>;

const DISABLE = 'organizations:DisablePolicyType';
const UPDATE = 'organizations:UpdatePolicy';
const DETACH = 'organizations:DetachPolicy';
const anyOfThem = actionSet([DISABLE, UPDATE, DETACH]);

const disable: Change = { rule: 'disable-scps', title: 'Disable the SCPs of the organization', actions: [DISABLE] };
const update: Change = { rule: 'update-scp', title: 'Rewrite the SCP so that it blocks nothing', actions: [UPDATE] };
const detach: Change = { rule: 'detach-scp', title: 'Detach the SCP', actions: [DETACH] };

/**
 * How the principals of the management account take SCPs off. What every admin can do is told once, as what the synthetic admin can do.
 */
export function guardrailChanges(
  { account, search }: Analysis,
  synthetic: RolePrincipal | undefined,
): readonly GuardrailChange[] {
  const { organization } = account.facts;
  const known = organization.status === 'collected' ? organization.value : undefined;
  if (known?.scps === undefined || known.scps.length === 0) return [];
  const others = account.principals.filter(
    (principal) => !isServiceLinked(principal) && !search.certain.admins.has(principal) && mayAllowAny(principal, anyOfThem),
  );
  const ofAdmins = synthetic === undefined ? [] : changesBy(account, synthetic, known);
  return [
    ...ofAdmins.map(({ from: _, ...ofAll }) => ofAll),
    ...others.flatMap((principal) => changesBy(account, principal, known)),
  ];
}

/** Who may disable all SCPs for certain needs no other change. */
function changesBy(account: Account, principal: Principal, organization: Organization): readonly GuardrailChange[] {
  const { id, path = '', scps = [] } = organization;
  const ask = (change: Change, resources: readonly string[], about: Pick<GuardrailChange, 'policy' | 'target'> = {}) =>
    changeBy(account, principal, { change, resources, about });
  const arnOf = (target: string) => {
    const kind = target.startsWith('r-') ? 'root' : target.startsWith('ou-') ? 'ou' : 'account';
    return `arn:${account.partition}:organizations::${account.accountId}:${kind}/${id}/${target}`;
  };
  const all = ask(disable, [arnOf(path.split('/')[1] ?? 'r-any')]);
  if (all.some(({ conditions }) => conditions.length === 0)) return all;
  const policies = [...new Set(scps.map(({ policy }) => policy))];
  return [
    ...all,
    ...policies.flatMap((policy) => ask(update, [policy], { policy })),
    ...scps.flatMap(({ policy, target }) => ask(detach, [policy, arnOf(target)], { policy, target })),
  ];
}

const ofScps: RequestKeys = (key) => (key === 'organizations:policytype' ? ['SERVICE_CONTROL_POLICY'] : noRequestKeys(key));

/** A request is allowed only if it is for each resource that it names. */
function changeBy(
  account: Account,
  principal: Principal,
  {
    change,
    resources,
    about,
  }: { change: Change; resources: readonly string[]; about: Pick<GuardrailChange, 'policy' | 'target'> },
): readonly GuardrailChange[] {
  const answer = allOf(
    ...change.actions.flatMap((action) => resources.map((resource) => () => can(account, principal, action, resource, ofScps))),
  );
  if (answer.kind === 'refused') return [];
  const { arn: from } = principal;
  const step: Step = { ...change, aliases: [], from, to: resources[0] ?? from, statements: answer.statements };
  return [{ from, step, conditions: openConditions(answer), ...about }];
}
