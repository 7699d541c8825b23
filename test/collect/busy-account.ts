import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { readAccountFolder } from '../../lambda/scanner/collect/read-account-folder.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';

/** The folder of the sample's account with the most in it. */
export const developmentFolder = path.join(__dirname, '../../examples/acme/development');

/** An admin, but for a boundary that is a policy of AWS and attached to nothing. */
export const BOUNDED = 'jonas.weber';
/** That policy. */
export const BOUNDARY_ARN = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
/** A user with two active keys, which the credential report cannot tell apart: the status of both has changed since. */
export const TWO_KEYS = 'svc-mobile-builds';
/** Those keys. */
export const TWINS = ['AKIA3JQ2R3VSWEXAMPLE', 'AKIATUDOIPYB2EXAMPLE'] as const;

const details = z.looseObject({
  UserDetailList: z.array(z.looseObject({ UserName: z.string() })),
  RoleDetailList: z.array(z.looseObject({})),
  Policies: z.array(z.looseObject({ Arn: z.string() })),
});
const report = z.looseObject({ Content: z.string() });

const boundary = {
  PolicyName: 'ReadOnlyAccess',
  PolicyId: 'ANPAREADONLYEXAMPLE01',
  Arn: BOUNDARY_ARN,
  Path: '/',
  DefaultVersionId: 'v7',
  AttachmentCount: 0,
  PermissionsBoundaryUsageCount: 1,
  IsAttachable: true,
  CreateDate: '2015-02-06T18:39:48+00:00',
  UpdateDate: '2026-10-01T00:00:00+00:00',
  PolicyVersionList: [
    {
      VersionId: 'v7',
      IsDefaultVersion: true,
      CreateDate: '2026-10-01T00:00:00+00:00',
      Document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' }] },
    },
  ],
};

/** A role for the bearers of certificates with one name. */
const backup = {
  Path: '/',
  RoleName: 'backup',
  RoleId: 'AROABACKUPEXAMPLE',
  Arn: 'arn:aws:iam::777788889999:role/backup',
  CreateDate: '2024-03-01T10:20:30+00:00',
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.acme.example' } },
      },
    ],
  },
  InstanceProfileList: [],
  RolePolicyList: [],
  AttachedManagedPolicies: [],
};

const uuidOf = (name: string) => `${Buffer.from(name).toString('hex').padStart(8, '0').slice(-8)}-0000-4000-8000-000000000000`;

/** What the bearers come in by: several of each, so that there are pages. */
const certificates = {
  trustAnchors: ['one', 'two', 'three'].map((name) => ({
    name,
    enabled: true,
    trustAnchorId: uuidOf(name),
    trustAnchorArn: `arn:aws:rolesanywhere:eu-west-1:777788889999:trust-anchor/${uuidOf(name)}`,
    source: { sourceType: 'CERTIFICATE_BUNDLE' },
  })),
  crls: ['one', 'two'].map((name) => ({
    name,
    enabled: true,
    crlId: uuidOf(name),
    crlArn: `arn:aws:rolesanywhere:eu-west-1:777788889999:crl/${uuidOf(name)}`,
    trustAnchorArn: `arn:aws:rolesanywhere:eu-west-1:777788889999:trust-anchor/${uuidOf(name)}`,
  })),
  profiles: ['one', 'two'].map((name) => ({
    name,
    enabled: true,
    profileId: uuidOf(name),
    profileArn: `arn:aws:rolesanywhere:eu-west-1:777788889999:profile/${uuidOf(name)}`,
    roleArns: [backup.Arn],
    ...(name === 'one' ? { sessionPolicy: '{"Version":"2012-10-17","Statement":[]}' } : {}),
    managedPolicyArns: [],
  })),
};

const accountIn = async (folder: string): Promise<SnapshotFile> => readAccountFolder(folder, (await readdir(folder)).sort());

/** The sample's development account, as it is. */
export const developmentAccount = (): Promise<SnapshotFile> => accountIn(developmentFolder);

/** The folder of the sample's smallest account. */
export const acquiredFolder = path.join(__dirname, '../../examples/acme/acquired');

/** That account, for tests in which a scan is only a part. */
export const acquiredAccount = (): Promise<SnapshotFile> => accountIn(acquiredFolder);

/**
 * The sample's development account, with the things that it lacks for a scan to need every action there is: a boundary of AWS that is
 * attached to nothing, keys whose last use the credential report cannot settle, a role for bearers of certificates, and an Organization
 * to manage.
 */
export async function busyAccount(): Promise<SnapshotFile> {
  const file = await developmentAccount();
  const { identities, credentialReport } = file.facts;
  if (identities.status !== 'collected' || credentialReport.status !== 'collected') throw new Error('the sample has changed');
  return {
    ...file,
    takenAt: '2026-11-20T03:00:00Z',
    facts: {
      ...file.facts,
      identities: collected(withMore(details.parse(identities.value))),
      credentialReport: collected(withLaterStatus(report.parse(credentialReport.value))),
      rolesAnywhere: collected({
        'eu-west-1': collected(certificates),
        'us-east-1': collected({ trustAnchors: [], crls: [], profiles: [] }),
      }),
      // Only the account that manages the Organization is asked for its features.
      organization: collected({ Organization: { Id: 'o-acmeexample', MasterAccountId: file.accountId } }),
    },
  };
}

const json = z.json();

const withMore = ({ UserDetailList, RoleDetailList, Policies, ...rest }: z.output<typeof details>): Json =>
  json.parse({
    ...rest,
    UserDetailList: UserDetailList.map((user) =>
      user.UserName === BOUNDED
        ? { ...user, PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: BOUNDARY_ARN } }
        : user,
    ),
    RoleDetailList: [...RoleDetailList, backup],
    Policies: [...Policies, boundary],
  });

/** Both keys of {@link TWO_KEYS} were switched off and on again. */
const withLaterStatus = ({ Content, ...rest }: z.output<typeof report>): Json =>
  json.parse({
    ...rest,
    Content: Content.replace(new RegExp(`^${TWO_KEYS},.*$`, 'm'), (row) =>
      row.replace(/true,[^,]*,/g, (cells) => (cells.startsWith('true,2') ? 'true,2026-11-01T00:00:00+00:00,' : cells)),
    ),
  });
