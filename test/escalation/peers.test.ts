import { analyze } from '../../lambda/scanner/escalation/analyze.ts';
import type { Snapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { services } from '../../lambda/scanner/policy/services.ts';
import {
  type AccountSpec,
  ADMINISTRATOR,
  allow,
  awsManaged,
  deny,
  describeVerdicts,
  iam,
  judge,
  routeOf,
  snapshotOf,
  type Statement,
  type UserSpec,
  when,
} from './support.ts';

// Each group is a policy that other scanners misjudge, and is named after what they say of it.

/** A user with these statements, and nothing else in the account. */
const alone = (...can: readonly Statement[]): AccountSpec => ({ users: { alice: { can } } });

/** The same user with a row in the credential report. */
const reported = (report: NonNullable<UserSpec['report']>, ...can: readonly Statement[]): AccountSpec => ({
  users: { alice: { can, report } },
});

const alice = 'user/alice';
const unlessMfa = when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false');
const ifMfa = when('Bool', 'aws:MultiFactorAuthPresent', 'true');
const outsideEurope = when('StringNotEquals', 'aws:RequestedRegion', 'eu-central-1', 'us-east-1');

describeVerdicts('"iam:* with a role denied is no escalation": it is a shadow admin', {
  'the Deny is about one role': [alone(allow('iam:*'), deny('iam:*', iam('role/payroll'))), alice, 'can-become-admin'],
  'the Deny applies to the user itself, and new users can still be created': [
    alone(allow('iam:*'), deny('iam:*', iam(alice))),
    alice,
    'can-become-admin',
  ],
  'the Deny is about what is allowed': [alone(allow('iam:PutUserPolicy'), deny('iam:*', iam(alice))), alice, 'none'],
});

/** What AWS recommends to make users enroll a device. */
const forcedMfa = [
  allow('*'),
  deny([], '*', { NotAction: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'sts:GetSessionToken'], ...unlessMfa }),
];

describeVerdicts('"everything, and a Deny without MFA, is no escalation": it is admin, with MFA', {
  'the Deny spares nothing': [alone(allow('*'), deny('*', '*', unlessMfa)), alice, 'conditional: admin'],
  'the Deny spares what it takes to enrol a device': [reported({ mfaActive: false }, ...forcedMfa), alice, 'can-become-admin'],
  'the same for a user with a device: AWS refuses to enroll another one without MFA': [
    reported({ mfaActive: true }, ...forcedMfa),
    alice,
    'conditional: admin',
  ],
  'the same for a user who may have a device': [alone(...forcedMfa), alice, 'conditional: admin'],
});

describeVerdicts('"everything outside a Region denied is no escalation": it is admin', {
  'all Regions but those of Europe are denied': [alone(allow('*'), deny('*', '*', outsideEurope)), alice, 'admin'],
});

test('the Region is a condition that the caller controls', () => {
  const { conditions } = judge(alone(allow('*'), deny('*', '*', outsideEurope)), alice);
  expect(conditions).toEqual([expect.objectContaining({ key: 'aws:requestedregion', controlledBy: 'caller' })]);
});

describeVerdicts('"*:* is not *": it is the same', {
  'on *': [alone(allow('*:*')), alice, 'admin'],
  'of every service by a star for its name': [alone(allow('**:*')), alice, 'admin'],
});

describeVerdicts('"everything on arn:aws:* is not full access": it gets there', {
  'the user grants admin to itself, since only actions without a resource are missing': [
    alone(allow('*', 'arn:aws:*')),
    alice,
    'can-become-admin',
  ],
  'of another partition it is nothing': [alone(allow('*', 'arn:aws-cn:*')), alice, 'none'],
});

describeVerdicts('"every service, listed, is not *": it is', {
  'all of them': [alone(allow(services.map((service) => `${service}:*`))), alice, 'admin'],
  'all of them, split over two statements': [
    alone(
      allow(services.filter((service) => service < 'm').map((service) => `${service}:*`)),
      allow(services.filter((service) => service >= 'm').map((service) => `${service}:*`)),
    ),
    alice,
    'admin',
  ],
  'all but IAM and those who hand out its roles': [alone(allow(['s3:*', 'dynamodb:*', 'sqs:*', 'cloudwatch:*'])), alice, 'none'],
});

const powerUser = allow([], '*', { NotAction: ['iam:*', 'organizations:*', 'account:*'] });

describeVerdicts('"NotAction iam:* is admin": it is a power user, and depends on what there is', {
  'no role, and no Organization whose Identity Center could be managed': [alone(powerUser), alice, 'none'],
  'an admin role that trusts the account': [
    { ...alone(powerUser), roles: { admin: { attached: [ADMINISTRATOR], trust: [iam('root')] } } },
    alice,
    'can-become-admin',
  ],
  'an admin role that trusts another principal': [
    { ...alone(powerUser), roles: { admin: { attached: [ADMINISTRATOR], trust: [iam('user/bob')] } } },
    alice,
    'none',
  ],
  'an admin role that Lambda has, perhaps on a function': [
    { ...alone(powerUser), roles: { admin: { attached: [ADMINISTRATOR], trust: ['lambda.amazonaws.com'] } } },
    alice,
    'conditional: can-become-admin',
  ],
  'a role that trusts the account and has no permissions': [
    { ...alone(powerUser), roles: { reader: { can: [allow('s3:GetObject')], trust: [iam('root')] } } },
    alice,
    'none',
  ],
  'with iam:PassRole besides, the role goes on a function of its own': [
    {
      users: { alice: { can: [allow('iam:PassRole')], attached: [awsManaged('PowerUserAccess')] } },
      roles: { admin: { attached: [ADMINISTRATOR], trust: ['lambda.amazonaws.com'] } },
    },
    alice,
    'can-become-admin',
  ],
});

