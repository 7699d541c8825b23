import check from '../../lambda/scanner/checks/sign-in-session-too-long.ts';
import type { LoginProfile } from '../../lambda/scanner/facts/login-profiles.ts';
import { collected, unavailable, type Observed } from '../../lambda/scanner/model/observed.ts';
import type { PrincipalVerdict, Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aContext, aReport, aRole, aRow, aUser, emptyAccount, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A role with sign-in sessions of so many seconds; undefined: not set. */
const role = (
  signInSeconds: number | undefined,
  verdict: Verdict = 'admin',
  more: Partial<PrincipalVerdict> = {},
  path = '/',
) => {
  const ops = aRole('ops', { path });
  return {
    identities: identities({ roles: [ops] }),
    access: accessOf(aVerdict(ops.arn, verdict, more)),
    roleSessions: new Map([['ops', { seconds: HOUR, ...(signInSeconds === undefined ? {} : { signInSeconds }) }]]),
  };
};

const user = (profile: Observed<LoginProfile | undefined> | undefined, verdict: Verdict = 'admin', passwordEnabled = true) => {
  const ann = aUser('ann');
  return {
    identities: identities({ users: [ann] }),
    access: accessOf(aVerdict(ann.arn, verdict)),
    credentialReport: aReport(aRow('ann', { passwordEnabled })),
    loginProfiles: new Map(profile === undefined ? [] : [['ann', profile]]),
  };
};

describeCheck(check, {
  passes: {
    'a role without the setting': role(undefined),
    'a role with a working day': role(8 * HOUR),
    'a role with twelve hours, which is the most': role(12 * HOUR),
    'a user without the setting': user(collected({})),
    'a user whose password is gone': user(collected(undefined)),
    'a user with twelve hours': user(collected({ signInSeconds: 12 * HOUR })),
  },
  fails: {
    'a role with 90 days': {
      given: role(90 * DAY),
      says: 'IAM role ops has administrator access with sign-in sessions of up to 90 days\nThe limit is 12 hours (parameter maxHours).',
      on: 'ops',
      severity: 'MEDIUM',
    },
    'a role with a little more': { given: role(12.5 * HOUR, 'can-become-admin'), says: 'of up to 12.5 hours' },
    'a user with a week': {
      given: user(collected({ signInSeconds: 7 * DAY })),
      says: 'IAM user ann has administrator access with sign-in sessions of up to 7 days',
      on: 'ann',
    },
    'by a limit of the configuration': { given: role(2 * HOUR), params: { maxHours: 1 }, says: 'The limit is 1 hour ' },
  },
  unknowns: {
    'a role that is newer than the list': {
      given: { ...role(undefined), roleSessions: new Map() },
      says: 'the limits on its sessions were not collected',
    },
    'a user who is newer than the list': { given: user(undefined), says: 'its login profile was not collected' },
    'a user whose login profile could not be collected': {
      given: user(unavailable('access denied', 'iam:GetLoginProfile')),
      says: 'access denied',
    },
  },
  ignores: {
    'a role that is no admin': role(90 * DAY, 'none'),
    'a role of IAM Identity Center, whose sessions the permission set ends': role(90 * DAY, 'admin', {}, '/aws-reserved/sso/'),
    'a role of the landing zone': role(90 * DAY, 'admin', { platform: true }),
    'a user that is no admin': user(collected({ signInSeconds: 90 * DAY }), 'none'),
    'a user without a password': user(undefined, 'admin', false),
  },
});

test('the next step limits the sessions', () => {
  const next = (facts: object) =>
    [...check.run({ ...emptyAccount, ...facts }, aContext({ params: { maxHours: 12 } }))].map(({ remediation }) => remediation());
  expect(next(role(90 * DAY))[0]).toContain('call iam:UpdateRole for the role ops with MaxSigninSessionDuration 43200.');
  expect(next(user(collected({ signInSeconds: 90 * DAY })))[0]).toContain(
    'call iam:UpdateLoginProfile for the user ann with MaxSigninSessionDuration 43200.',
  );
});
