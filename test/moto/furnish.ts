import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  type IAMClient,
  PutUserPolicyCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

/** What was made, as far as the findings name it. */
export interface Furnished {
  readonly adminKey: string;
  readonly inactiveKey: string;
}

const statement = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
const document = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

const trusting = (AWS: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  });

/** Makes users, groups, roles, keys, MFA devices and policies in an empty account, some of them as they should not be. */
export async function furnish(iam: IAMClient): Promise<Furnished> {
  const everything = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument: document(statement('*', '*')) }),
  );
  const PolicyArn = everything.Policy?.Arn ?? '';
  await iam.send(new CreateGroupCommand({ GroupName: 'admins' }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'admins', PolicyArn }));
  await iam.send(
    new CreateRoleCommand({ RoleName: 'vendor', AssumeRolePolicyDocument: trusting('arn:aws:iam::999988887777:root') }),
  );
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'vendor', PolicyArn }));
  for (const UserName of ['ann', 'robot', 'climber']) await iam.send(new CreateUserCommand({ UserName }));
  for (const UserName of ['ann', 'robot']) await iam.send(new AddUserToGroupCommand({ UserName, GroupName: 'admins' }));
  await withVirtualMfa(iam, 'ann');
  const adminKey = await keyOf(iam, 'robot');
  const inactiveKey = await keyOf(iam, 'robot');
  await iam.send(new UpdateAccessKeyCommand({ UserName: 'robot', AccessKeyId: inactiveKey, Status: 'Inactive' }));
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'climber',
      PolicyName: 'climb',
      PolicyDocument: document(statement('iam:AttachUserPolicy', '*')),
    }),
  );
  return { adminKey, inactiveKey };
}

async function withVirtualMfa(iam: IAMClient, UserName: string): Promise<void> {
  await iam.send(new CreateLoginProfileCommand({ UserName, Password: 'correct-Horse-7-battery' }));
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: `${UserName}-phone` }));
  const SerialNumber = VirtualMFADevice?.SerialNumber;
  await iam.send(
    new EnableMFADeviceCommand({ UserName, SerialNumber, AuthenticationCode1: '123456', AuthenticationCode2: '654321' }),
  );
}

const keyOf = async (iam: IAMClient, UserName: string): Promise<string> =>
  (await iam.send(new CreateAccessKeyCommand({ UserName }))).AccessKey?.AccessKeyId ?? '';

/** Makes the bucket that the function keeps its reports in. Security Hub is enabled everywhere in moto. */
export async function makeBucket({
  region,
  bucket: Bucket,
}: {
  readonly region: string;
  readonly bucket: string;
}): Promise<void> {
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await new S3Client({ region }).send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
}
