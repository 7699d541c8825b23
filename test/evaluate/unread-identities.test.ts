import { unreadIdentities } from '../../lambda/scanner/evaluate/unread-identities.ts';
import type { Identities } from '../../lambda/scanner/facts/identity.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aGroup, aPolicy, aRole, aUser, attached, identities } from '../support/builders.ts';

const document = { Version: '2012-10-17', Statement: [] };
const own = aPolicy('own', document);
const ann = aUser('ann');
const ops = aGroup('ops');
const app = aRole('app');
const boundaryArn = own.arn;
const text = { name: 'odd', document: 'not JSON' };
const notJson = 'the document is text that is not JSON';

test.each<[name: string, some: Partial<Identities>, unread: readonly string[]]>([
  ['nothing, where there is nothing', {}, []],
  [
    'nothing, where all was read',
    {
      users: [{ ...ann, ...attached(own), boundaryArn, groups: ['ops'], inlinePolicies: [{ name: 'inline', document }] }],
      groups: [{ ...ops, ...attached(own) }],
      roles: [{ ...app, ...attached(own), boundaryArn }],
      policies: [own],
    },
    [],
  ],
  ['an element of the answer', { users: [ann], unread: ['RoleDetailList[2]'] }, ['RoleDetailList[2]']],
  ['policies and groups of a user', { users: [{ ...ann, unreadPolicies: ['GroupList[0]'] }] }, [`GroupList[0] of ${ann.arn}`]],
  ['policies of a group', { groups: [{ ...ops, unreadPolicies: ['GroupPolicyList'] }] }, [`GroupPolicyList of ${ops.arn}`]],
  ['other parts of a role', { roles: [{ ...app, unreadParts: ['RoleLastUsed'] }] }, [`RoleLastUsed of ${app.arn}`]],
  [
    'versions of a policy',
    { policies: [{ ...own, unreadParts: ['PolicyVersionList[1]'] }] },
    [`PolicyVersionList[1] of ${own.arn}`],
  ],
  [
    'the unique ID, where the ARN stands for it',
    { users: [{ ...ann, id: ann.arn }], policies: [{ ...own, id: own.arn }] },
    [`the unique ID of ${ann.arn}`, `the unique ID of ${own.arn}`],
  ],
  [
    'an inline policy of a user',
    { users: [{ ...ann, inlinePolicies: [text] }] },
    [`the inline policy odd of ${ann.arn}: ${notJson}`],
  ],
  [
    'an inline policy of a group',
    { groups: [{ ...ops, inlinePolicies: [text] }] },
    [`the inline policy odd of ${ops.arn}: ${notJson}`],
  ],
  [
    'an inline policy of a role',
    { roles: [{ ...app, inlinePolicies: [text] }] },
    [`the inline policy odd of ${app.arn}: ${notJson}`],
  ],
  ['a trust policy', { roles: [{ ...app, trustPolicy: 'not JSON' }] }, [`the trust policy of ${app.arn}: ${notJson}`]],
  [
    'a version of a policy that is not the default one',
    { policies: [{ ...own, versions: [...own.versions, { id: 'v2', isDefault: false, document: null }] }] },
    [`version v2 of ${own.arn}: the document is not an object`],
  ],
  ['a group that the answer does not contain', { users: [{ ...ann, groups: ['ops'] }] }, [`the group ops of ${ann.arn}`]],
  [
    'a policy that the answer does not contain',
    { groups: [{ ...ops, ...attached(own) }] },
    [`the document of ${own.arn} of ${ops.arn}`],
  ],
  [
    'a permissions boundary that the answer does not contain',
    { roles: [{ ...app, boundaryArn }] },
    [`the permissions boundary ${own.arn} of ${app.arn}`],
  ],
  [
    'a permissions boundary that AWS did not return, with the reason',
    { roles: [{ ...app, boundaryArn }], unseenPolicies: new Map([[own.arn, unavailable('access was denied')]]) },
    [`the permissions boundary ${own.arn} of ${app.arn}: access was denied`],
  ],
])('unread is %s', (_name, some, unread) => {
  expect(unreadIdentities(identities(some))).toEqual(unread);
});
