import check from '../../lambda/scanner/checks/guardrails-missing.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { ACCOUNT } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { ROOT } from '../support/organization.ts';
import { ofOrganization, withParts } from '../support/organization-given.ts';

const [A, B] = ['222233334444', '333344445555'] as const;
const WORK = 'ou-ab12-workunit';
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
const openTo = (what: string) =>
  `No SCP denies ${what} for organizational unit ${WORK} (organization of ${ACCOUNT})\nThe SCPs that apply (guard) do not deny ${what}. This affects account ${A}.`;

describeCheck(check, {
  passes: {
    'all denies at the root': guard(all),
    'all at the organizational unit': guard(all, WORK),
    'all at the account': guard(all, A),
    'some at the root, the rest at the organizational unit': ofOrganization({
      accounts,
      scps: { high: [[leave, root], ROOT], low: [[watching, users], WORK] },
    }),
    'a Deny that exempts a role': without(users, { ...users, ...spared }),
    'a Deny that exempts principals with a tag': without(users, {
      ...users,
      Condition: { StringNotEquals: { 'aws:PrincipalTag/break-glass': 'true' } },
    }),
    'a Deny of all actions but the named ones': without(leave, {
      Effect: 'Deny',
      NotAction: ['s3:*', 'ec2:*', 'iam:*'],
      Resource: '*',
      ...spared,
    }),
    'a Deny of whole services': without(
      watching,
      deny(['cloudtrail:*', 'config:*', 'guardduty:*', 'securityhub:*', 'access-analyzer:*'], spared),
    ),
    'an Allow that omits the actions, with FullAWSAccess detached': ofOrganization({
      accounts,
      withoutFullAccess: [WORK],
      scps: { few: [[{ Effect: 'Allow', Action: ['s3:*', 'ec2:*'], Resource: '*' }, root], WORK] },
    }),
  },
  fails: {
    'only FullAWSAccess': {
      given: ofOrganization({ accounts }),
      says: `Only FullAWSAccess applies to organizational unit ${WORK} (organization of ${ACCOUNT})\nNo other SCP restricts account ${A}.`,
      severity: 'MEDIUM',
    },
    'a policy that is attached to another organizational unit': { given: guard(all, 'ou-ab12-other'), says: 'FullAWSAccess' },
    'two accounts of one organizational unit, as one finding': {
      given: ofOrganization({ accounts: { [A]: [WORK], [B]: [WORK] } }),
      says: `No other SCP restricts accounts ${A} and ${B}.`,
    },
    'an account without policies, next to one that has its own': {
      given: ofOrganization({ accounts: { [A]: [WORK], [B]: [WORK] }, scps: { guard: [[...all], A] } }),
      says: `Only FullAWSAccess applies to account ${B} (account ${B}) (organization of ${ACCOUNT})\nNo other SCP restricts account ${B}.`,
    },
    'an account whose organizational unit is not known': {
      given: withParts({
        Accounts: [{ Id: A, Name: '', State: 'ACTIVE' }],
        Policies: [],
        Roots: [{ Id: ROOT, PolicyTypes: [] }],
      }),
      says: `Only FullAWSAccess applies to account ${A} (organization of`,
    },
    'an organization whose management account is not known': {
      given: ofOrganization({
        accounts,
        parts: {
          Organization: undefined,
          Accounts: [{ Id: A, Name: 'a', State: 'ACTIVE', Paths: [`o-exampleorgid/${ROOT}/${WORK}/${A}/`] }],
        },
      }),
      says: A,
    },
    'a policy without a name, by its ID': {
      given: withParts({
        Accounts: [{ Id: A, Name: 'a', State: 'ACTIVE', Paths: [`o-exampleorgid/${ROOT}/${A}/`] }],
        Policies: [
          {
            PolicySummary: { Id: 'p-1', Arn: 'arn', Type: 'SERVICE_CONTROL_POLICY' },
            Content: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, leave] },
            Targets: [{ TargetId: ROOT }, { TargetId: A }],
          },
        ],
      }),
      says: '(p-1) do not deny actions of the root user',
    },
    'accounts can leave': { given: without(leave), says: openTo('leaving the organization') },
    'the root user can act': { given: without(root), says: openTo('actions of the root user') },
    'trails can be stopped': {
      given: without(watching),
      says: `No SCP denies disabling security services for organizational unit ${WORK} (organization of ${ACCOUNT})\nThe SCPs that apply (guard) do not deny disabling security services (CloudTrail, AWS Config, GuardDuty, Security Hub, IAM Access Analyzer).`,
    },
    'users can be created': { given: without(users), says: openTo('creating IAM users and access keys') },
    'two restrictions missing': {
      given: guard([root, users]),
      says: `SCPs for organizational unit ${WORK} lack 2 baseline restrictions (organization of ${ACCOUNT})\nThe SCPs that apply (guard) do not deny leaving the organization or disabling security services (`,
    },
    'a Deny in one Region': {
      given: without(watching, { ...watching, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
      says: 'No SCP denies disabling security services',
    },
    'a Deny for one user': {
      given: without(users, { ...users, Resource: 'arn:aws:iam::*:user/ann' }),
      says: openTo('creating IAM users and access keys'),
    },
    'a Deny for one role': {
      given: without(leave, { ...leave, Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } } }),
      says: openTo('leaving the organization'),
    },
    'a Deny without MFA': {
      given: without(users, { ...users, Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      says: openTo('creating IAM users and access keys'),
    },
    'a Deny of the root user of one other account': {
      given: without(root, { ...root, Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${B}:root` } } }),
      says: openTo('actions of the root user'),
    },
    'SCPs are turned off': {
      given: ofOrganization({
        ...{ accounts, scps: { guard: [[...all], ROOT] } },
        parts: { Roots: [{ Id: ROOT, Name: 'Root', PolicyTypes: [] }] },
      }),
      says: 'do not deny',
    },
  },
  ignores: {
    'accounts that could not be listed, which another check reports': ofOrganization({
      accounts,
      parts: { Accounts: undefined },
    }),
    'an organization with only a management account, to which SCPs do not apply': ofOrganization({}),
  },
  unknowns: {
    'policies that could not be listed': { given: withParts({ Policies: undefined }), says: 'Policies: access was denied' },
    'a policy whose content could not be collected': {
      given: ofOrganization({ accounts, scps: { guard: [{ status: 'unavailable', reason: 'no access' }, ROOT] } }),
      says: 'cannot be read',
    },
  },
});
