import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { isRole } from './subjects/last-use.ts';
import { powerAndPath } from './subjects/powers.ts';
import { explainCommand, pathEvidence, principals, severityFor } from './subjects/principals.ts';
import { trustedCompute } from './subjects/trusted-services.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'admin-role-on-compute',
  title: 'No workload runs as a role that is admin or can become it',
  severity: 'HIGH',
  rationale:
    'Who breaks into the workload, or may change its code, has its role and with it the account. That only a service may assume the role is no protection: the service runs what it is given.',
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
    return fail(`${label} ${powerAndPath(verdict)}, and workloads may act as it: ${listed(services)}.`, {
      evidence: { services, instanceProfiles: role.instanceProfiles.map(({ arn }) => arn), ...pathEvidence(verdict) },
      severity: severityFor(verdict, 'HIGH'),
    });
  },
  remediation: ({ role, verdict }) =>
    `Find what the workload uses (${cli('iam generate-service-last-accessed-details', { arn: role.arn, granularity: 'ACTION_LEVEL' })}) and allow no more; ${explainCommand(verdict)} names the statements to take away.`,
});
