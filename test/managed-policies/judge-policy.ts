import { existingComputeTechniques } from '../../lambda/scanner/techniques/existing/index.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { PrincipalVerdict } from '../../lambda/scanner/model/verdict.ts';
import { ADMINISTRATOR, type AccountSpec, type RoleSpec, judge, trusts } from '../escalation/support.ts';

/** Every service by which a technique acts as a role. */
const services = new Set([...passRoleTechniques, ...existingComputeTechniques].map(({ service }) => service));

const trustIn = (service: string) =>
  service.startsWith('cognito-identity')
    ? trusts({ Federated: service }, { Action: 'sts:AssumeRoleWithWebIdentity' })
    : trusts({ Service: service });

/** An admin role for each service, in an instance profile. */
const adminRoles: Readonly<Record<string, RoleSpec>> = Object.fromEntries(
  [...services].map((service) => [
    `admin-of-${service.replace('.amazonaws.com', '')}`,
    { attached: [ADMINISTRATOR], trust: [trustIn(service)], profile: true },
  ]),
);

/** The verdict of a user with this one policy, in an account that has an admin role for each service. */
export function judgePolicy(arn: string, document: Json): PrincipalVerdict {
  const account: AccountSpec = {
    users: { ursula: { attached: [arn] } },
    roles: adminRoles,
    maybeInOrganization: true,
    ...(arn === ADMINISTRATOR ? {} : { policies: { [arn]: { document } } }),
  };
  return judge(account, 'user/ursula');
}
