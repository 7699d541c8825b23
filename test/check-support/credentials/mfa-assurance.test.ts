import { isHardware, mfaAssurance, mfaAssurances } from '../../../lambda/scanner/check-support/credentials/mfa-assurance.ts';
import { unavailable } from '../../../lambda/scanner/model/observed.ts';
import { ACCOUNT, allPartitions, seen } from '../../support/builders.ts';

const certified = { FIDO: 'L1' };

describe.each(allPartitions)('MFA assurance in partition %s', (partition) => {
  const iam = `arn:${partition}:iam::${ACCOUNT}`;
  const fido = `${iam}:u2f/user/ann/key-ABC`;
  const rootFido = `${iam}:u2f/root-account/key-DEF`;
  const virtual = `${iam}:mfa/ann`;
  const sms = `${iam}:sms-mfa/ann`;

  test.each([
    ['a phone number', sms, {}, 'sms'],
    ['a virtual device', virtual, {}, 'virtual'],
    ['a virtual device of root', `${iam}:mfa/root-account-mfa-device`, {}, 'virtual'],
    ['a virtual device with a path, called u2f', `${iam}:mfa/u2f/user/ann`, {}, 'virtual'],
    ['a hardware token', 'GAHT12345678', {}, 'hardware-totp'],
    ['a hardware token of another maker', 'GAKT00000001', {}, 'hardware-totp'],
    ['FIDO with a certification', fido, { [fido]: certified }, 'fido-certified'],
    ['FIDO with a FIPS certification alone', fido, { [fido]: { 'FIPS-140-2': 'L2' } }, 'fido-certified'],
    ['FIDO without a certification: a passkey, or a key without attestation', fido, { [fido]: {} }, 'passkey-unverified'],
    ['FIDO of root with a certification', rootFido, { [rootFido]: certified }, 'fido-certified'],
    ['FIDO of root without a certification', rootFido, { [rootFido]: {} }, 'passkey-unverified'],
    ['a virtual device with a certification is still virtual', virtual, { [virtual]: certified }, 'virtual'],
  ])('%s', (_name, serialNumber, certifications, assurance) => {
    expect(mfaAssurance([serialNumber], seen<Readonly<Record<string, string>>>(certifications))).toEqual({
      devices: [{ serialNumber, assurance }],
      weakest: assurance,
      strongest: assurance,
    });
  });

  test.each([
    ['refused', new Map([[fido, unavailable('access denied')]]), 'access denied'],
    ['not requested', new Map(), 'its certification was not requested'],
  ])('a certification that was %s gives the lowest assurance of FIDO, with the reason', (_name, certifications, unseen) => {
    const { devices, weakest } = mfaAssurance([fido], certifications);
    expect(devices).toEqual([{ serialNumber: fido, assurance: 'passkey-unverified', unseen }]);
    expect(weakest).toBe('passkey-unverified');
  });

  test.each([
    ['no device', [], 'none', 'none'],
    ['a certified key beside a virtual device', [fido, virtual], 'virtual', 'fido-certified'],
    ['the same in the other order', [virtual, fido], 'virtual', 'fido-certified'],
    ['a token beside a certified key', [fido, 'GAHT12345678'], 'hardware-totp', 'fido-certified'],
    ['every kind of device', [fido, virtual, sms, 'GAHT12345678'], 'sms', 'fido-certified'],
  ])('%s', (_name, serials, weakest, strongest) => {
    expect(mfaAssurance(serials, seen({ [fido]: certified }))).toMatchObject({ weakest, strongest });
  });
});

test('only devices known to be hardware count as hardware', () => {
  expect(mfaAssurances.filter(isHardware)).toEqual(['hardware-totp', 'fido-certified']);
});
