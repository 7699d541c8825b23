import adminRoleOnCompute from '../../lambda/scanner/checks/admin-role-on-compute.ts';
import adminUnused from '../../lambda/scanner/checks/admin-unused.ts';
import dormantAdminPolicyVersion from '../../lambda/scanner/checks/dormant-admin-policy-version.ts';
import policyAllowsEverything from '../../lambda/scanner/checks/policy-allows-everything.ts';
import policyAttachedToUser from '../../lambda/scanner/checks/policy-attached-to-user.ts';
import policyExposesData from '../../lambda/scanner/checks/policy-exposes-data.ts';
import type { Check } from '../../lambda/scanner/check.ts';
import type { Facts } from '../../lambda/scanner/facts/snapshot.ts';
import { policyOf } from '../policy/support.ts';
import { ACCOUNT, aContext, aGroup, aPolicy, aRole, aUser, attached, emptyAccount, identities } from '../support/builders.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const judge = (check: Check, given: Partial<Facts>) => {
  const context = aContext({ params: check.params });
  return [...check.run({ ...emptyAccount, ...given }, context)];
};
const nextSteps = (check: Check, given: Partial<Facts>) => judge(check, given).map(({ remediation }) => remediation());

const administrator = aPolicy('AdministratorAccess', policyOf({}), { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
const evil = "x'; rm -rf ~ #";
const quoted = `'x'\\''; rm -rf ~ #'`;

test('an AWS managed policy is detached from its holders: the first few, and how many more', () => {
  const users = Array.from({ length: 7 }, (_, index) => aUser(index === 0 ? evil : `u${index}`, attached(administrator)));
  const [step] = nextSteps(policyAllowsEverything, { identities: identities({ policies: [administrator], users }) });
  expect(step).toContain(
    `aws iam detach-user-policy --user-name ${quoted} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess; `,
  );
  expect(step).toContain('--user-name u4 --policy-arn arn:aws:iam::aws:policy/AdministratorAccess; and so on for 2 more');
  expect(step).not.toContain('u5');
  const [five] = nextSteps(policyAllowsEverything, {
    identities: identities({ policies: [administrator], users: users.slice(0, 5) }),
  });
  expect(five).not.toContain('more');
});

test('the landing zone and break-glass users keep the policy if others have it too', () => {
  const execution = aRole('AWSControlTowerExecution', attached(administrator));
  const users = [
    aUser('glass', { ...attached(administrator), tags: new Map([['break-glass', 'true']]) }),
    aUser('ann', attached(administrator)),
  ];
  const given = {
    identities: identities({ policies: [administrator], users, roles: [execution] }),
    access: accessOf(aVerdict(execution.arn, 'admin', { platform: true })),
  };
  const context = aContext({ isBreakGlass: ({ tags }) => tags.has('break-glass') });
  const [judged] = policyAllowsEverything.run({ ...emptyAccount, ...given }, context);
  expect(judged?.remediation()).toMatch(/Then remove this policy: aws iam detach-user-policy --user-name ann [^;]*$/);
});

test('a role of Identity Center is changed by its permission set', () => {
  const roles = [aRole('AWSReservedSSO_x_1', { path: '/aws-reserved/sso.amazonaws.com/', ...attached(administrator) })];
  const [step] = nextSteps(policyAllowsEverything, { identities: identities({ policies: [administrator], roles }) });
  expect(step).toMatch(/Then remove this policy: for roles of IAM Identity Center, edit their permission sets there$/);
});

test('an inline policy is deleted where it is', () => {
  const inlinePolicies = [{ name: evil, document: policyOf({}) }];
  const [step] = nextSteps(policyAllowsEverything, { identities: identities({ groups: [aGroup('ops', { inlinePolicies })] }) });
  expect(step).toContain(`aws iam delete-group-policy --group-name ops --policy-name ${quoted}`);
});

describe('a document is read and narrowed', () => {
  const document = policyOf({ Action: 's3:GetObject' });

  test('a customer managed policy by a new version', () => {
    const policy = aPolicy('Read', document, {
      versions: [
        { id: 'v1', isDefault: false, document: '{' },
        { id: 'v2', isDefault: true, document },
      ],
    });
    const [step] = nextSteps(policyExposesData, {
      identities: identities({ policies: [policy], roles: [aRole('app', attached(policy))] }),
    });
    expect(step).toBe(
      `Limit the statements to the buckets, secrets, parameters and tables that are read. Read the policy: aws iam get-policy-version --policy-arn ${policy.arn} --version-id v2. Save a narrower document as narrower.json and replace it: aws iam create-policy-version --policy-arn ${policy.arn} --policy-document file://narrower.json --set-as-default`,
    );
  });

  test('an inline policy in its place', () => {
    const roles = [aRole('app', { inlinePolicies: [{ name: 'read', document }] })];
    expect(nextSteps(policyExposesData, { identities: identities({ roles }) })[0]).toContain(
      'aws iam get-role-policy --role-name app --policy-name read. Save a narrower document as narrower.json and replace it: aws iam put-role-policy --role-name app --policy-name read --policy-document file://narrower.json',
    );
  });

  test('an AWS managed policy is replaced', () => {
    const policy = aPolicy('Read', document, { arn: 'arn:aws-cn:iam::aws:policy/Read' });
    const [step] = nextSteps(policyExposesData, {
      identities: identities({ policies: [policy], roles: [aRole('app', attached(policy))] }),
    });
    expect(step).toContain(
      'This is an AWS managed policy, which you cannot edit. Read it: aws iam get-policy-version --policy-arn arn:aws-cn:iam::aws:policy/Read --version-id v1. Create and attach a customer managed policy instead, and limit the statements to the buckets, secrets, parameters and tables that are read. Then remove this policy: aws iam detach-role-policy',
    );
    expect(step).not.toContain('create-policy-version');
  });
});

test('the policies of a user move to a group, and only this user loses them', () => {
  const policy = aPolicy('Read', policyOf({}));
  const users = [aUser('ann', { ...attached(policy), inlinePolicies: [{ name: 'drop', document: policyOf({}) }] })];
  const [step] = nextSteps(policyAttachedToUser, {
    identities: identities({ policies: [policy], users, roles: [aRole('app', attached(policy))] }),
  });
  expect(step).toContain(
    `aws iam add-user-to-group --user-name ann --group-name GROUP && aws iam detach-user-policy --user-name ann --policy-arn ${policy.arn} && aws iam delete-user-policy --user-name ann --policy-name drop`,
  );
  expect(step).not.toContain('app');
});

test('only the broader versions are deleted', () => {
  const policy = aPolicy('Lake', '', {
    versions: [policyOf({}), policyOf({ Action: 's3:Get*' }), policyOf({ Action: 's3:List*' })].map((document, index) => ({
      id: `v${index + 1}`,
      isDefault: index === 2,
      document,
    })),
  });
  const given = { identities: identities({ policies: [policy], roles: [aRole('app', attached(policy))] }) };
  expect(nextSteps(dormantAdminPolicyVersion, given)).toEqual([
    `Delete the versions that are no longer needed: aws iam delete-policy-version --policy-arn ${policy.arn} --version-id v1`,
  ]);
});

test('admins are explained, and a report says what a workload uses', () => {
  const app = aRole('app', { path: "/it's/" });
  const given = { identities: identities({ roles: [app] }), access: accessOf(aVerdict(app.arn, 'admin')) };
  expect(nextSteps(adminUnused, given)[0]).toContain(`iam-vigil explain 'arn:aws:iam::${ACCOUNT}:role/it'\\''s/app'`);
  expect(nextSteps(adminRoleOnCompute, given)[0]).toContain(
    `aws iam generate-service-last-accessed-details --arn 'arn:aws:iam::${ACCOUNT}:role/it'\\''s/app' --granularity ACTION_LEVEL, then aws iam get-service-last-accessed-details --job-id JOB_ID`,
  );
});

test('at most fifty holders are evidence, with the count of all, and the statements are named', () => {
  const document = policyOf({ Action: 's3:List*' }, { Sid: 'All' });
  const policy = aPolicy('Broad', document);
  const evidenceFor = (count: number) => {
    const users = Array.from({ length: count }, (_, index) => aUser(`u${index}`, attached(policy)));
    const [judged] = judge(policyAllowsEverything, { identities: identities({ policies: [policy], users }) });
    return judged?.judgement.status === 'fail' ? judged.judgement.evidence : undefined;
  };
  expect(evidenceFor(51)).toMatchObject({ attachedToCount: 51, statements: [{ index: 1, sid: 'All' }] });
  expect(evidenceFor(51)?.['attachedTo']).toHaveLength(50);
  expect(evidenceFor(50)).not.toHaveProperty('attachedToCount');
});

test('a finding keeps its identity: by the policy, or by its holder and name', () => {
  const inlinePolicies = [{ name: 'p', document: policyOf({}) }];
  const given = {
    identities: identities({ policies: [administrator], roles: [aRole('app', { inlinePolicies, ...attached(administrator) })] }),
  };
  expect(judge(policyAllowsEverything, given).map(({ subject }) => subject.resource.id)).toEqual([
    'ANPAADMINISTRATORACCESS',
    'AROAAPP/inline/p',
  ]);
});
