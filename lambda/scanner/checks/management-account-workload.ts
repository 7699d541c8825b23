import { defineCheck, fail, pass, unknown } from '../check.ts';
import { shellQuote } from '../model/command.ts';
import { isRole } from '../check-support/credentials/last-use.ts';
import { isManagement } from '../check-support/organization/management-account.ts';
import { principals } from '../check-support/principals/principals.ts';
import { trustedCompute } from '../check-support/principals/trusted-services.ts';
import { usageCommands } from '../check-support/remediation/usage-report.ts';
import { joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'management-account-workload',
  title: 'Workloads should not run in the management account',
  severity: 'HIGH',
  rationale:
    'SCPs do not restrict the management account, and its administrators control every account of the organization. A vulnerable workload there, or a principal that can change its code, puts all accounts at risk. Workloads can run in a member account instead.',
  standards: {
    'NIST 800-53 r5': 'AC-6, SC-3',
    'ISO 27001:2022': 'A.8.2',
    NIS2: 'Art. 21(2)(i)',
  },
  needs: ['organization', 'identities', 'access'],
  // Names of the roles of approved workloads.
  params: { allowed: [] as readonly string[] },
  select: (facts, context) =>
    isManagement(facts, context)
      ? principals(facts).flatMap((subject) => (isRole(subject.identity) ? [{ ...subject, role: subject.identity }] : []))
      : [],
  judge: ({ role, verdict }, _facts, context) => {
    // Workloads of the landing zone are part of managing the organization.
    if (verdict.platform || context.params.allowed.includes(role.name)) return pass;
    const services = trustedCompute(role, context);
    if (services === undefined) return unknown(`the trust policy of ${role.arn} cannot be read`);
    return services.length === 0
      ? pass
      : fail(
          `IAM role ${role.name} in the management account can be assumed by ${services.length === 1 ? joinList(services) : `${services.length} workload services`}`,
          {
            ...(services.length === 1 ? {} : { message: `The services are ${joinList(services)}.` }),
            evidence: { services },
          },
        );
  },
  remediation: ({ role }) =>
    `Move the workload that uses the role to a member account, then delete the role. To see what the role was used for: ${usageCommands(role.arn)}. If the workload must stay, add ${shellQuote(role.name)} to checks.management-account-workload.allowed in the configuration.`,
});
