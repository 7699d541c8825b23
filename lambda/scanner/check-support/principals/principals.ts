import type { Subject } from '../../check.ts';
import { shellQuote } from '../../model/command.ts';
import type { Identities, Role, User } from '../../facts/identity.ts';
import type { Json } from '../../model/json.ts';
import type { Severity } from '../../model/severity.ts';
import { STEPS_TOLD, leftOutSteps } from '../../model/told-path.ts';
import type { PrincipalVerdict } from '../../model/verdict.ts';
import { memoizeByFacts } from './memoize-by-facts.ts';
import { userResource } from '../credentials/users.ts';

/** A user or role with its verdict. */
export interface PrincipalSubject extends Subject {
  readonly identity: User | Role;
  readonly verdict: PrincipalVerdict;
  /** How a headline names it: `IAM user ann`. */
  readonly label: string;
  /** Every identity of the account, among them the policies of this one. */
  readonly identities: Identities;
}

/** Roles that only an AWS service can assume. The account cannot change them, so there is nothing to fix in them. */
const isServiceLinked = ({ path }: Role) => path.startsWith('/aws-service-role/');

/** Every user and role that has a verdict, except service-linked roles. */
export const principals = memoizeByFacts(['access'], ({ identities, access }): readonly PrincipalSubject[] => {
  const users = identities.users.map((user) => ({
    identity: user,
    resource: userResource(user),
    label: `IAM user ${user.name}`,
  }));
  const roles = identities.roles
    .filter((role) => !isServiceLinked(role))
    .map((role) => ({ identity: role, resource: roleResource(role), label: `IAM role ${role.name}` }));
  return [...users, ...roles].flatMap((subject) => {
    const verdict = access.get(subject.identity.arn);
    return verdict ? [{ ...subject, verdict, identities }] : [];
  });
});

/** A role as the resource of a finding. */
export const roleResource = ({ arn, name, id }: Role): Subject['resource'] => ({ type: 'AwsIamRole', arn, name, id });

/** The severity of a finding on a principal. Roles of the landing zone rank low: the account needs them. */
export const severityFor = ({ platform }: PrincipalVerdict, severity: Severity): Severity => (platform ? 'LOW' : severity);

/** The path as the evidence of a finding. */
export const pathEvidence = ({
  path,
  conditions,
}: Pick<PrincipalVerdict, 'path' | 'conditions'>): Readonly<Record<string, Json>> => ({
  path: path.slice(0, STEPS_TOLD).map(({ rule, aliases, actions, from, to, statements }) => ({
    rule,
    aliases,
    actions,
    from,
    to,
    statements: statements.map(({ policy, index, sid }) => ({ policy, index, ...(sid === undefined ? {} : { sid }) })),
  })),
  ...leftOutSteps(path),
  ...(conditions.length > 0 ? { conditions: conditions.map(({ text, controlledBy }) => ({ text, controlledBy })) } : {}),
});

/** The command of iam-vigil that shows every statement of the path, and the fewest to remove. */
export const explainCommandFor = ({ arn }: PrincipalVerdict): string => `iam-vigil explain ${shellQuote(arn)}`;

export { pathInWords } from '../../model/path-in-words.ts';
