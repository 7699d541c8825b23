import check from '../../lambda/scanner/checks/policy-document-unreadable.ts';
import { aGroup, aRole, aUser, identities } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const readable = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } };
const managed = (document: string | typeof readable, isDefault = true) => ({
  name: 'Reports',
  id: 'ANPA1',
  arn: 'arn:aws:iam::111122223333:policy/Reports',
  path: '/',
  attachmentCount: 1,
  boundaryUsageCount: 0,
  versions: [
    { id: 'v1', isDefault, document },
    { id: 'v2', isDefault: !isDefault, document: readable },
  ],
});
const inline = (document: string) => ({ inlinePolicies: [{ name: 'p', document }] });

describeCheck(check, {
  passes: {
    'readable documents everywhere': {
      identities: identities({
        users: [aUser('ann', { inlinePolicies: [{ name: 'p', document: readable }] })],
        roles: [aRole('app')],
      }),
    },
    'only a version that is not the default is broken': { identities: identities({ policies: [managed('{', false)] }) },
  },
  fails: {},
  ignores: { 'an account without documents': { identities: identities({ users: [aUser('ann')] }) } },
  unknowns: {
    'an inline policy of a user': {
      given: { identities: identities({ users: [aUser('ann', inline('{"Statement":'))] }) },
      says: /inline policy p of .*ann cannot be read/,
      on: 'ann',
    },
    'an inline policy of a group': {
      given: { identities: identities({ groups: [aGroup('ops', inline('x'))] }) },
      says: 'not JSON',
      on: 'ops',
    },
    'a trust policy': {
      given: { identities: identities({ roles: [aRole('app', { trustPolicy: 'x' })] }) },
      says: 'trust policy',
      on: 'app',
    },
    'an element of the answer': {
      given: { identities: { ...identities({}), unread: ['RoleDetailList[3]'] } },
      says: 'RoleDetailList[3] cannot be read',
      on: '111122223333',
    },
    'an attached policy of a user': {
      given: { identities: identities({ users: [aUser('ann', { unreadPolicies: ['AttachedManagedPolicies[0]'] })] }) },
      says: /AttachedManagedPolicies\[0\] of .*user\/ann cannot be read/,
      on: 'ann',
    },
    'the tags of a role': {
      given: { identities: identities({ roles: [aRole('app', { unreadParts: ['Tags'] })] }) },
      says: /Tags of .*role\/app cannot be read/,
      on: 'app',
    },
    'a version of a managed policy': {
      given: { identities: identities({ policies: [{ ...managed(readable), unreadParts: ['PolicyVersionList[1]'] }] }) },
      says: 'PolicyVersionList[1] of arn:aws:iam::111122223333:policy/Reports',
      on: 'Reports',
    },
    'a managed policy': {
      given: { identities: identities({ policies: [managed('x')] }) },
      says: 'policy/Reports',
      on: 'Reports',
    },
  },
});
