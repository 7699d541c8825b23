import check from '../../lambda/scanner/checks/guardrails-missing.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ROOT } from '../support/organization.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';

const [A, B] = ['222233334444', '333344445555'] as const;
const WORK = 'ou-ab12-work';
const accounts = { [A]: [WORK] };

type Statement = Readonly<Record<string, Json>>;
const deny = (Action: string | readonly string[], more: Statement = {}): Statement => ({
  Effect: 'Deny',
  Action,
  Resource: '*',
  ...more,
});
const spared = { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } } };
const leave = deny('organizations:LeaveOrganization');
const root = deny('*', { Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } } });
const watching = deny([
  ...['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'config:StopConfigurationRecorder'],
  ...['guardduty:Delete*', 'securityhub:DisableSecurityHub', 'access-analyzer:DeleteAnalyzer'],
]);
const users = deny(['iam:CreateUser', 'iam:CreateAccessKey']);
const all = [leave, root, watching, users];
const guard = (statements: readonly Statement[], ...targets: readonly string[]) =>
  ofOrganization({ accounts, scps: { guard: [[...statements], ...(targets.length > 0 ? targets : [ROOT])] } });
const without = (left: Statement, instead?: Statement) =>
  guard([...all.filter((statement) => statement !== left), ...(instead ? [instead] : [])]);
const openTo = (what: string) => `(guard) deny nobody ${what}.`;

describeCheck(check, {
  passes: {
    'all of it at the root': guard(all),
    'at the unit': guard(all, WORK),
    'at the account': guard(all, A),
    'some at the root, the rest at the unit': ofOrganization({
      accounts,
      scps: { high: [[leave, root], ROOT], low: [[watching, users], WORK] },
    }),
    'a Deny that spares a role': without(users, { ...users, ...spared }),
    'a Deny that spares who has a tag': without(users, {
      ...users,
      Condition: { StringNotEquals: { 'aws:PrincipalTag/break-glass': 'true' } },
    }),
    'a Deny of all but what is named': without(leave, {
      Effect: 'Deny',
      NotAction: ['s3:*', 'ec2:*', 'iam:*'],
      Resource: '*',
      ...spared,
    }),
    'a Deny of whole services': without(
      watching,
      deny(['cloudtrail:*', 'config:*', 'guardduty:*', 'securityhub:*', 'access-analyzer:*'], spared),
    ),
    'an Allow that leaves it out, where FullAWSAccess has been detached': ofOrganization({
      accounts,
      withoutFullAccess: [WORK],
      scps: { few: [[{ Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' }, root], WORK] },
    }),
  },
  fails: {
    'nothing but FullAWSAccess': {
      given: ofOrganization({ accounts }),
      says: `No service control policy but FullAWSAccess is over organizational unit ${WORK} (account ${A}).`,
      severity: 'MEDIUM',
    },
    'a policy that is attached to another unit': { given: guard(all, 'ou-ab12-other'), says: 'FullAWSAccess' },
    'two accounts of one unit are one finding': {
      given: ofOrganization({ accounts: { [A]: [WORK], [B]: [WORK] } }),
      says: `(accounts ${A} and ${B})`,
    },
    'an account that has a policy of its own beside one that has none': {
      given: ofOrganization({ accounts: { [A]: [WORK], [B]: [WORK] }, scps: { guard: [[...all], A] } }),
      says: `over account ${B} (account ${B})`,
    },
    'an account of which nobody knows where it lies': {
      given: withParts({
        Accounts: [{ Id: A, Name: '', State: 'ACTIVE' }],
        Policies: [],
        Roots: [{ Id: ROOT, PolicyTypes: [] }],
      }),
      says: `over account ${A}.`,
    },
    'where it is not known who manages the Organization': {
      given: ofOrganization({
        accounts,
        parts: {
          Organization: undefined,
          Accounts: [{ Id: A, Name: 'a', State: 'ACTIVE', Paths: [`o-exampleorgid/${ROOT}/${WORK}/`] }],
        },
      }),
      says: A,
    },
    'a policy without a name, by its id': {
      given: withParts({
        Accounts: [{ Id: A, Name: 'a', State: 'ACTIVE', Paths: [`o-exampleorgid/${ROOT}/`] }],
        Policies: [
          {
            PolicySummary: { Id: 'p-1', Arn: 'arn', Type: 'SERVICE_CONTROL_POLICY' },
            Content: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, leave] },
            Targets: [{ TargetId: ROOT }, { TargetId: A }],
          },
        ],
      }),
      says: '(p-1) deny nobody to act as root',
    },
    'accounts may leave': { given: without(leave), says: openTo('to leave the Organization') },
    'root may act': { given: without(root), says: openTo('to act as root') },
    'trails may be stopped': { given: without(watching), says: 'to switch off what watches' },
    'users may be made': { given: without(users), says: openTo('to make users and access keys') },
    'several at once': { given: guard([root, users]), says: 'deny nobody to leave the Organization, nor to switch off' },
    'a Deny in one Region': {
      given: without(watching, { ...watching, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
      says: 'to switch off what watches',
    },
    'a Deny for one user': {
      given: without(users, { ...users, Resource: 'arn:aws:iam::*:user/ann' }),
      says: openTo('to make users and access keys'),
    },
    'a Deny for one role': {
      given: without(leave, { ...leave, Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } } }),
      says: openTo('to leave the Organization'),
    },
    'a Deny without MFA': {
      given: without(users, { ...users, Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      says: openTo('to make users and access keys'),
    },
    'a Deny of root in one other account': {
      given: without(root, { ...root, Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${B}:root` } } }),
      says: openTo('to act as root'),
    },
    'service control policies are switched off': {
      given: ofOrganization({
        ...{ accounts, scps: { guard: [[...all], ROOT] } },
        parts: { Roots: [{ Id: ROOT, Name: 'Root', PolicyTypes: [] }] },
      }),
      says: 'deny nobody',
    },
  },
  ignores: {
    'accounts that could not be listed, which another check tells': ofOrganization({ accounts, parts: { Accounts: undefined } }),
    'an Organization of the management account alone, which no policy limits': ofOrganization({}),
  },
  unknowns: {
    'policies that could not be listed': { given: withParts({ Policies: undefined }), says: 'Policies: access was denied' },
    'a policy whose content could not be seen': {
      given: ofOrganization({ accounts, scps: { guard: [{ status: 'unavailable', reason: 'no access' }, ROOT] } }),
      says: 'cannot be read',
    },
  },
});
