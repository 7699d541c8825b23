import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { isOwnRole } from '../facts/identity.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { isRole } from '../check-support/credentials/last-use.ts';
import { describeAdminLevel } from '../check-support/wording/admin-level.ts';
import { principals } from '../check-support/principals/principals.ts';
import { trustedPrincipals, trustSubjects } from '../check-support/trust/trust-policies.ts';

const HOUR = 3600;

export default defineCheck({
  id: 'admin-session-too-long',
  title: 'Maximum session duration of admin roles should be limited',
  severity: 'LOW',
  rationale:
    'Stolen session credentials work until the session expires, even if the credential that started the session is removed.',
  standards: { 'NIST 800-53 r5': 'AC-12' },
  needs: ['identities', 'access', 'roleSessions'],
  params: { maxHours: 4 },
  // The maximum session duration does not apply to sessions of AWS services, nor to those of IAM Identity Center.
  select: (facts) => {
    const assumed = new Set(
      trustSubjects(facts).flatMap(({ role, trust }) =>
        trust.kind === 'malformed' || trustedPrincipals(trust).some(({ principal }) => principal.type !== 'Service')
          ? [role.arn]
          : [],
      ),
    );
    return principals(facts).filter(
      ({ identity, verdict }) =>
        isRole(identity) && isOwnRole(identity) && assumed.has(identity.arn) && isAdminCapable(verdict) && !verdict.platform,
    );
  },
  judge: ({ identity, label, verdict }, { roleSessions }, { params }) => {
    const seconds = roleSessions.get(identity.name)?.seconds;
    if (seconds === undefined) return unknown('its maximum session duration was not collected');
    const hours = seconds / HOUR;
    if (hours <= params.maxHours) return pass;
    return fail(`${label} ${describeAdminLevel(verdict)} with sessions of up to ${hours} hours`, {
      message: `The limit is ${params.maxHours} ${params.maxHours === 1 ? 'hour' : 'hours'} (parameter maxHours).`,
      evidence: { maxSessionSeconds: seconds },
    });
  },
  remediation: ({ identity }, { params }) =>
    `Requests for longer sessions of the role fail afterwards. First look for DurationSeconds in the programs that assume it. Then limit it: ${cli('iam update-role', { 'role-name': identity.name, 'max-session-duration': String(params.maxHours * HOUR) })}`,
});
