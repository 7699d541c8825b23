import type { Json } from '../../../../lambda/scanner/model/json.ts';
import type { Call, Handler, Served } from '../call.ts';
import { field, isObject, list, text } from '../json-access.ts';
import { noSuchEntity } from '../refusal.ts';
import { factOf } from '../served.ts';

/** Whether a policy of AWS is attached to nothing, and used as a permissions boundary alone: the account's details leave it out. */
export const isBoundaryOnly = (policy: Json): boolean =>
  text(policy, 'Arn')?.includes(':iam::aws:policy/') === true && field(policy, 'AttachmentCount') === 0;

/** What there is to know of a managed policy, but for its documents. */
export const getPolicy: Handler = (served, call) => {
  const policy = policyOf(served, call);
  const fields = Object.entries(isObject(policy) ? policy : {}).filter(([name]) => name !== 'PolicyVersionList');
  const version = list(policy, 'PolicyVersionList').find((item) => field(item, 'IsDefaultVersion') === true);
  return { Policy: { ...Object.fromEntries(fields), DefaultVersionId: text(version, 'VersionId') ?? 'v1' } };
};

/** One version of a managed policy, with its document. */
export const getPolicyVersion: Handler = (served, call) => {
  const id = call.parameters.get('VersionId') ?? '';
  const version = list(policyOf(served, call), 'PolicyVersionList').find((item) => text(item, 'VersionId') === id);
  if (version === undefined) throw noSuchEntity(`Policy version ${id} does not exist.`);
  return { PolicyVersion: version };
};

function policyOf(served: Served, call: Call): Json {
  const arn = call.parameters.get('PolicyArn') ?? '';
  const policy = list(factOf(served, call, 'identities'), 'Policies').find((item) => text(item, 'Arn') === arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}
