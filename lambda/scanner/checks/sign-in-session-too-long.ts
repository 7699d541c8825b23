import { type Subject, defineCheck, fail, pass, unknown } from '../check.ts';
import { isOwnRole } from '../facts/identity.ts';
import { isRole } from '../check-support/credentials/last-use.ts';
import { describeUserAdminLevel, isAdminOnceSignedIn } from '../check-support/credentials/sign-in.ts';
import { consoleUsers } from '../check-support/credentials/users.ts';
import { principals } from '../check-support/principals/principals.ts';

const HOUR = 3600;

interface SignIn extends Subject {
  /** `IAM role ops has administrator access`. */
  readonly who: string;
  readonly command: (seconds: number) => string;
  /** The longest sign-in session, in seconds; undefined where the setting is not set. */
  readonly seconds: number | undefined | { readonly unseen: string };
}

export default defineCheck({
  id: 'sign-in-session-too-long',
  title: 'Maximum sign-in session duration of administrators should be limited',
  severity: 'MEDIUM',
  rationale:
    'A sign-in session to the AWS Management Console can last up to 90 days. An attacker who takes it over from a browser is an administrator for as long, without a password and without MFA.',
  standards: { 'NIST 800-53 r5': 'AC-12, IA-11', 'ISO 27001:2022': 'A.8.5', NIS2: 'Art. 21(2)(j)' },
  needs: ['identities', 'access', 'credentialReport', 'roleSessions', 'loginProfiles'],
  params: { maxHours: 12 },
  select: (facts): readonly SignIn[] => {
    const withPassword = new Set(consoleUsers(facts).map(({ user }) => user.arn));
    return principals(facts).flatMap(({ identity, verdict, label, resource }): readonly SignIn[] => {
      if (!isAdminOnceSignedIn(verdict) || verdict.platform) return [];
      const subject = { resource, principalArn: identity.arn, who: `${label} ${describeUserAdminLevel(verdict)}` };
      if (isRole(identity)) {
        if (!isOwnRole(identity)) return [];
        const limits = facts.roleSessions.get(identity.name);
        const seconds = limits === undefined ? { unseen: 'the limits on its sessions were not collected' } : limits.signInSeconds;
        return [{ ...subject, seconds, command: (limit) => limitRole(identity.name, limit) }];
      }
      if (!withPassword.has(identity.arn)) return [];
      const profile = facts.loginProfiles.get(identity.name);
      const unseen = { unseen: profile?.status === 'unavailable' ? profile.reason : 'its login profile was not collected' };
      const seconds = profile?.status === 'collected' ? profile.value?.signInSeconds : unseen;
      return [{ ...subject, seconds, command: (limit) => limitUser(identity.name, limit) }];
    });
  },
  judge: ({ who, seconds }, _facts, { params }) => {
    if (typeof seconds === 'object') return unknown(seconds.unseen);
    if (seconds === undefined || seconds <= params.maxHours * HOUR) return pass;
    return fail(`${who} with sign-in sessions of up to ${inWords(seconds)}`, {
      message: `The limit is ${inWords(params.maxHours * HOUR)} (parameter maxHours).`,
      evidence: { maxSignInSeconds: seconds },
    });
  },
  remediation: ({ command }, { params }) =>
    `To limit sign-in sessions, ${command(params.maxHours * HOUR)}. Sessions that exist already are not affected: end them too if you do not trust them.`,
});

// The AWS CLI has no option for it yet (test/contract/known.py has the version), so the step names the API.
const limitRole = (name: string, seconds: number): string =>
  `call iam:UpdateRole for the role ${name} with MaxSigninSessionDuration ${seconds}`;

const limitUser = (name: string, seconds: number): string =>
  `call iam:UpdateLoginProfile for the user ${name} with MaxSigninSessionDuration ${seconds}`;

/** A duration in days, where it is more than two of them, or in hours. */
function inWords(seconds: number): string {
  const hours = seconds / HOUR;
  if (hours > 48) return `${Number((hours / 24).toFixed(1))} days`;
  return `${Number(hours.toFixed(2))} ${hours === 1 ? 'hour' : 'hours'}`;
}
