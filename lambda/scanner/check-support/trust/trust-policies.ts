import { type Judgement, type Subject, unknown } from '../../check.ts';
import type { Role } from '../../facts/identity.ts';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../facts/snapshot.ts';
import { type CompiledPolicy, type CompiledStatement, compileDocument, createVocabulary } from '../../policy/compile.ts';
import type { MalformedPolicy, PrincipalEntry } from '../../policy/policy.ts';
import { memoizeByFacts } from '../principals/memoize-by-facts.ts';
import { roleResource } from '../principals/principals.ts';

/** The actions that assume a role. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage-assume.html */
export const assumeRoleActions = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'] as const;

/** One of {@link assumeRoleActions}. */
export type AssumeRoleAction = (typeof assumeRoleActions)[number];

/** A role with its parsed trust policy. */
export interface TrustSubject extends Subject {
  readonly role: Role;
  readonly trust: CompiledPolicy | MalformedPolicy;
}

/** One principal that one statement of a trust policy allows, if its conditions are met. */
export interface TrustedPrincipal {
  /** `NotPrincipal` with Allow allows all but a few principals, and counts as `*`. */
  readonly principal: PrincipalEntry;
  readonly statement: CompiledStatement;
  readonly actions: readonly AssumeRoleAction[];
}

const noActions = createVocabulary([]);

/** Every role with its trust policy, parsed once for all checks. Service-linked roles are left out: their account cannot change them. */
export const trustSubjects = memoizeByFacts([], ({ identities }): readonly TrustSubject[] =>
  identities.roles
    .filter(({ path }) => !path.startsWith('/aws-service-role/'))
    .map((role) => ({ resource: roleResource(role), role, trust: compileDocument(role.trustPolicy, noActions) })),
);

/** Judges a trust policy; one that cannot be read is unknown. */
export const judgeTrust = ({ trust }: TrustSubject, judge: (trust: CompiledPolicy) => Judgement): Judgement =>
  trust.kind === 'malformed' ? unknown(`its trust policy cannot be read: ${trust.reason}`) : judge(trust);

/** Whether such a principal can call the action: federated callers have actions of their own, which no other principal can call. */
const isFor = ({ type }: PrincipalEntry, action: AssumeRoleAction): boolean =>
  (type === 'Federated') === (action !== 'sts:AssumeRole');

/** The principals that the statements of a trust policy allow. */
export const trustedPrincipals = ({ statements }: CompiledPolicy): readonly TrustedPrincipal[] =>
  statements.flatMap((statement) => {
    const { effect, principal } = statement.source;
    if (effect === 'Deny' || principal === undefined) return [];
    const entries: readonly PrincipalEntry[] = principal.negated ? [{ type: 'AWS', value: '*' }] : principal.entries;
    return entries.flatMap((entry) => {
      const actions = assumeRoleActions.filter((action) => isFor(entry, action) && statement.matchesActionName(action));
      return actions.length === 0 ? [] : [{ principal: entry, statement, actions }];
    });
  });

/** The roles that allow a principal of a kind, or whose trust policy cannot be read. */
export const rolesTrusting = (
  facts: Pick<Facts, 'identities'>,
  isOfKind: (trusted: TrustedPrincipal) => boolean,
): readonly TrustSubject[] =>
  trustSubjects(facts).filter(({ trust }) => trust.kind === 'malformed' || trustedPrincipals(trust).some(isOfKind));

/** The place of a statement in its policy, as evidence. */
export const statementEvidenceOf = ({ statement: { source } }: TrustedPrincipal): Readonly<Record<string, Json>> => ({
  index: source.index,
  ...(source.sid === undefined ? {} : { sid: source.sid }),
});
