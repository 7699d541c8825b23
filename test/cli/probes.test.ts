import { pathsIn, probesOf } from '../../bin/commands/probes.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { Probe } from '../../lambda/scanner/model/problem.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { FIDO_SERIAL, smallAccount } from '../support/aws/small-account.ts';
import { organizationFile } from '../support/organization.ts';

const [own, member] = [smallAccount.accountId, '200000000001'] as const;
const withFacts = (facts: Partial<SnapshotFile['facts']>): SnapshotFile => ({
  ...smallAccount,
  facts: { ...smallAccount.facts, ...facts },
});
const answerOf = (id: Probe['id'], file: SnapshotFile, paths?: readonly string[]) =>
  probesOf([file], paths).find((probe) => probe.id === id)?.answer;
const rootMfa = (enabled: number, devices: Json) =>
  withFacts({
    accountSummary: collected({ SummaryMap: { AccountMFAEnabled: enabled } }),
    virtualMfaDevices: collected({ VirtualMFADevices: devices }),
  });
const role = (path: string) => ({ Arn: `arn:aws:iam::${own}:role${path}AWSReservedSSO_Admin_0123456789abcdef` });
const identities = (...paths: readonly string[]) => withFacts({ identities: collected({ RoleDetailList: paths.map(role) }) });

test.each<[name: string, id: Probe['id'], file: SnapshotFile, answer: string]>([
  ['certifications, with their values', 'mfa-certifications', smallAccount, 'FIDO="L1" FIPS-140-2="L2" (1)'],
  [
    'a device without certifications',
    'mfa-certifications',
    withFacts({ mfaCertifications: collected({ [FIDO_SERIAL]: collected({ UserName: 'ann' }) }) }),
    'no Certifications (1)',
  ],
  ['a fact that was denied', 'mfa-certifications', withFacts({ mfaCertifications: unavailable('denied') }), 'none seen'],
  [
    'the form of a serial number, without names',
    'fido-serial-numbers',
    smallAccount,
    'arn:aws:iam::ACCOUNT:u2f/user/aaa/aaa-AAAA (1)',
  ],
  ['root without MFA', 'root-mfa', rootMfa(0, []), 'none (1)'],
  ['root with a virtual device', 'root-mfa', rootMfa(1, [{ User: { Arn: `arn:aws:iam::${own}:root` } }]), 'virtual (1)'],
  [
    'root with another device',
    'root-mfa',
    rootMfa(1, []),
    'not virtual; only the root user can list it, by aws iam list-mfa-devices (1)',
  ],
  [
    'root with a device that the root user has listed',
    'root-mfa',
    withFacts({
      mfaDevices: collected({ root: collected({ MFADevices: [{ SerialNumber: `arn:aws:iam::${own}:u2f/root/Key-7F` }] }) }),
    }),
    'arn:aws:iam::ACCOUNT:u2f/root/Aaa-0A (1)',
  ],
  ['enabled Regions', 'regions', smallAccount, 'us-east-1 (1)'],
  [
    'the Region in the path of a reserved role',
    'identity-center-region',
    identities('/aws-reserved/sso.amazonaws.com/eu-west-1/', '/aws-reserved/sso.amazonaws.com/'),
    'eu-west-1 (1); no Region in the path (1)',
  ],
])('%s', (_name, id, file, answer) => {
  expect(answerOf(id, file)).toBe(answer);
});

test('the form of the paths of accounts, without ids', () => {
  const organization = organizationFile({ accounts: { [member]: ['ou-ab12-workunit'] } });
  expect(answerOf('organization-paths', smallAccount, pathsIn(organization))).toBe(
    'o-*/r-*/ACCOUNT/ (1); o-*/r-*/ou-*/ACCOUNT/ (1)',
  );
});

test('paths that were not asked for are not called empty', () => {
  expect(answerOf('organization-paths', smallAccount)).toBe('not asked; doctor --organization asks');
});

test('no answer has a name or an id of the account', () => {
  const told = JSON.stringify(probesOf([smallAccount], pathsIn(organizationFile({ accounts: { [member]: [] } }))));
  expect(told).not.toMatch(/\d{12}|AIDA|ann|exampleorgid/);
});
