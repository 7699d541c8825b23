import check from '../../lambda/scanner/checks/admin-mfa-not-hardware.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import type { Verdict } from '../../lambda/scanner/model/verdict.ts';
import { ACCOUNT, aReport, aReportedKey, aRow, aUser, identities, partitions, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';
import { aVerdict, accessOf } from '../support/verdicts.ts';

const atLeastOne = { mode: 'at-least-one' };

describe.each(partitions)('in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const ann = aUser('ann', { arn: `${iam}:user/ann` });
  const sealed = { ...ann, tags: new Map([['break-glass', 'true']]) };
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

  const address = { key: 'aws:sourceip', controlledBy: 'environment' as const, text: 'address' };

  describeCheck(check, {
    partition,
    ignores: {
      'a user without administrator access, with a virtual device': {
        ...withDevices(virtual),
        access: accessOf(aVerdict(ann.arn, 'none')),
      },
      'an administrator without password and key, who cannot sign in (other tools fail it)': {
        ...withDevices(virtual),
        ...signedUp('admin', {}, { passwordEnabled: false }),
      },
      'a user with no known condition before administrator access': {
        ...withDevices(virtual),
        ...signedUp('conditional', { would: 'admin', conditions: [] }),
      },
      'a user without administrator access even with MFA': {
        ...withDevices(virtual),
        ...signedUp('conditional', { ...mfaOnly, would: 'none' }),
      },
      'a user with conditions on MFA and on a tag before administrator access': {
        ...withDevices(virtual),
        ...signedUp('conditional', {
          would: 'admin',
          conditions: [...mfaOnly.conditions, { key: 'aws:principaltag/team', controlledBy: 'environment', text: 'tag' }],
        }),
      },
    },
    passes: {
      'a certified security key, whose serial number is an ARN (other tools take every ARN for virtual)': withDevices(fido),
      'a hardware token without an ARN': withDevices(TOKEN),
      both: withDevices(fido, TOKEN),
      'a passkey without certification, which can still be hardware': { ...withDevices(fido), ...uncertified },
    },
    fails: {
      'a break-glass user without administrator access, with a virtual device': {
        given: {
          ...withDevices(virtual),
          identities: identities({ users: [sealed] }),
          access: accessOf(aVerdict(ann.arn, 'none')),
        },
        says: `IAM user ann is for emergencies and can sign in with weak MFA\nWeak MFA devices: ${virtual} (virtual).`,
        on: 'ann',
        severity: 'HIGH',
      },
      'a break-glass user with a key, and without any device': {
        given: {
          ...signedUp(
            'none',
            {},
            { passwordEnabled: false, mfaActive: false, keys: [aReportedKey(), aReportedKey({ active: false })] },
          ),
          identities: identities({ users: [sealed] }),
        },
        says: 'IAM user ann is for emergencies and has no MFA device\nThe user has no console password.',
        severity: 'HIGH',
      },
      'an administrator from one source IP, who signs in there': {
        given: {
          ...withDevices(virtual),
          ...signedUp('conditional', { would: 'admin', conditions: [address] }),
        },
        says: `IAM user ann has administrator access from some networks and can sign in with weak MFA\nWeak MFA devices: ${virtual} (virtual).`,
        on: 'ann',
        severity: 'HIGH',
      },
      'an administrator from one source IP, without any device': {
        given: {
          ...signedUp('conditional', { would: 'admin', conditions: [address] }, { mfaActive: false }),
          mfaDevices: seen({ ann: [] }),
        },
        says: 'IAM user ann has administrator access from some networks and has no MFA device',
      },
      'an administrator from one source IP and with MFA, whose quality counts there too': {
        given: {
          ...withDevices(virtual),
          ...signedUp('conditional', { would: 'admin', conditions: [...mfaOnly.conditions, address] }),
        },
        says: 'IAM user ann can get administrator access with MFA and can sign in with weak MFA',
      },
      'a virtual device, whatever its name': {
        given: withDevices(virtual),
        says: `IAM user ann has administrator access and can sign in with weak MFA\nWeak MFA devices: ${virtual} (virtual).`,
        on: 'ann',
        severity: 'HIGH',
      },
      'a virtual device beside a security key: sign-in needs only one (other tools pass one good device)': {
        given: withDevices(fido, virtual),
        says: /Weak MFA devices: arn:[a-z-]+:iam::111122223333:mfa\/ann \(virtual\)\.$/,
      },
      'a phone number': { given: withDevices(`${iam}:sms-mfa/ann`), says: '(phone number)' },
      'no device': {
        given: withDevices(),
        says: 'IAM user ann has administrator access and has no MFA device\nIts password alone is enough to sign in to the console.',
      },
      'no device, according to the report': {
        given: signedUp('admin', {}, { mfaActive: false }),
        says: 'has no MFA device',
      },
      'a virtual device; the others were not listed, and it decides': {
        given: { ...signedUp('can-become-admin'), ...unlisted },
        says: 'IAM user ann can escalate to administrator and can sign in with weak MFA',
      },
      'a user who can grant administrator access': {
        given: { ...signedUp('can-grant-admin'), ...unlisted },
        says: 'IAM user ann can grant administrator access and can sign in with weak MFA',
      },
      'a user with MFA as the only condition before administrator access': {
        given: { ...signedUp('conditional', mfaOnly), ...unlisted },
        says: 'IAM user ann can get administrator access with MFA and can sign in with weak MFA',
      },
      'a user with an access key and no password': {
        given: {
          ...withDevices(),
          ...signedUp('admin', {}, { passwordEnabled: false, keys: [aReportedKey(), aReportedKey({ active: false })] }),
        },
        says: 'has no MFA device\nThe user has no console password. Its access keys work without MFA, unless a policy requires MFA.',
      },
      'a break-glass user, whose MFA is judged too': {
        given: {
          ...withDevices(virtual),
          identities: identities({ users: [{ ...ann, tags: new Map([['break-glass', 'true']]) }] }),
        },
        says: 'can sign in with weak MFA',
      },
      'at-least-one: only weak devices': {
        given: withDevices(virtual, `${iam}:sms-mfa/ann`),
        says: /^IAM user ann has administrator access and has no hardware MFA\nMFA devices: .+virtual.+phone number/,
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
      'at-least-one: a virtual device; the others were not listed': {
        given: { ...signedUp('admin'), ...unlisted },
        says: 'its other MFA devices were not listed',
        params: atLeastOne,
      },
      'a mode that does not exist': {
        given: withDevices(virtual),
        says: 'mode is strongest; it must be weakest or at-least-one',
        params: { mode: 'strongest' },
      },
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
