import check from '../../lambda/scanner/checks/admin-mfa-not-hardware.ts';
import { unavailable } from '../../lambda/scanner/model/snapshot-file.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aReport, aReportedKey, aRow, aUser, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const atLeastOne = { mode: 'at-least-one' };

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const ann = aUser('ann', { arn: `${iam}:user/ann` });
  const virtual = `${iam}:mfa/ann`;
  const fido = `${iam}:u2f/user/ann/key-ABC`;
  const TOKEN = 'GAKT12345678';
  const signedUp = (verdict: Verdict, more: Parameters<typeof aVerdict>[2] = {}, row = {}) => ({
    identities: identities({ users: [ann] }),
    credentialReport: aReport(aRow('ann', { passwordEnabled: true, mfaActive: true, ...row })),
    access: accessOf(aVerdict(ann.arn, verdict, more)),
  });
  const withDevices = (...serials: readonly string[]) => ({
    ...signedUp('admin'),
    mfaDevices: seen({ ann: serials }),
    mfaCertifications: seen({ [fido]: { FIDO: 'L1' } }),
  });
  const uncertified = { mfaCertifications: seen({ [fido]: {} }) };
  const unlisted = { virtualMfaDevices: [{ serialNumber: virtual, userArn: ann.arn }] };
  const mfaOnly = {
    would: 'admin' as const,
    conditions: [{ key: 'aws:MultiFactorAuthPresent', controlledBy: 'environment' as const, text: 'MFA' }],
  };

  describeCheck(check, {
    partition,
    ignores: {
      'one who is nowhere near admin, with a virtual device': {
        ...withDevices(virtual),
        access: accessOf(aVerdict(ann.arn, 'none')),
      },
      'an admin without password and key, who cannot sign in (peers fail it)': {
        ...withDevices(virtual),
        ...signedUp('admin', {}, { passwordEnabled: false }),
      },
      'one whom MFA and an address stand before admin': {
        ...withDevices(virtual),
        ...signedUp('conditional', {
          would: 'admin',
          conditions: [...mfaOnly.conditions, { key: 'aws:sourceip', controlledBy: 'environment', text: 'address' }],
        }),
      },
      'one whom nothing that is known stands before admin': {
        ...withDevices(virtual),
        ...signedUp('conditional', { would: 'admin', conditions: [] }),
      },
      'one whom MFA stands before nothing': {
        ...withDevices(virtual),
        ...signedUp('conditional', { ...mfaOnly, would: 'none' }),
      },
      'one whom an address stands before admin': {
        ...withDevices(virtual),
        ...signedUp('conditional', {
          would: 'admin',
          conditions: [{ key: 'aws:sourceip', controlledBy: 'environment', text: 'address' }],
        }),
      },
    },
    passes: {
      'a certified security key, whose serial number is an ARN (peers take every ARN for virtual)': withDevices(fido),
      'a hardware token without an ARN': withDevices(TOKEN),
      both: withDevices(fido, TOKEN),
      'a passkey that is unverified, which is not known to be no hardware': { ...withDevices(fido), ...uncertified },
    },
    fails: {
      'a virtual device, whatever its name': {
        given: withDevices(virtual),
        says: `User ann, who is admin, can sign in with less than hardware MFA: ${virtual} (virtual).`,
        on: 'ann',
        severity: 'HIGH',
      },
      'a virtual device beside a security key: sign-in needs only one (peers pass one good device)': {
        given: withDevices(fido, virtual),
        says: /less than hardware MFA: arn:[a-z-]+:iam::111122223333:mfa\/ann \(virtual\)\.$/,
      },
      'a phone number': { given: withDevices(`${iam}:sms-mfa/ann`), says: '(phone number)' },
      'no device': { given: withDevices(), says: 'User ann, who is admin, has no MFA device.' },
      'no device, by the report': {
        given: signedUp('admin', {}, { mfaActive: false }),
        says: 'has no MFA device',
      },
      'a virtual device, beside which others were not asked for: it decides': {
        given: { ...signedUp('can-become-admin'), ...unlisted },
        says: 'who can become admin, can sign in with less than hardware MFA',
      },
      'one who can make others admin': {
        given: { ...signedUp('can-grant-admin'), ...unlisted },
        says: 'who can make others admin',
      },
      'one whom nothing but MFA stands before admin: its quality is all that there is': {
        given: { ...signedUp('conditional', mfaOnly), ...unlisted },
        says: 'who has admin power once signed in with MFA, can sign in with less',
      },
      'one with an access key alone': {
        given: {
          ...withDevices(),
          ...signedUp('admin', {}, { passwordEnabled: false, keys: [aReportedKey(), aReportedKey({ active: false })] }),
        },
        says: 'has no MFA device',
      },
      'an emergency user, whose MFA counts all the same': {
        given: {
          ...withDevices(virtual),
          identities: identities({ users: [{ ...ann, tags: new Map([['break-glass', 'true']]) }] }),
        },
        says: 'less than hardware',
      },
      'at-least-one: only weak devices': {
        given: withDevices(virtual, `${iam}:sms-mfa/ann`),
        says: /^User ann, who is admin, has no hardware MFA: .+virtual.+phone number/,
        params: atLeastOne,
      },
    },
    unknowns: {
      'devices that AWS refused to list': {
        given: { ...withDevices(), mfaDevices: new Map([['ann', unavailable('access denied', 'iam:ListMFADevices')]]) },
        says: 'access denied',
        on: 'ann',
      },
      'devices that were not listed': { given: signedUp('admin'), says: 'its MFA devices were not listed' },
      'at-least-one: a virtual device, beside which others were not asked for': {
        given: { ...signedUp('admin'), ...unlisted },
        says: 'its other MFA devices were not listed',
        params: atLeastOne,
      },
      'a mode that does not exist': { given: withDevices(virtual), says: 'mode is strongest', params: { mode: 'strongest' } },
    },
  });

  describe('mode at-least-one', () => {
    describeCheck(
      { ...check, params: atLeastOne },
      {
        partition,
        passes: {
          'a virtual device beside a security key': withDevices(fido, virtual),
          'a virtual device beside an unverified passkey': { ...withDevices(fido, virtual), ...uncertified },
        },
        fails: {},
      },
    );
  });
});
