import { type AccountSpec, allow, deny, describeVerdicts, iam, type Statement, trusts, when } from './support.ts';

const alice = 'user/alice';
const become = 'can-become-admin';
const ofStates = (region?: string): Statement =>
  trusts({ Service: region === undefined ? 'states.amazonaws.com' : `states.${region}.amazonaws.com` });
const denied = (statement: Statement): Statement => ({ ...statement, Effect: 'Deny' });
const inRegion = (region: string): Statement => when('StringEquals', 'aws:RequestedRegion', region);

/** A user who may do this, and an admin role with this trust policy. */
const account = (trust: readonly Statement[], ...can: readonly Statement[]): AccountSpec => ({
  users: { alice: { can } },
  roles: { admin: { trust, can: [allow('*')] } },
});
const pass = allow('iam:PassRole', iam('role/admin'));
const calls = ['states:CreateStateMachine', 'states:StartExecution'];
const passing = (...trust: readonly Statement[]): AccountSpec => account(trust, pass, allow(calls));
const west = ofStates('eu-west-1');
const machine = (region: string): string => `arn:aws:states:${region}:111122223333:*`;

describeVerdicts('a service principal with a Region is the service there', {
  'a role for one Region': [passing(west), alice, become],
  'a role for a Region that must be enabled': [passing(ofStates('ap-east-1')), alice, become],
  'a role for two services, one with a Region': [
    passing(trusts({ Service: ['events.amazonaws.com', 'states.us-west-2.amazonaws.com'] })),
    alice,
    become,
  ],
  'another service in the Region': [passing(trusts({ Service: 'codedeploy.eu-west-1.amazonaws.com' })), alice, 'none'],
  'the role is passed to the service, whatever its Region': [
    account([west], { ...pass, ...when('StringEquals', 'iam:PassedToService', 'states.amazonaws.com') }, allow(calls)),
    alice,
    become,
  ],
  'an existing state machine': [
    account([west], allow(['states:UpdateStateMachine', 'states:StartExecution'])),
    alice,
    'conditional: can-become-admin',
  ],
  'an action that is not judged': [
    account([trusts({ Service: 'newservice.eu-west-1.amazonaws.com' })], pass, allow('newservice:CreateThing')),
    alice,
    'conditional: can-become-admin',
  ],
});

describeVerdicts('a Region denied leaves the others', {
  'the service is denied in one Region': [passing(ofStates(), denied(west)), alice, become],
  'the only Region is denied': [passing(west, denied(west)), alice, 'none'],
  'another Region is denied': [passing(west, denied(ofStates('us-east-1'))), alice, become],
  'the service is denied everywhere': [passing(west, denied(ofStates())), alice, 'none'],
});

describeVerdicts('the calls are made in the Region of the service principal', {
  'calls are allowed there': [account([west], pass, allow(calls, '*', inRegion('eu-west-1'))), alice, become],
  'calls are allowed elsewhere': [account([west], pass, allow(calls, '*', inRegion('us-east-1'))), alice, 'none'],
  'resources are allowed there': [account([west], pass, allow(calls, machine('eu-west-1'))), alice, become],
  'resources are allowed elsewhere': [account([west], pass, allow(calls, machine('us-east-1'))), alice, 'none'],
  'other Regions are denied': [
    account([west], pass, allow(calls), deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', 'us-east-1', 'us-west-2'))),
    alice,
    'none',
  ],
  'the service is trusted there and in other Regions': [
    account([west, ofStates()], pass, allow(calls, '*', inRegion('us-east-1'))),
    alice,
    become,
  ],
  'of two Regions, calls are allowed in the second': [
    account([west, ofStates('us-east-1')], pass, allow(calls, '*', inRegion('us-east-1'))),
    alice,
    become,
  ],
  'of two Regions, each call is allowed in another': [
    account(
      [west, ofStates('us-east-1')],
      pass,
      allow('states:CreateStateMachine', '*', inRegion('us-east-1')),
      allow(['states:StartExecution', 'states:StartSyncExecution'], '*', inRegion('eu-west-1')),
    ),
    alice,
    'none',
  ],
  'an update is allowed elsewhere': [
    account([west], allow(['states:UpdateStateMachine', 'states:StartExecution'], '*', inRegion('us-east-1'))),
    alice,
    'none',
  ],
});