describeVerdicts('"everything, and everything denied, is admin": it is nothing', {
  'in one policy': [alone(allow('*'), deny('*')), alice, 'none'],
  'in two': [{ users: { alice: { attached: [ADMINISTRATOR, 'nothing'] } }, policies: { nothing: [deny('*')] } }, alice, 'none'],
});

test('the Deny that leaves nothing is what blocks', () => {
  expect(judge(alone(allow('*'), deny('*')), alice).blockedBy).toContainEqual({
    kind: 'deny',
    text: 'Denied by inline:own',
    statement: { policy: 'inline:own', index: 1 },
  });
});

const selfEnrollment = [
  allow('*', '*', ifMfa),
  allow('iam:CreateVirtualMFADevice', iam('mfa/*')),
  allow('iam:EnableMFADevice', iam('user/${aws:username}')),
];

describeVerdicts('"everything with MFA is admin": it is, on that condition', {
  'and no way to enrol a device': [alone(allow('*', '*', ifMfa)), alice, 'conditional: admin'],
  'and the usual right to enrol a device of its own': [
    reported({ mfaActive: false }, ...selfEnrollment),
    alice,
    'can-become-admin',
  ],
  'the same, and it has a device': [reported({ mfaActive: true }, ...selfEnrollment), alice, 'conditional: admin'],
  'and the permission to enroll a device of another user': [
    alone(
      allow('*', '*', ifMfa),
      allow('iam:CreateVirtualMFADevice', iam('mfa/*')),
      allow('iam:EnableMFADevice', iam('user/bob')),
    ),
    alice,
    'conditional: admin',
  ],
});

test('the condition is MFA, and is not in the hand of the caller', () => {
  const { conditions } = judge(alone(allow('*', '*', ifMfa)), alice);
  expect(conditions).toEqual([expect.objectContaining({ key: 'aws:multifactorauthpresent', controlledBy: 'environment' })]);
});

test('enrolling the device is the step that is shown', () => {
  const can = [allow('*', '*', ifMfa), allow(['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'])];
  expect(routeOf(judge(reported({ mfaActive: false }, ...can), alice))).toEqual(['enable-mfa-device user/alice']);
});

describe('whether a user can enroll a device of its own depends on those that it has', () => {
  const can = [
    allow('iam:AttachUserPolicy', iam('user/alice'), ifMfa),
    allow(['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice']),
  ];
  const judged = (report: UserSpec['report'], facts: Partial<Snapshot['facts']> = {}) => {
    const snapshot = snapshotOf({ users: { alice: { can, ...(report === undefined ? {} : { report }) } } });
    const access = analyze({ ...snapshot, facts: { ...snapshot.facts, ...facts } });
    const verdict = access.status === 'collected' ? access.value.get(iam(alice)) : undefined;
    const open = verdict?.conditions.filter(({ controlledBy }) => controlledBy !== 'caller');
    return [verdict?.verdict, open?.map(({ key }) => key).join()];
  };
  const listed = (...serials: readonly string[]) => ({ mfaDevices: collected(new Map([['alice', collected(serials)]])) });
  const virtual = (arn: string) => ({ virtualMfaDevices: collected([{ serialNumber: iam('mfa/phone'), userArn: arn }]) });
  const behindMfa = ['conditional', 'aws:multifactorauthpresent'];

  test.each([
    ['the report says that it has none', { mfaActive: false }, {}, ['can-become-admin', '']],
    ['the report says that it has one', { mfaActive: true }, {}, behindMfa],
    ['its devices are listed', { mfaActive: false }, listed(iam('u2f/key')), behindMfa],
    ['none is listed, and the report is older', { mfaActive: true }, listed(), ['can-become-admin', '']],
    ['it has a virtual device', undefined, virtual(iam(alice)), behindMfa],
    ['another user has the virtual device', { mfaActive: false }, virtual(iam('user/bob')), ['can-become-admin', '']],
  ])('%s', (_name, report, facts, expected) => {
    expect(judged(report, facts)).toEqual(expected);
  });

  test('where that is not known, the verdict is conditional', () => {
    expect(judged(undefined)).toEqual(behindMfa);
  });
});

const selfService = [iam('user/${aws:username}'), iam('user/*/${aws:username}')];
const ownKeys = allow(['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys'], selfService);

describeVerdicts('"access keys of the principal itself are an escalation": they are self-service', {
  'with an admin in the account': [{ users: { alice: { can: [ownKeys] }, admin: { attached: [ADMINISTRATOR] } } }, alice, 'none'],
  'the same for every user is one': [
    { users: { alice: { can: [allow('iam:CreateAccessKey', iam('user/*'))] }, admin: { attached: [ADMINISTRATOR] } } },
    alice,
    'can-become-admin',
  ],
});
