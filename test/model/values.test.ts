import { isAccountId, parseArn, rootArn } from '../../lambda/scanner/model/arn.ts';
import { cli, shellQuote } from '../../lambda/scanner/model/command.ts';
import { findingId } from '../../lambda/scanner/model/finding.ts';
import { DAY, daysSince, instantSchema, toIso } from '../../lambda/scanner/model/instant.ts';
import { isAtLeast, raised, severities, worstFirst } from '../../lambda/scanner/model/severity.ts';
import { parseFact } from '../../lambda/scanner/facts/snapshot.ts';
import type { RawFactName } from '../../lambda/scanner/facts/index.ts';
import { collected } from '../../lambda/scanner/model/observed.ts';
import { mfaKind } from '../../lambda/scanner/facts/mfa-devices.ts';
import { NOW } from '../support/builders.ts';

describe('an ARN', () => {
  test.each([
    [
      'arn:aws:iam::111122223333:user/a:b/c',
      { partition: 'aws', service: 'iam', region: '', accountId: '111122223333', resource: 'user/a:b/c' },
    ],
    ['arn:aws-cn:s3:::bucket', { partition: 'aws-cn', service: 's3', region: '', accountId: '', resource: 'bucket' }],
    ['GAHT12345678', undefined],
    ['', undefined],
    ['arn:aws:iam', undefined],
    ['arn::iam::1:x', undefined],
    ['ARN:aws:iam::1:x', undefined],
  ])('%s', (text, parts) => {
    expect(parseArn(text)).toEqual(parts);
  });

  test('of root, and the id of an account', () => {
    expect(rootArn('aws-us-gov', '111122223333')).toBe('arn:aws-us-gov:iam::111122223333:root');
    expect(['111122223333', '11112222333', '1111222233334', 'x11122223333'].map(isAccountId)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('an instant', () => {
  test.each([
    ['2026-11-20T03:00:00Z', NOW],
    ['2026-11-20T04:00:00+01:00', NOW],
    ['2026-11-20T04:00:00+0100', NOW],
    ['2026-11-20T03:00:00.000Z', NOW],
    ['2026-11-20T03:00Z', NOW],
    ['2026-11-20', Date.UTC(2026, 10, 20)],
    // Without an offset it is UTC, wherever it is read.
    ['2026-11-20T03:00:00', NOW],
    ['2026-11-20 03:00', NOW],
    [NOW / 1000, NOW],
    // All of these are dates only to Date.parse.
    ['5', undefined],
    ['version 1', undefined],
    ['20 Nov 2026', undefined],
    ['2026-11', undefined],
    ['2026-13-40', undefined],
    ['2026-11-20T03:00:00 and a bit', undefined],
    ['soon', undefined],
    ['', undefined],
    [1e300, undefined],
    [null, undefined],
  ])('%p', (text, instant) => {
    expect(instantSchema.safeParse(text).data).toBe(instant);
  });

  test('as text, to the second where there is no more to it', () => {
    expect([toIso(NOW), toIso(NOW + 5)]).toEqual(['2026-11-20T03:00:00Z', '2026-11-20T03:00:00.005Z']);
  });

  test.each([
    [0, 0],
    [DAY - 1, 0],
    [DAY, 1],
    [-1, -1],
  ])('%i ms ago is %i whole days', (ago, days) => {
    expect(daysSince(NOW - ago, NOW)).toBe(days);
  });
});

test('severities, mildest first', () => {
  expect(severities.toSorted(worstFirst)).toEqual(severities.toReversed());
  expect(severities.map(raised)).toEqual(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'CRITICAL']);
  expect(severities.map((severity) => isAtLeast(severity, 'MEDIUM'))).toEqual([false, false, true, true, true]);
});

describe('a command', () => {
  test.each([
    ['plain', 'plain'],
    ['arn:aws:iam::1:user/a@b.c', 'arn:aws:iam::1:user/a@b.c'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$(rm -rf /)', "'$(rm -rf /)'"],
    ['=cmd()', "'=cmd()'"],
    ['=x', "'=x'"],
    ['a\nb', "'a\nb'"],
    ['ann.', "'ann.'"],
    ['ann,', "'ann,'"],
    ['ann:', "'ann:'"],
    ['a.b', 'a.b'],
  ])('quotes %j as %j', (word, quoted) => {
    expect(shellQuote(word)).toBe(quoted);
  });

  test('keeps a value that looks like an option with its own, and drops what no name has', () => {
    expect(cli('iam get-user', { 'user-name': '--profile', path: 'a\u001Bb' })).toBe(
      'aws iam get-user --user-name=--profile --path ab',
    );
    expect(cli('iam get-account-summary')).toBe('aws iam get-account-summary');
  });
});

test('the id of a finding is at most 512 characters', () => {
  expect(findingId('111122223333', 'a-check', 'AIDA')).toBe('iam-vigil/v1/111122223333/a-check/AIDA');
  expect(findingId('111122223333', 'a-check', 'x'.repeat(1000))).toHaveLength(512);
});

test.each([
  ['arn:aws:iam::1:mfa/phone', 'virtual'],
  ['arn:aws:iam::1:u2f/user/ann/key', 'fido'],
  ['arn:aws:iam::1:sms-mfa/ann', 'sms'],
  ['GAHT12345678', 'hardware-totp'],
])('%s is %s', (serialNumber, kind) => {
  expect(mfaKind(serialNumber)).toBe(kind);
});

describe('a fact as it is read', () => {
  const root = { AccountAccessKeysPresent: 0, AccountMFAEnabled: 0 };
  const certificate = { ServerCertificateName: 'web', ServerCertificateId: 'ASCA', Arn: 'arn' };
  const read = { name: 'web', id: 'ASCA', arn: 'arn' };
  const key = { SSHPublicKeyId: 'APKA', Status: 'Inactive', UploadDate: '2026-11-20T03:00:00Z' };

  const cases: readonly (readonly [RawFactName, unknown, unknown])[] = [
    ['accountSummary', { SummaryMap: root }, { rootHasAccessKey: false, rootHasMfa: false }],
    [
      'accountSummary',
      { SummaryMap: { ...root, AccountSigningCertificatesPresent: 0, UsersQuota: null } },
      { rootHasAccessKey: false, rootHasMfa: false, rootHasSigningCertificate: false },
    ],
    [
      'accountSummary',
      {
        SummaryMap: {
          AccountAccessKeysPresent: 2,
          AccountMFAEnabled: 1,
          AccountPasswordPresent: 1,
          AccountSigningCertificatesPresent: 1,
          Users: 3,
        },
      },
      { rootHasAccessKey: true, rootHasMfa: true, rootHasPassword: true, rootHasSigningCertificate: true, users: 3 },
    ],
    [
      'accountSummary',
      { SummaryMap: { ...root, AccountPasswordPresent: 0, ServerCertificates: 0, Providers: 4 } },
      { rootHasPassword: false, serverCertificates: 0, identityProviders: 4 },
    ],
    ['passwordPolicy', null, undefined],
    ['passwordPolicy', {}, { status: 'unavailable', reason: expect.stringContaining('PasswordPolicy') as string }],
    ['passwordPolicy', { PasswordPolicy: {} }, { minimumLength: 6, requiresSymbols: false, reusePrevention: 0 }],
    ['passwordPolicy', { PasswordPolicy: { MaxPasswordAge: 90 } }, { maxAgeDays: 90 }],
    ['securityContact', null, undefined],
    ['securityContact', { AlternateContact: { EmailAddress: 'a@b.c' } }, { email: 'a@b.c' }],
    ['contactDetails', null, false],
    ['contactDetails', {}, { status: 'unavailable', reason: expect.stringContaining('ContactInformation') as string }],
    ['contactDetails', { ContactInformation: { FullName: 'Jane Doe' } }, true],
    ['rootFeatures', null, undefined],
    ['rootFeatures', { EnabledFeatures: [] }, []],
    ['organization', null, undefined],
    [
      'organization',
      { Organization: { Id: 'o-1', MasterAccountId: '111122223333' } },
      { id: 'o-1', managementAccountId: '111122223333' },
    ],
    ['serverCertificates', { ServerCertificateMetadataList: [certificate] }, [read]],
    [
      'serverCertificates',
      { ServerCertificateMetadataList: [{ ...certificate, Expiration: NOW / 1000 }] },
      [{ ...read, expiresAt: NOW }],
    ],
    [
      'virtualMfaDevices',
      { VirtualMFADevices: [{ SerialNumber: 'a' }, { SerialNumber: 'b', User: { Arn: 'c' } }] },
      [{ serialNumber: 'b', userArn: 'c' }],
    ],
    [
      'sshPublicKeys',
      { ann: collected({ SSHPublicKeys: [key] }) },
      new Map([['ann', collected([{ id: 'APKA', active: false, uploadedAt: NOW }])]]),
    ],
    [
      'signingCertificates',
      { ann: collected({ Certificates: [{ CertificateId: 'C', Status: 'Active' }] }) },
      new Map([['ann', collected([{ id: 'C', active: true }])]]),
    ],
    ['samlProviders', { x: collected({}) }, new Map([['x', collected({ metadata: '' })]])],
    [
      'samlProviders',
      { x: collected({ ValidUntil: '2026-11-20T03:00:00Z' }) },
      new Map([['x', collected({ metadata: '', validUntil: NOW })]]),
    ],
    ['oidcProviders', { x: collected({ Url: 'a' }) }, new Map([['x', collected({ url: 'a', clientIds: [], thumbprints: [] })]])],
    ['accessKeyLastUsed', { AKIA: collected({ AccessKeyLastUsed: {} }) }, new Map([['AKIA', collected(undefined)]])],
    ['mfaCertifications', { x: collected({ Certifications: null }) }, new Map([['x', collected({})]])],
  ];

  test.each(cases)('%s %j', (name, value, expected) => {
    const fact = parseFact(name, collected(value));
    const read = fact.status === 'collected' ? fact.value : fact;
    if (expected !== null && typeof expected === 'object' && !Array.isArray(expected) && !(expected instanceof Map))
      expect(read).toMatchObject(expected);
    else expect(read).toEqual(expected);
  });
});
