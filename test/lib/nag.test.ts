import { Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { IamVigilStack } from '../../lib/iam-vigil-stack.ts';
import { IamVigilMemberRoleStack } from '../../lib/member-role-stack.ts';
import { IamVigilChangeForwarderStack } from '../../lib/change-forwarder-stack.ts';
import { IamVigilOrganizationChangeForwarderStack } from '../../lib/organization-change-forwarder-stack.ts';
import { IamVigilOrganizationStack } from '../../lib/iam-vigil-organization-stack.ts';
import { organization } from './organization-synthesized.ts';
import { anApp, everything } from './synthesized.ts';

jest.setTimeout(120_000);

const nagged = (validation: boolean) => {
  const app = anApp({ validation });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
};

/** What is accepted, by the id of the construct that it is accepted for. */
const acknowledged = [
  ['Store', 'AwsSolutions-S1'],
  ['DeadLetterQueue', 'Serverless-SQSRedrivePolicy'],
  ['ScanRole', 'AwsSolutions-IAM5[Resource::*]'],
  ['ScanRole', 'AwsSolutions-IAM5[Resource::<IamVigilStore33672466.Arn>/*]'],
  ['ScanRole', 'AwsSolutions-IAM5[Resource::<IamVigilStore33672466.Arn>/last/*]'],
  ['Scan', 'Serverless-LambdaTracing'],
  ['ScheduleRole', 'AwsSolutions-IAM5[Resource::<IamVigilScanD8F75FF8.Arn>:*]'],
] as const;

test('cdk-nag and the CDK find nothing in any stack, by default and with everything set, but for what is accepted for a reason', () => {
  const app = nagged(true);
  const usual = new IamVigilStack(app, 'Usual');
  new IamVigilStack(app, 'Full', everything);
  new IamVigilStack(app, 'Alarms', { alarmEmail: 'security@example.com' });
  new IamVigilChangeForwarderStack(app, 'Forwarder');
  const { at: _, insight: __, ...settings } = everything;
  new IamVigilOrganizationStack(app, 'Organization', organization);
  new IamVigilOrganizationStack(app, 'FullOrganization', {
    ...settings,
    ...organization,
    deployedIn: 'management',
    deliver: 'central',
  });
  new IamVigilOrganizationChangeForwarderStack(app, 'OrganizationChangeForwarder', { boundary: 'MustHave' });
  new IamVigilMemberRoleStack(app, 'ManagementRole', { ...organization, isManagement: true });
  new IamVigilMemberRoleStack(app, 'MemberRole', organization);
  new IamVigilMemberRoleStack(app, 'CentralMemberRole', { ...organization, deliver: 'central' });
  expect(() => app.synth()).not.toThrow();
  const accepted = usual.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Readonly<Record<string, string>>).map(([id, reason]) => ({
          on: node.id,
          id: id.replace(/^Annotation::/, ''),
          reason,
        })),
      ),
  );
  expect(accepted.map(({ on, id }) => [on, id])).toEqual(acknowledged);
  for (const { reason } of accepted) expect(reason).toMatch(/^\w.{20,}\.$/);
});

test('cdk-nag finds a real problem', () => {
  const app = nagged(false);
  new Bucket(new IamVigilStack(app, 'Usual'), 'Open');
  expect(() => app.synth()).toThrow('The S3 Bucket or bucket policy does not require requests to use SSL');
});
