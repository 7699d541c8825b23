import check from '../../lambda/scanner/checks/admin-unused.ts';
import type { CredentialReportRow } from '../../lambda/scanner/facts/credential-report.ts';
import type { Role, User } from '../../lambda/scanner/facts/identity.ts';
import type { PrincipalVerdict, Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aReport, aReportedKey, aRole, aRow, aUser, daysAgo, identities, NOW } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const role = (some: Partial<Role>, verdict: Verdict = 'admin', more: Partial<PrincipalVerdict> = {}) => {
  const app = aRole('app', some);
  return { identities: identities({ roles: [app] }), access: accessOf(aVerdict(app.arn, verdict, more)) };
};
const user = (row: Partial<CredentialReportRow> | undefined, some: Partial<User> = {}, verdict: Verdict = 'admin') => {
  const ann = aUser('ann', some);
  return {
    identities: identities({ users: [ann] }),
    access: accessOf(aVerdict(ann.arn, verdict)),
    credentialReport: aReport(...(row ? [aRow('ann', row)] : [])),
  };
};
const used = (days: number) => aReportedKey({ lastUsed: daysAgo(days) });
const unusedKey = aReportedKey({ lastUsed: 'never' });

describeCheck(check, {
  passes: {
    'a role used ninety days ago': role({ lastUsedAt: daysAgo(90) }),
    'a role younger than the limit': role({ createdAt: daysAgo(90) }),
    'a user who signed in lately': user({ passwordLastUsed: daysAgo(3), keys: [used(300), unusedKey] }),
    'a user whose second key is in use, which some do not look at': user({ keys: [unusedKey, used(3)] }),
    'a user who is too young, and not in the report': user(undefined, { createdAt: NOW }),
    'a use that the report tells, where it does not tell another': user({
      passwordLastUsed: 'unsupported',
      keys: [used(3), unusedKey],
    }),
  },
  fails: {
    'an admin from one address, unused': {
      given: role({ lastUsedAt: daysAgo(91) }, 'conditional', {
        would: 'can-become-admin',
        conditions: [{ key: 'aws:sourceip', controlledBy: 'environment', text: 'address' }],
      }),
      says: 'IAM role app can escalate to administrator from some networks and was last used 91 days ago',
    },
    'a role used ninety-one days ago': {
      given: role({ lastUsedAt: daysAgo(91) }),
      says: 'IAM role app has administrator access and was last used 91 days ago',
      on: 'app',
      severity: 'MEDIUM',
    },
    'a role without a recorded use, which other tools pass as having no data': {
      given: role({ createdAt: daysAgo(91) }),
      says: 'IAM role app has administrator access and has no recorded use\nIt was created 91 days ago. AWS records the last use of a role for 400 days.',
    },
    'a role whose age is not known': {
      given: { ...role({}), identities: identities({ roles: [ageless(aRole('app'))] }) },
      says: /has no recorded use\nAWS records the last use of a role for 400 days\.$/,
    },
    'one that can escalate': {
      given: role({ lastUsedAt: daysAgo(200) }, 'can-become-admin'),
      says: 'IAM role app can escalate to administrator and was last used 200 days ago',
    },
    'one that can grant administrator access': {
      given: role({ lastUsedAt: daysAgo(200) }, 'can-grant-admin'),
      says: 'IAM role app can grant administrator access and was last used',
    },
    'a user, by the last use of any credential': {
      given: user({ passwordLastUsed: daysAgo(200), keys: [used(100), used(300)] }),
      says: 'IAM user ann has administrator access and was last used 100 days ago',
      on: 'ann',
    },
    'a user that was never used': {
      given: user({ passwordEnabled: true }),
      says: /IAM user ann has administrator access and has no recorded use\nIt was created 1095 days ago\.$/,
    },
    'a limit of one’s own': {
      given: role({ lastUsedAt: daysAgo(31) }),
      params: { maxUnusedDays: 30 },
      says: '31 days ago',
    },
  },
  ignores: {
    'one without a path to admin': role({}, 'none'),
    'one that is admin only under conditions': role({}, 'conditional'),
    'a role of the platform': role({}, 'admin', { platform: true }),
    'a break-glass user, which is expected to be unused': user({}, { tags: new Map([['break-glass', 'true']]) }),
  },
  unknowns: {
    'a user that the report does not contain': { given: user(undefined), says: 'not in the credential report', on: 'ann' },
    'a user for which the report has no data': {
      given: user({ passwordLastUsed: 'unsupported' }),
      says: 'does not show when the user was last used',
    },
  },
});

function ageless({ createdAt: _, ...rest }: Role): Role {
  return rest;
}
