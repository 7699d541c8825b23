import check from '../../lambda/scanner/checks/admin-user.ts';
import { aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const ann = aUser('ann');
const ops = aRole('ops');
const emergency = aUser('break-glass-1', { tags: new Map([['break-glass', 'true']]) });

describeCheck(check, {
  passes: {
    'a user that can only escalate': {
      identities: identities({ users: [ann] }),
      access: accessOf(aVerdict(ann.arn, 'can-become-admin')),
    },
  },
  fails: {
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
