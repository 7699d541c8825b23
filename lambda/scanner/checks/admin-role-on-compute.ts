import { defineCheck, fail, pass, unknown } from '../check.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { isRole } from '../check-support/credentials/last-use.ts';
import { pathRemoval } from '../check-support/remediation/path-removal.ts';
import { usageCommands } from '../check-support/remediation/usage-report.ts';
import { describeAdminLevel } from '../check-support/wording/admin-level.ts';
import { pathEvidence, pathInWords, principals, severityFor } from '../check-support/principals/principals.ts';
import { trustedCompute } from '../check-support/principals/trusted-services.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'admin-role-on-compute',
  title: 'Compute workloads should not use roles with a path to admin',
  severity: 'HIGH',
  rationale:
    'An attacker who compromises the workload, or may change its code, gets the credentials of its role. A trust policy for a service alone does not prevent that: the service runs the code that it is given.',
  standards: { 'NIST 800-53 r5': 'AC-6, AC-6(5)', 'ISO 27001:2022': 'A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: (facts) =>
    principals(facts).flatMap((subject) =>
      isRole(subject.identity) && isAdminCapable(subject.verdict) ? [{ ...subject, role: subject.identity }] : [],
    ),
  judge: ({ role, label, verdict }, _facts, context) => {
    const services = trustedCompute(role, context);
    if (services === undefined) return unknown(`the trust policy of ${role.arn} cannot be read`);
    if (services.length === 0) return pass;
    const path = pathInWords(verdict);
    return fail(`${label} ${describeAdminLevel(verdict)} and workloads can use it`, {
      message: `The trust policy allows ${joinList(services)}.${path === '' ? '' : ` Path: ${path}.`}`,
      evidence: { services, instanceProfiles: role.instanceProfiles.map(({ arn }) => arn), ...pathEvidence(verdict) },
      severity: severityFor(verdict, 'HIGH'),
    });
  },
  remediation: (subject) =>
    `Allow the role only what the workload uses. To see what it used: ${usageCommands(subject.role.arn)}. ${pathRemoval(subject)}`,
});
