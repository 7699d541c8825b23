import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { isOwnRole } from '../facts/identities.ts';
import { isAdminCapable } from '../model/verdict.ts';
import { isRole } from './subjects/last-use.ts';
import { powerOf } from './subjects/sign-in.ts';
import { principals } from './subjects/principals.ts';
import { guests, trustSubjects } from './subjects/trust.ts';

const HOUR = 3600;

export default defineCheck({
  id: 'admin-session-too-long',
  title: 'Sessions of admin roles are short',
  severity: 'LOW',
  rationale:
    'A session that was stolen works until it ends, whatever becomes of the credential that it was made with. Nobody needs to be admin for half a day at a stretch.',
  standards: { 'NIST 800-53 r5': 'AC-12' },
  needs: ['identities', 'access', 'roleSessions'],
  params: { maxHours: 4 },
  // The sessions of services, and those of IAM Identity Center, do not end when the role says.
  select: (facts) => {
    const assumed = new Set(
      trustSubjects(facts).flatMap(({ role, trust }) =>
        trust.kind === 'malformed' || guests(trust).some(({ principal }) => principal.type !== 'Service') ? [role.arn] : [],
      ),
    );
    return principals(facts).filter(
      ({ identity, verdict }) =>
        isRole(identity) && isOwnRole(identity) && assumed.has(identity.arn) && isAdminCapable(verdict) && !verdict.platform,
    );
  },
  judge: ({ identity, label, verdict }, { roleSessions }, { params }) => {
    const seconds = roleSessions.get(identity.name);
    if (seconds === undefined) return unknown('the length of its sessions was not listed');
    const hours = seconds / HOUR;
    if (hours <= params.maxHours) return pass;
    return fail(`${label}, which ${powerOf(verdict)}, gives sessions of up to ${hours} hours, more than ${params.maxHours}.`, {
      evidence: { maxSessionSeconds: seconds },
    });
  },
  remediation: ({ identity }, { params }) =>
    `Whoever asks for longer sessions of the role is refused from then on, so look for DurationSeconds in what assumes it first: ${cli('iam update-role', { 'role-name': identity.name, 'max-session-duration': String(params.maxHours * HOUR) })}`,
});
