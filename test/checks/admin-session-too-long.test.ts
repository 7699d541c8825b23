import check from '../../lambda/scanner/checks/admin-session-too-long.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aTrustingRole, letting } from '../support/trust.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const HOUR = 3600;
const service = { Service: 'lambda.amazonaws.com' };

/** A role with sessions of so many hours. */
const role = (hours: number, verdict: Verdict = 'admin', principal: Json = { AWS: ACCOUNT }, path = '/') => {
  const ops = aTrustingRole('ops', [letting(principal)], { path, arn: `arn:aws:iam::${ACCOUNT}:role${path}ops` });
  return {
    identities: identities({ roles: [ops] }),
    access: accessOf(aVerdict(ops.arn, verdict)),
    roleSessions: new Map([['ops', { seconds: hours * HOUR }]]),
  };
};

describeCheck(check, {
  passes: { 'an hour': role(1), 'four hours, which is the most': role(4) },
  fails: {
    'half a day': {
      given: role(12),
      says: 'IAM role ops has administrator access with sessions of up to 12 hours\nThe limit is 4 hours (parameter maxHours).',
      on: 'ops',
      severity: 'LOW',
    },
    'half a day, of a role that can escalate': {
      given: role(12, 'can-become-admin'),
      says: 'can escalate to administrator with sessions',
    },
    'a little more than four hours': { given: role(4.25), says: '4.25 hours' },
    'by a limit of the configuration': { given: role(2), says: 'The limit is 1 hour ', params: { maxHours: 1 } },
    'of a role for a service and for people': { given: role(12, 'admin', { ...service, AWS: ACCOUNT }), says: '12 hours' },
  },
  ignores: {
    'a role that is no admin': role(12, 'none'),
    'a role for services alone, to whose sessions the maximum does not apply': role(12, 'admin', service),
    'a role of IAM Identity Center, whose sessions the permission set ends': role(
      12,
      'admin',
      { AWS: ACCOUNT },
      '/aws-reserved/sso/',
    ),
    'a role that the landing zone made': {
      ...role(12),
      access: accessOf(aVerdict(`arn:aws:iam::${ACCOUNT}:role/ops`, 'admin', { platform: true })),
    },
  },
  unknowns: {
    'a role that is newer than the list': {
      given: { ...role(1), roleSessions: new Map() },
      says: 'its maximum session duration was not collected',
    },
  },
});
