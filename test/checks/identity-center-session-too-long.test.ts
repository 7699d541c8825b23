import check from '../../lambda/scanner/checks/identity-center-session-too-long.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT } from '../support/builders.ts';
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
    'read access for a time that AWS does not tell': set(undefined, readOnly),
    'twelve hours with read access': set('PT12H', readOnly),
    'minutes below the limit': set('PT3H59M'),
    'an empty inline policy, which is none': set('PT12H', { ...readOnly, InlinePolicy: '' }),
    'an inline policy with few permissions': set('PT12H', {
      InlinePolicy: { ...everything, Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] },
    }),
  },
  fails: {
    'twelve hours of an admin': {
      given: set('PT12H'),
      says: `Permission set Ops allows admin sessions of 12 hours (organization of ${ACCOUNT})\nAdmin sessions should last at most 4 hours.`,
      severity: 'MEDIUM',
    },
    'one minute above the limit': { given: set('PT4H1M'), says: 'admin sessions of 4.02 hours' },
    'a day': { given: set('P1D'), says: 'admin sessions of 24 hours' },
    'full IAM access, which is a path to admin': { given: set('PT8H', managed('IAMFullAccess')), says: 'Ops' },
    'an inline policy that allows everything': { given: set('PT8H', { InlinePolicy: everything }), says: 'Ops' },
    'the same as text, as AWS returns it': { given: set('PT8H', { InlinePolicy: JSON.stringify(everything) }), says: 'Ops' },
    'a permissions boundary that restricts nothing': {
      given: set('PT8H', { ...admin, ...boundary('AdministratorAccess') }),
      says: 'Ops',
    },
    'a configured threshold': { given: set('PT2H'), params: { maxHours: 1 }, says: 'Admin sessions should last at most 1 hour.' },
  },
  ignores: { 'an account that was scanned alone': {}, 'no permission sets': withParts({ PermissionSets: [] }) },
  unknowns: {
    'a time that AWS does not tell': {
      given: set(undefined),
      says: 'AWS did not tell the session duration of permission set Ops',
    },
    'permission sets that could not be listed': { given: withParts({ PermissionSets: undefined }), says: 'access was denied' },
    'a permission set whose policies could not be collected': {
      given: set('PT8H', { Unavailable: { reason: 'no access' } }),
      says: 'permission set Ops: no access',
    },
    'an admin with a permissions boundary whose content is not known': {
      given: set('PT8H', { ...admin, ...boundary('ReadOnlyAccess') }),
      says: 'has the permissions boundary arn:aws:iam::aws:policy/ReadOnlyAccess, whose content is not known here',
    },
    'an inline policy that cannot be read': { given: set('PT8H', { InlinePolicy: '{' }), says: 'cannot be read' },
    'customer managed policies': {
      given: set('PT8H', { CustomerManagedPolicies: [{ Name: 'ops' }] }),
      says: 'customer managed policies, which differ by account: ops',
    },
  },
});
