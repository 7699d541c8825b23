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
    'the unique ID of an existing user': trusting({ AWS: 'AIDAANN' }),
    'a user by name, even one that looks like an ID': trusting({ AWS: `arn:aws:iam::${ACCOUNT}:user/AIDAANN` }),
  },
  fails: {
    'the unique ID of a deleted role': {
      given: trusting({ AWS: 'AROAXB6VVG4ITMEXAMPLE' }),
      says: /^IAM role app trusts deleted principal AROAXB6VVG4ITMEXAMPLE$/m,
      on: 'app',
      severity: 'LOW',
    },
    'that of a deleted user, next to an account': {
      given: trusting({ AWS: [ACCOUNT, 'AIDAXB6VVG4ITMEXAMPLE'] }),
      says: 'AIDAXB6',
    },
    'those of two deleted principals': {
      given: trusting({ AWS: ['AROAXB6VVG4ITMEXAMPLE', 'AIDAXB6VVG4ITMEXAMPLE'] }),
      says: 'IAM role app trusts 2 deleted principals\nNo user or role has the IDs AROAXB6VVG4ITMEXAMPLE and AIDAXB6VVG4ITMEXAMPLE.',
    },
  },
  unknowns: {
    'a trust policy that cannot be read': {
      given: { identities: identities({ roles: [aTrustingRole('app', [], { trustPolicy: null })] }) },
      says: 'its trust policy cannot be read',
    },
  },
});
