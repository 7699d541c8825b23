import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { isRole } from './subjects/last-use.ts';
import { isManagement } from './subjects/management-account.ts';
import { principals } from './subjects/principals.ts';
import { trustedCompute } from './subjects/trusted-services.ts';
import { listed } from './subjects/wording.ts';

export default defineCheck({
  id: 'management-account-workload',
  title: 'Nothing runs in the management account',
  severity: 'HIGH',
  rationale:
    'No guardrail binds the management account. What runs there, and whoever may change its code, is one mistake away from every account of the Organization; nothing has to run there.',
  standards: {
    'CIS AWS 7.0': '2.1.4',
    'NIST 800-53 r5': 'AC-6, SC-3',
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['organization', 'identities', 'access'],
  // Names of roles of what is meant to run there.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) =>
    isManagement(facts, context)
      ? principals(facts).flatMap((subject) => (isRole(subject.identity) ? [{ ...subject, role: subject.identity }] : []))
      : [],
  judge: ({ role, label, verdict }, _facts, context) => {
    // What the landing zone runs there is part of managing it.
    if (verdict.platform || context.params.allowed.includes(role.name)) return pass;
    const services = trustedCompute(role, context);
    if (services === undefined) return unknown(`the trust policy of ${role.arn} cannot be read`);
    return services.length === 0
      ? pass
      : fail(`${label} of the management account is for workloads: ${listed(services)} may act as it.`, {
          evidence: { services },
        });
  },
  remediation: ({ role }) =>
    `Move what runs as it to a member account, and delete the role. What it was used for: ${cli('iam generate-service-last-accessed-details', { arn: role.arn, granularity: 'ACTION_LEVEL' })}. If it must stay, name it under allowed of this check.`,
});
