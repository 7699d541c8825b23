import check from '../../lambda/scanner/checks/ai-opt-out-missing.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ROOT } from '../support/organization.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';

const A = '222233334444';
const accounts = { [A]: ['ou-ab12-work'] };
const assign = (value: string, service = 'default'): Json => ({
  services: { [service]: { opt_out_policy: { '@@assign': value } } },
});
const given = (Content: Json, target = ROOT, Name = 'NoTraining') =>
  ofOrganization({
    accounts,
    parts: {
      AiOptOutPolicies: [{ PolicySummary: { Id: 'p-ai', Name }, Content, Targets: [{ TargetId: target }] }],
    },
  });

describeCheck(check, {
  passes: {
    'a policy at the root': given(assign('optOut')),
    'a policy of the organizational unit': given(assign('optOut'), 'ou-ab12-work'),
    'a policy of the account, as text': given(JSON.stringify(assign('optOut')), A),
  },
  fails: {
    'no policy': {
      given: ofOrganization({ accounts }),
      says: `No AI services opt-out policy applies to organizational unit ou-ab12-work (organization of ${ACCOUNT})\nAWS may store and use content of account ${A} `,
      severity: 'LOW',
    },
    'a policy that opts in': { given: given(assign('optIn')), says: 'No AI services opt-out policy' },
    'a policy for one service': { given: given(assign('optOut', 'lex')), says: 'No AI services opt-out policy' },
    'a policy of another unit': { given: given(assign('optOut'), 'ou-ab12-other'), says: 'No AI services opt-out policy' },
  },
  ignores: { 'an organization with only a management account': ofOrganization({}) },
  unknowns: {
    'policies that could not be listed': {
      given: withParts({ AiOptOutPolicies: undefined }),
      says: 'AiOptOutPolicies: access was denied',
    },
    'a policy whose content could not be read': {
      given: given({ status: 'unavailable', reason: 'access was denied' }),
      says: 'the policy NoTraining could not be read',
    },
    'a policy without a name whose content could not be read': {
      given: given({ status: 'unavailable', reason: 'access was denied' }, ROOT, ''),
      says: 'the policy p-ai could not be read',
    },
  },
});
