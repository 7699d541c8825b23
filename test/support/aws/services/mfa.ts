import type { Json } from '../../../../lambda/scanner/model/json.ts';
import type { Call, Handler, Served } from '../call.ts';
import { field, isObject, list, text } from '../json-access.ts';
import { pageOf } from '../pages.ts';
import { invalid, noSuchEntity } from '../refusal.ts';
import { exists, factOf, itemOf, userOf } from '../served.ts';

/** Virtual devices, those that somebody uses, those that nobody does, or both. */
export const listVirtualMfaDevices: Handler = (served, call) => {
  const devices = list(factOf(served, call, 'virtualMfaDevices'), 'VirtualMFADevices');
  const status = call.parameters.get('AssignmentStatus') ?? 'Any';
  const wanted = devices.filter((device) => status === 'Any' || (status === 'Assigned') === isObject(field(device, 'User')));
  const { items, end } = pageOf(served, call, wanted);
  return { VirtualMFADevices: items, ...end };
};

/** All devices of a user; the virtual ones where the snapshot did not ask. */
export const listMfaDevices: Handler = (served, call) => {
  const user = userOf(served, call);
  const answer = itemOf(served, call, 'mfaDevices', user);
  const devices = answer === undefined ? virtualDevicesOf(served, call, user) : list(answer, 'MFADevices');
  const { items, end } = pageOf(served, call, devices);
  return { MFADevices: items, ...end };
};

function virtualDevicesOf(served: Served, call: Call, user: string): readonly Json[] {
  return list(factOf(served, call, 'virtualMfaDevices'), 'VirtualMFADevices')
    .filter((device) => text(field(device, 'User'), 'UserName') === user)
    .map((device) => ({
      UserName: user,
      SerialNumber: text(device, 'SerialNumber') ?? '',
      EnableDate: field(device, 'EnableDate') ?? null,
    }));
}

/**
 * What is known of a FIDO device: "For this API, we only accept FIDO security key ARNs".
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html
 */
export const getMfaDevice: Handler = (served, call) => {
  const serial = call.parameters.get('SerialNumber') ?? '';
  if (!/^arn:[^:]+:iam::\d*:u2f\//.test(serial)) throw invalid(`The serial number ${serial} is not that of a FIDO security key`);
  const device = itemOf(served, call, 'mfaCertifications', serial);
  const owner = text(device, 'UserName') ?? call.parameters.get('UserName');
  if (device === undefined || (owner !== undefined && !exists(served, owner)))
    throw noSuchEntity(`MFADevice with serial number ${serial} does not exist.`);
  return isObject(device) ? { SerialNumber: serial, ...device } : device;
};
