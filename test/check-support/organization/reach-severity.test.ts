import { isEasilyStolen, severityOfCrossing } from '../../../lambda/scanner/check-support/organization/reach-severity.ts';
import type { Environment } from '../../../lambda/scanner/model/environment.ts';
import type { PrincipalReach } from '../../../lambda/scanner/model/reach.ts';
import type { Severity } from '../../../lambda/scanner/model/severity.ts';
import { aRole, aUser } from '../../support/builders.ts';
import { aReach } from '../../support/verdicts.ts';

const MANAGEMENT = '999988887777';
const [DEV, PROD, PROD2, TOOLS] = ['222233334444', '333344445555', '444455556666', '555566667777'];
const known: Readonly<Record<string, Environment>> = { [DEV]: 'development', [PROD]: 'production', [PROD2]: 'production' };
const context = { environmentOf: (id: string) => known[id] };

const cases: readonly (readonly [name: string, home: string, others: readonly string[], easy: boolean, Severity])[] = [
  ['a lower environment to one account', DEV, [PROD], false, 'HIGH'],
  ['a workload to one account', TOOLS, [PROD], true, 'HIGH'],
  ['neither to one account', TOOLS, [PROD], false, 'MEDIUM'],
  ['a higher environment to one account', PROD, [DEV], false, 'MEDIUM'],
  ['neither to more accounts', TOOLS, [PROD, DEV], false, 'HIGH'],
  ['a lower environment to more accounts of production', DEV, [PROD, PROD2], false, 'CRITICAL'],
  ['neither to the management account', TOOLS, [MANAGEMENT], false, 'HIGH'],
  ['a workload to the management account', TOOLS, [MANAGEMENT], true, 'CRITICAL'],
];

test.each(cases)('from %s', (_name, home, others, easy, severity) => {
  const crossing = { home, others, managementAccountId: MANAGEMENT, isEasilyStolen: easy };
  expect(severityOfCrossing(crossing, context)).toBe(severity);
});

const reach = (more: Partial<PrincipalReach> = {}): PrincipalReach => aReach('', [PROD], more);
const trusting = (Principal: Readonly<Record<string, string>>) =>
  aRole('r', { trustPolicy: { Statement: { Effect: 'Allow', Principal, Action: 'sts:*' } } });

test.each([
  ['a user without MFA', aUser('u'), reach(), true],
  ['a user with hardware MFA', aUser('u'), reach({ hasHardwareMfa: true }), false],
  ['a user with hardware MFA and an access key', aUser('u'), reach({ hasHardwareMfa: true, keys: ['AKIA'] }), true],
  ['a role of a service', trusting({ Service: 'ec2.amazonaws.com' }), reach(), true],
  ['a role of people of account access manager', trusting({ Service: 'account-access.amazonaws.com' }), reach(), false],
  [
    'a role of a pipeline',
    trusting({ Federated: 'arn:aws:iam::222233334444:oidc-provider/token.actions.githubusercontent.com' }),
    reach(),
    true,
  ],
  ['a role of federated people', trusting({ Federated: 'arn:aws:iam::222233334444:saml-provider/idp' }), reach(), false],
  ['a role that a principal assumes', trusting({ AWS: '222233334444' }), reach(), false],
  ['a role with an unreadable trust policy', aRole('r', { trustPolicy: null }), reach(), false],
])('%s is easily stolen: %s', (_name, identity, of, expected) => {
  expect(isEasilyStolen(identity, of)).toBe(expected);
});
