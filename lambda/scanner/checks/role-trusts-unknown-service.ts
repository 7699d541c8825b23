import { defineCheck, fail, pass, unknown } from '../check.ts';
import type { Role } from '../facts/identity.ts';
import { accountSubject } from '../model/account-subject.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { serviceInHeadline } from '../check-support/organization/organization-subjects.ts';
import { trustChange } from '../check-support/remediation/trust-commands.ts';
import { trustSubjects, trustedPrincipals } from '../check-support/trust/trust-policies.ts';
import { unknownServices } from '../check-support/trust/unknown-services.ts';
import { joinList } from '../check-support/wording/wording.ts';

const MOST_LISTED = 50;

/** A role with the services of no table that it trusts. */
interface Trusting {
  readonly role: Role;
  readonly services: readonly string[];
  readonly isAdmin: boolean;
}

export default defineCheck({
  id: 'role-trusts-unknown-service',
  title: 'Services that IAM roles trust should be known to iam-vigil',
  severity: 'LOW',
  rationale:
    'A principal that passes a role to a service can often act as that role. iam-vigil knows how for the services in its tables. For any other service it cannot tell who can act as the role.',
  standards: { 'NIST 800-53 r5': 'AC-6' },
  needs: ['identities', 'access'],
  params: { allowed: [] as readonly string[] },
  select: (facts, context) => {
    const subjects = trustSubjects(facts);
    const trusting = subjects.flatMap(({ role, trust }): readonly Trusting[] => {
      const found = trust.kind === 'malformed' ? [] : unknownServices(trustedPrincipals(trust));
      const services = found.filter((service) => !context.params.allowed.includes(service));
      const verdict = facts.access.get(role.arn);
      return services.length === 0 ? [] : [{ role, services, isAdmin: verdict !== undefined && isAdminCapable(verdict) }];
    });
    const unread = subjects.flatMap(({ role, trust }) => (trust.kind === 'malformed' ? role.name : []));
    return [{ ...accountSubject(context), trusting, unread }];
  },
  judge: ({ trusting, unread }, _facts, { accountId }) => {
    const [first] = trusting;
    if (first === undefined)
      return unread[0] === undefined ? pass : unknown(`the trust policy of IAM role ${unread[0]} cannot be read`);
    const services = [...new Set(trusting.flatMap((role) => role.services))].sort();
    const [only = ''] = services;
    const which = services.length === 1 ? `${serviceInHeadline(only)}, which` : `${services.length} services that`;
    const roles = trusting.length === 1 ? 'a role that trusts' : `${trusting.length} roles that trust`;
    return fail(`Account ${accountId} has ${roles} ${which} iam-vigil does not know`, {
      message: inSentences(trusting),
      severity: trusting.some(({ isAdmin }) => isAdmin) ? 'MEDIUM' : 'LOW',
      evidence: {
        services,
        roles: trusting.slice(0, MOST_LISTED).map(({ role }) => role.arn),
        count: trusting.length,
      },
    });
  },
  remediation: ({ trusting: [first] }) =>
    `Update iam-vigil: a later version may know the service. Otherwise read in the user guide of the service what callers can do with a role that they pass to it. Allow iam:PassRole for the role only to principals that may act as it. Then add the service to checks.role-trusts-unknown-service.allowed in the configuration. If the role does not need the service, remove it from the trust policy. ${first === undefined ? '' : trustChange(first.role)}`.trimEnd(),
});

/** Admin roles come first. */
const inSentences = (trusting: readonly Trusting[]): string => {
  const sorted = [...trusting.filter(({ isAdmin }) => isAdmin), ...trusting.filter(({ isAdmin }) => !isAdmin)];
  const listed = sorted.slice(0, 5).map(({ role, services, isAdmin }) => {
    const what = services.length > 5 ? `${services.length} of them` : joinList(services);
    return `IAM role ${role.name}${isAdmin ? ', which is or can become admin,' : ''} trusts ${what}.`;
  });
  const more = trusting.length - listed.length;
  return [...listed, ...(more > 0 ? [`So ${more === 1 ? 'does 1 other role' : `do ${more} other roles`}.`] : [])].join(' ');
};
