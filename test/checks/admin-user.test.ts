import check from '../../lambda/scanner/checks/admin-user.ts';
import { aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const ann = aUser('ann');
const ops = aRole('ops');
const behind = (...keys: readonly string[]) =>
  aVerdict(ann.arn, 'conditional', {
    would: 'admin',
    conditions: keys.map((key) => ({ key, controlledBy: 'environment', text: key })),
  });
const emergency = aUser('break-glass-1', { tags: new Map([['break-glass', 'true']]) });

describeCheck(check, {
  passes: {
    'an administrator with MFA, with a tag or by a policy that could not be read': {
      identities: identities({ users: [ann] }),
      access: accessOf(behind('aws:multifactorauthpresent', 'aws:principaltag/team', 'policy:own')),
    },
    'a user that can only escalate': {
      identities: identities({ users: [ann] }),
      access: accessOf(aVerdict(ann.arn, 'can-become-admin')),
    },
  },
  fails: {
    'a user with administrator access from one address': {
      given: { identities: identities({ users: [ann] }), access: accessOf(behind('aws:sourceip')) },
      says: 'IAM user ann has administrator access from some networks',
    },
    'a user with administrator access until some time, in a VPC': {
      given: {
        identities: identities({ users: [ann] }),
        access: accessOf(
          aVerdict(ann.arn, 'conditional', {
            would: 'admin',
            conditions: [
              { key: 'aws:sourcevpc', controlledBy: 'environment', text: 'VPC' },
              { key: 'aws:tokenissuetime', controlledBy: 'time', text: 'time' },
            ],
          }),
        ),
      },
      says: 'IAM user ann has administrator access from some networks at some times',
    },
    'a user with administrator access': {
      given: { identities: identities({ users: [ann] }), access: accessOf(aVerdict(ann.arn, 'admin')) },
      says: 'IAM user ann has administrator access',
      on: 'ann',
      severity: 'MEDIUM',
    },
  },
  ignores: {
    'a role': { identities: identities({ roles: [ops] }), access: accessOf(aVerdict(ops.arn, 'admin')) },
    'a break-glass user': {
      identities: identities({ users: [emergency] }),
      access: accessOf(aVerdict(emergency.arn, 'admin')),
    },
  },
});
