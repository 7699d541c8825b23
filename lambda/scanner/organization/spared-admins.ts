import type { Account } from '../iam/account.ts';
import { can } from '../iam/authorization.ts';
import { type Grant, allOf } from '../iam/authorization-result.ts';
import type { RolePrincipal } from '../iam/principal.ts';
import type { Step } from '../model/verdict.ts';
import { SYNTHETIC_ADMIN } from './synthetic-admin.ts';

/** An admin role that does not exist yet, with a name that a guardrail exempts, and the step that creates it. */
export interface SparedAdmin {
  readonly admin: RolePrincipal;
  readonly step: Step;
  readonly conditions: Grant['conditions'];
}

const ACTIONS = ['iam:CreateRole', 'iam:PutRolePolicy'];

/**
 * SCPs often exempt roles by name. An admin of the account can create a role with such a name, unless there is one already or the
 * SCPs protect the name.
 */
export function sparedAdmins(account: Account, admin: RolePrincipal): readonly SparedAdmin[] {
  return sparedNames(account, admin).flatMap((name) => {
    const arn = `arn:${account.partition}:iam::${account.accountId}:role/${name}`;
    if (account.principalsByArn.has(arn)) return [];
    const answer = allOf(...ACTIONS.map((action) => () => can(account, admin, action, arn)));
    if (answer.kind === 'refused') return [];
    const step: Step = {
      rule: 'create-admin-role',
      title: 'Create a role with administrator access that a guardrail exempts by its name, and assume it',
      ...{ aliases: [], actions: ACTIONS, from: admin.arn, to: arn, statements: answer.statements },
    };
    const identity = { ...admin.identity, name: name.slice(name.lastIndexOf('/') + 1), arn };
    return [{ admin: { ...admin, arn, identity }, step, conditions: answer.conditions }];
  });
}

/** The names of roles, with their paths, that conditions of SCPs exempt. A pattern becomes one name. */
function sparedNames({ accountId }: Account, { scpLimits }: RolePrincipal): readonly string[] {
  const conditions = scpLimits.flatMap(({ policies }) =>
    policies === 'unreadable'
      ? []
      : policies.flatMap(({ policy }) => policy.statements.flatMap(({ source }) => source.conditions)),
  );
  const values = conditions.flatMap(({ key, operator, values }) =>
    key.toLowerCase() === 'aws:principalarn' && operator.name.includes('Not') ? values : [],
  );
  return [...new Set(values.flatMap((value) => roleNameIn(value, accountId)))];
}

function roleNameIn(pattern: string, accountId: string): readonly string[] {
  const [, account = '', name] = /^arn:[^:]*:iam:[^:]*:([^:]*):role\/(.+)$/.exec(pattern) ?? [];
  const isHere = ['*', accountId, '${aws:PrincipalAccount}'].includes(account);
  if (name === undefined || !isHere || name.includes('$') || /^aws-(reserved|service-role)\//.test(name)) return [];
  return [name.replaceAll('*', SYNTHETIC_ADMIN).replaceAll('?', 'x')];
}
