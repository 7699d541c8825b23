import check from '../../lambda/scanner/checks/admin-inventory.ts';
import { aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const ann = aUser('ann');

describeCheck(check, {
  passes: {
    'an account with an admin, once': {
      identities: identities({ users: [ann] }),
      access: accessOf(aVerdict(ann.arn, 'admin')),
    },
    'an account without': {},
  },
  fails: {},
});
