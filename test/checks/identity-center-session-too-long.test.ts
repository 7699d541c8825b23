import check from '../../lambda/scanner/checks/identity-center-session-too-long.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { describeCheck } from '../support/check-tester.ts';
import { withParts } from '../support/organization-given.ts';

const managed = (name: string) => ({ ManagedPolicies: [{ Name: name, Arn: `arn:aws:iam::aws:policy/${name}` }] });
const admin = managed('AdministratorAccess');
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const set = (SessionDuration: string | undefined, more: Readonly<Record<string, Json>> = admin) =>
  withParts({
    PermissionSets: [
      {
        ...{ PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', Name: 'Ops' },
        ...(SessionDuration === undefined ? {} : { SessionDuration }),
        ...more,
      },
    ],
  });
const readOnly = managed('ReadOnlyAccess');
const boundary = (name: string) => ({ PermissionsBoundary: { ManagedPolicyArn: `arn:aws:iam::aws:policy/${name}` } });

describeCheck(check, {
  passes: {
    'four hours': set('PT4H'),
    'an hour, where AWS does not say': set(undefined),
    'twelve hours of somebody who may read': set('PT12H', readOnly),
    'minutes count': set('PT3H59M'),
    'an empty inline policy is none': set('PT12H', { ...readOnly, InlinePolicy: '' }),
    'inline rights that are few': set('PT12H', {
      InlinePolicy: { ...everything, Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] },
    }),
  },
  fails: {
    'twelve hours of an admin': {
      given: set('PT12H'),
      says: 'A session of permission set Ops, whose holders are admins, lasts 12 hours, and should end after 4',
      severity: 'MEDIUM',
    },
    'a minute more': { given: set('PT4H1M'), says: 'lasts' },
    'a day': { given: set('P1D'), says: 'lasts 24 hours' },
    'who may do all of IAM makes itself admin': { given: set('PT8H', managed('IAMFullAccess')), says: 'Ops' },
    'an inline policy that allows everything': { given: set('PT8H', { InlinePolicy: everything }), says: 'Ops' },
    'the same as text, which AWS answers with': { given: set('PT8H', { InlinePolicy: JSON.stringify(everything) }), says: 'Ops' },
    'a boundary that bounds nothing': { given: set('PT8H', { ...admin, ...boundary('AdministratorAccess') }), says: 'Ops' },
    'a threshold of its own': { given: set('PT2H'), params: { maxHours: 1 }, says: 'should end after 1' },
  },
  ignores: { 'an account by itself': {}, 'no permission sets': withParts({ PermissionSets: [] }) },
  unknowns: {
    'permission sets that could not be listed': { given: withParts({ PermissionSets: undefined }), says: 'access was denied' },
    'one whose policies could not be seen': {
      given: set('PT8H', { Unavailable: { reason: 'no access' } }),
      says: 'permission set Ops: no access',
    },
    'an admin below a boundary that is not seen here': {
      given: set('PT8H', { ...admin, ...boundary('ReadOnlyAccess') }),
      says: 'bounded by',
    },
    'an inline policy that cannot be read': { given: set('PT8H', { InlinePolicy: '{' }), says: 'cannot be read' },
    'policies that each account makes for itself': {
      given: set('PT8H', { CustomerManagedPolicies: [{ Name: 'ops' }] }),
      says: 'each account makes for itself: ops',
    },
  },
});
