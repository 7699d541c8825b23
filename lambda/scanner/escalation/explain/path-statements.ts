import type { Group, Identities, InlinePolicy, Role, User } from '../../facts/identity.ts';
import type { Json } from '../../model/json.ts';
import type { StatementReference, Step } from '../../model/verdict.ts';

/** A statement of a path, found in the account: its place and its content. */
export interface FoundStatement {
  /** The ARN of a managed policy; for an inline or trust policy, the ARN of its identity. */
  readonly holder: string;
  readonly policy: string;
  readonly index: number;
  readonly statement: Json;
}

type Holder = User | Group | Role;

/** The statements that a step refers to. */
export const statementsOf = (identities: Identities, step: Step): readonly FoundStatement[] =>
  step.statements.flatMap((reference) => find(identities, step, reference) ?? []);

function find(identities: Identities, { from }: Step, { policy, group, index }: StatementReference): FoundStatement | undefined {
  const found = (holder: string, document: Json | undefined) => {
    const statement = statementAt(document, index);
    return statement === undefined ? undefined : { holder, policy, index, statement };
  };
  if (policy.startsWith('trust:')) {
    const arn = policy.slice('trust:'.length);
    return found(arn, identities.roles.find((role) => role.arn === arn)?.trustPolicy);
  }
  if (!policy.startsWith('inline:')) {
    const managed = identities.policies.find(({ arn }) => arn === policy);
    return found(policy, managed?.versions.find(({ isDefault }) => isDefault)?.document);
  }
  const holder = holderOf(identities, from, group);
  const name = policy.slice('inline:'.length);
  return holder && found(holder.arn, holder.inlinePolicies.find((inline) => inline.name === name)?.document);
}

/** The holder of an inline policy: the named group, or else the identity itself. */
const holderOf = ({ users, roles, groups }: Identities, arn: string, group: string | undefined): Holder | undefined =>
  group === undefined ? [...users, ...roles].find((identity) => identity.arn === arn) : groups.find(({ name }) => name === group);

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];
const field = (document: Json | undefined, name: string): Json | undefined =>
  typeof document === 'object' && document !== null ? Object.entries(document).find(([key]) => key === name)?.[1] : undefined;

const isList = (document: Json): document is readonly Json[] => Array.isArray(document);

const statementAt = (document: Json | undefined, index: number): Json | undefined => listOf(field(document, 'Statement'))[index];

/** These allow nothing, and keep the index of the statement that they replace. */
const nothing: Json = { Effect: 'Allow', NotAction: '*', Resource: '*' };
const noPrincipal: Json = { Effect: 'Allow', NotAction: '*', Principal: { Service: 'unmatched.amazonaws.com' } };

/** The account without some statements; all others keep their index. */
export function withoutStatements(identities: Identities, removed: readonly FoundStatement[]): Identities {
  const cut = (document: Json, holder: string, policy: string, replacement: Json): Json => {
    const indexes = new Set(removed.filter((one) => one.holder === holder && one.policy === policy).map(({ index }) => index));
    if (indexes.size === 0 || typeof document !== 'object' || document === null || isList(document)) return document;
    const statements = listOf(field(document, 'Statement')).map((statement, index) =>
      indexes.has(index) ? replacement : statement,
    );
    return { ...document, Statement: statements };
  };
  const inline = <T extends { readonly arn: string; readonly inlinePolicies: readonly InlinePolicy[] }>(holder: T): T => ({
    ...holder,
    inlinePolicies: holder.inlinePolicies.map(({ name, document }) => ({
      name,
      document: cut(document, holder.arn, `inline:${name}`, nothing),
    })),
  });
  return {
    users: identities.users.map(inline),
    groups: identities.groups.map(inline),
    roles: identities.roles
      .map(inline)
      .map((role) => ({ ...role, trustPolicy: cut(role.trustPolicy, role.arn, `trust:${role.arn}`, noPrincipal) })),
    policies: identities.policies.map((policy) => ({
      ...policy,
      versions: policy.versions.map((version) =>
        version.isDefault ? { ...version, document: cut(version.document, policy.arn, policy.arn, nothing) } : version,
      ),
    })),
  };
}
