import { type Account, type CompiledGroup, fullAccess, hasDeny } from '../../iam/account.ts';
import { allOf } from '../../iam/authorization-result.ts';
import { can } from '../../iam/authorization.ts';
import { actionSet, allowedActions, intersects, mayAllowAll } from '../../iam/action-prefilter.ts';
import { type HeldPolicy, type Principal, isProtected } from '../../iam/principal.ts';
import { targetContextKeys } from '../../iam/target-keys.ts';
import { type ObtainablePolicy, obtainablePolicies } from '../../techniques/iam/obtainable-policies.ts';
import { canRestoreVersion, canRewrite } from '../../techniques/iam/policy-versions.ts';
import { type SelfChange, identityWords, techniqueFor } from './self-change.ts';

/** Ways for a principal to give itself permissions. Nothing adds to full access. */
export function gains(account: Account, principal: Principal): readonly SelfChange[] {
  if (principal.policies.includes(fullAccess)) return [];
  return [
    ...(isProtected(principal) ? [] : ownPolicyGains(account, principal)),
    ...groupPolicyGains(account, principal),
    ...versionGains(account, principal),
    ...groupGains(account, principal),
  ];
}

/** An inline policy, or an attached one, of its own. */
function ownPolicyGains(account: Account, principal: Principal): readonly SelfChange[] {
  const word = identityWords[principal.kind];
  const put = `iam:Put${word}Policy`;
  const attach = `iam:Attach${word}Policy`;
  return [
    ...gainWhere(principal, put, () => [
      {
        key: put,
        technique: techniqueFor(put, undefined, 'Add an inline policy with administrator access to itself'),
        answer: (by) => can(account, by, put, by.arn, targetContextKeys(by)),
        apply: holding(fullAccess),
      },
    ]),
    ...gainWhere(principal, attach, () =>
      obtainablePolicies(account, principal, 'iam:policyarn').map((policy) =>
        attaching(attach, policy, 'itself', (by) =>
          can(account, by, attach, by.arn, targetContextKeys(by, { 'iam:policyarn': [policy.arn] })),
        ),
      ),
    ),
  ];
}

/** A policy of one of its groups. */
const groupPolicyGains = (account: Account, principal: Principal): readonly SelfChange[] =>
  principal.groups
    .flatMap((name) => account.groups.get(name) ?? [])
    .flatMap(({ name, arn }) => [
      ...gainWhere(principal, 'iam:PutGroupPolicy', () => [
        {
          key: `iam:PutGroupPolicy ${name}`,
          technique: techniqueFor('iam:PutGroupPolicy', 'iam-011', 'Add an inline policy with administrator access to its group'),
          answer: (by: Principal) => can(account, by, 'iam:PutGroupPolicy', arn),
          apply: holding(fullAccess),
        },
      ]),
      ...gainWhere(principal, 'iam:AttachGroupPolicy', () =>
        obtainablePolicies(account, principal, 'iam:policyarn').map((policy) =>
          attaching('iam:AttachGroupPolicy', policy, `the group ${name}`, (by) =>
            can(account, by, 'iam:AttachGroupPolicy', arn, (key) => (key === 'iam:policyarn' ? [policy.arn] : undefined)),
          ),
        ),
      ),
    ]);

function attaching(
  action: string,
  { arn, policy, action: write, answer }: ObtainablePolicy,
  holder: string,
  isAllowed: SelfChange['answer'],
): SelfChange {
  const technique = techniqueFor(action, undefined, `Attach ${arn} to ${holder}`);
  return {
    key: `${action} ${holder} ${write ?? ''} ${arn}`,
    technique: write === undefined ? technique : { ...technique, actions: [write, action] },
    answer: (by) => allOf(() => isAllowed(by), answer),
    apply: holding(
      policy === fullAccess.policy ? fullAccess : { policy, origin: arn, held: 'attached', hasDeny: hasDeny(policy) },
    ),
  };
}

/** Another version of a policy that it has. */
const versionGains = (account: Account, principal: Principal): readonly SelfChange[] =>
  principal.policies
    .filter(({ managed }) => managed?.isCustomerManaged)
    .flatMap((held) => [
      ...gainWhere(principal, 'iam:CreatePolicyVersion', () => [
        {
          key: `rewrite ${held.origin}`,
          technique: techniqueFor(
            'iam:CreatePolicyVersion',
            'iam-001',
            'Create a default version with administrator access of a policy that it has',
          ),
          answer: (by: Principal) => canRewrite(account, by, held.origin),
          apply: replacing(held, fullAccess),
        },
      ]),
      ...gainWhere(principal, 'iam:SetDefaultPolicyVersion', () =>
        (held.managed?.dormant() ?? []).map(({ id, policy }): SelfChange => ({
          key: `restore ${held.origin} ${id}`,
          technique: techniqueFor('iam:SetDefaultPolicyVersion', undefined, `Set the policy ${held.origin} back to ${id}`),
          answer: (by) => canRestoreVersion(account, by, held.origin),
          apply: replacing(held, { ...held, policy, hasDeny: hasDeny(policy) }),
        })),
      ),
    ]);

const writesGroups = actionSet(['iam:PutGroupPolicy', 'iam:AttachGroupPolicy']);
const MOST_GROUPS = 20;

/** A group that has policies, or that it can give policies to. */
function groupGains(account: Account, principal: Principal): readonly SelfChange[] {
  if (principal.kind !== 'user') return [];
  const action = 'iam:AddUserToGroup';
  const own = allowedActions(principal.policies);
  const adds = ({ policies }: CompiledGroup) =>
    intersects(allowedActions(policies), everyAction) &&
    policies.some(({ policy }) => !principal.policies.some((held) => held.policy === policy));
  const isUseful = (group: CompiledGroup) =>
    !principal.groups.includes(group.name) && (intersects(own, writesGroups) || adds(group));
  return gainWhere(principal, action, () =>
    [...account.groups.values()]
      .filter(isUseful)
      .slice(0, MOST_GROUPS)
      .map((group): SelfChange => ({
        key: `join ${group.name}`,
        technique: techniqueFor(action, 'iam-013', `Add itself to the group ${group.name}`),
        answer: (by) => can(account, by, action, group.arn),
        apply: (by) => ({ ...by, groups: [...by.groups, group.name], policies: [...by.policies, ...group.policies] }),
      })),
  );
}

const everyAction = actionSet(['*']);

/** Prefilter: the changes, only where some policy of the principal allows the action at all. */
const gainWhere = (principal: Principal, action: string, changes: () => readonly SelfChange[]): readonly SelfChange[] =>
  mayAllowAll(principal, sets[action] ?? (sets[action] = [action])) ? changes() : [];

/** One list an action, since the prefilter remembers lists. */
const sets: Record<string, readonly string[]> = {};

const holding =
  (policy: HeldPolicy): SelfChange['apply'] =>
  (principal) => ({ ...principal, policies: [...principal.policies, policy] });

const replacing =
  (held: HeldPolicy, by: HeldPolicy): SelfChange['apply'] =>
  (principal) => ({ ...principal, policies: principal.policies.map((other) => (other === held ? by : other)) });
