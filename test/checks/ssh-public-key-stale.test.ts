import check from '../../lambda/scanner/checks/ssh-public-key-stale.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { aContext, aUser, daysAgo, emptyAccount, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const ann = aUser('ann');
const user = (verdict: Verdict) => ({
  identities: identities({ users: [ann] }),
  access: accessOf(aVerdict(ann.arn, verdict)),
});
const withKey = (verdict: Verdict, days: number, active = true) => ({
  ...user(verdict),
  sshPublicKeys: seen({ ann: [{ id: 'APKA1', active, uploadedAt: daysAgo(days) }] }),
});

describeCheck(check, {
  ignores: {
    'the key of a user without administrator access': withKey('none', 400),
    'an inactive key': withKey('admin', 400, false),
    'an administrator without keys': { ...user('admin'), sshPublicKeys: seen({ ann: [] }) },
  },
  passes: { 'a key of 90 days': withKey('admin', 90) },
  fails: {
    'a key of 91 days': {
      given: withKey('admin', 91),
      says: 'IAM user ann has administrator access and has an SSH public key that is 91 days old\nKey APKA1 is older than 90 days.',
      on: 'ann',
      severity: 'MEDIUM',
    },
    'the key of a user who can escalate to administrator': {
      given: withKey('can-become-admin', 91),
      says: 'IAM user ann can escalate to administrator and has an SSH public key',
    },
    'a threshold from the configuration': {
      given: withKey('admin', 31),
      says: 'that is 31 days old\nKey APKA1 is older than 30 days',
      params: { maxAgeDays: 30 },
    },
  },
  unknowns: {
    'keys that AWS refused to list': {
      given: { ...user('admin'), sshPublicKeys: new Map([['ann', unavailable('access denied', 'iam:ListSSHPublicKeys')]]) },
      says: 'access denied',
    },
    'keys that were not listed': { given: user('admin'), says: 'were not listed' },
  },
});

test('the next step names the key', () => {
  const context = aContext({ params: check.params });
  const steps = (facts: Parameters<typeof check.run>[0]) =>
    [...check.run(facts, context)].map(({ remediation }) => remediation());
  expect(steps({ ...emptyAccount, ...withKey('admin', 91) }).join()).toMatch(
    /aws iam update-ssh-public-key --user-name ann --ssh-public-key-id APKA1 --status Inactive$/,
  );
});
