import check from '../../lambda/scanner/checks/role-trusts-deleted-principal.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aTrustingRole, letting } from '../support/trust.ts';

const trusting = (principal: Json) => ({
  identities: identities({ users: [aUser('ann')], roles: [aTrustingRole('app', [letting(principal)])] }),
});

describeCheck(check, {
  ignores: {
    'a role for the account': trusting({ AWS: ACCOUNT }),
  },
  passes: {
    'the unique id of a user that there is': trusting({ AWS: 'AIDAANN' }),
    'a user by name, even one that begins like an id': trusting({ AWS: `arn:aws:iam::${ACCOUNT}:user/AIDAANN` }),
  },
  fails: {
    'the unique id of a deleted role': {
      given: trusting({ AWS: 'AROAXB6VVG4ITMEXAMPLE' }),
      says: 'Role app trusts what was deleted since: AROAXB6VVG4ITMEXAMPLE.',
      on: 'app',
      severity: 'LOW',
    },
    'that of a deleted user, beside an account': {
      given: trusting({ AWS: [ACCOUNT, 'AIDAXB6VVG4ITMEXAMPLE'] }),
      says: 'AIDAXB6',
    },
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: { identities: identities({ roles: [aTrustingRole('app', [], { trustPolicy: null })] }) },
      says: 'its trust policy cannot be read',
    },
  },
});
