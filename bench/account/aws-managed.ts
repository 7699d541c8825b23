import type { Json } from '../../lambda/scanner/model/json.ts';
import { services } from '../../lambda/scanner/policy/services.ts';
import { awsPolicyArn } from './names.ts';

type Statement = Readonly<Record<string, Json>>;

const allow = (action: Json, resource: Json = '*', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

const reading = services.flatMap((service) => [`${service}:Get*`, `${service}:List*`, `${service}:Describe*`]);

/** Policies that AWS manages, in their substance; the broad readers are as long as AWS's are. */
const documents: Readonly<Record<string, readonly Statement[]>> = {
  AdministratorAccess: [allow('*')],
  PowerUserAccess: [
    { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
    allow(['account:ListRegions', 'iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles']),
  ],
  IAMFullAccess: [allow(['iam:*', 'organizations:DescribeAccount', 'organizations:DescribeOrganization'])],
  ReadOnlyAccess: [allow(reading)],
  SecurityAudit: [allow(reading.filter((_action, index) => index % 2 === 0))],
  ViewOnlyAccess: [allow(reading.filter((action) => action.endsWith(':List*')))],
  AmazonS3FullAccess: [allow(['s3:*', 's3-object-lambda:*'])],
  AmazonS3ReadOnlyAccess: [allow(['s3:Get*', 's3:List*', 's3:Describe*'])],
  AmazonEC2FullAccess: [
    allow(['ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*']),
    allow('iam:CreateServiceLinkedRole', '*', { Condition: { StringEquals: { 'iam:AWSServiceName': ['spot.amazonaws.com'] } } }),
  ],
  AmazonDynamoDBFullAccess: [
    allow(['dynamodb:*', 'dax:*', 'cloudwatch:GetMetricData', 'iam:GetRole', 'iam:ListRoles', 'kms:DescribeKey']),
    allow('iam:PassRole', '*', {
      Condition: { StringLike: { 'iam:PassedToService': ['application-autoscaling.amazonaws.com', 'dax.amazonaws.com'] } },
    }),
  ],
  AmazonSSMManagedInstanceCore: [
    allow(['ssm:DescribeAssociation', 'ssm:GetDocument', 'ssm:UpdateInstanceInformation']),
    allow(['ssmmessages:*', 'ec2messages:*']),
  ],
  'service-role/AWSLambdaBasicExecutionRole': [allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])],
  'service-role/AWSLambdaVPCAccessExecutionRole': [
    allow(['logs:CreateLogGroup', 'logs:PutLogEvents', 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces']),
  ],
  'service-role/AmazonECSTaskExecutionRolePolicy': [
    allow(['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  ],
  CloudWatchAgentServerPolicy: [allow(['cloudwatch:PutMetricData', 'ec2:DescribeTags', 'logs:PutLogEvents'])],
  IAMUserChangePassword: [
    allow('iam:ChangePassword', 'arn:aws:iam::*:user/${aws:username}'),
    allow('iam:GetAccountPasswordPolicy'),
  ],
};

/** The policies of AWS that the account uses, as `get-account-authorization-details` prints them. */
export const awsManagedPolicies: readonly Json[] = Object.entries(documents).map(([name, statements], index) => ({
  PolicyName: name.slice(name.lastIndexOf('/') + 1),
  PolicyId: `ANPAAWSMANAGED${String(index).padStart(7, '0')}`,
  Arn: awsPolicyArn(name),
  Path: name.includes('/') ? '/service-role/' : '/',
  DefaultVersionId: 'v1',
  AttachmentCount: 1000,
  PermissionsBoundaryUsageCount: 0,
  IsAttachable: true,
  CreateDate: '2015-02-06T18:39:46+00:00',
  UpdateDate: '2023-02-06T18:39:46+00:00',
  PolicyVersionList: [
    {
      VersionId: 'v1',
      IsDefaultVersion: true,
      CreateDate: '2023-02-06T18:39:46+00:00',
      Document: { Version: '2012-10-17', Statement: statements },
    },
  ],
}));
