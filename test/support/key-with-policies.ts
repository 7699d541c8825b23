import type { Facts } from '../../lambda/scanner/facts/snapshot.ts';
import type { AccessKey } from '../../lambda/scanner/facts/access-keys.ts';
import type { Access } from '../../lambda/scanner/model/verdict.ts';
import { type Statement, documentOf } from '../escalation/support.ts';
import { aKey, aPolicy, aReport, aReportedKey, aRow, aUser, identities, seen } from './builders.ts';
import { aVerdict, accessOf } from './verdicts.ts';

/** What a key and its user have, besides the policies. */
interface More {
  readonly key?: Partial<AccessKey>;
  readonly boundary?: readonly Statement[];
  /** Attached policies that are not in the snapshot. */
  readonly unread?: readonly string[];
  readonly access?: Access;
}

/** A user `ci` with a key AKIA1 of 30 days and an inline policy of these statements, and no path to admin. */
export function givenKey(can: readonly Statement[], { key, boundary, unread = [], access }: More = {}): Partial<Facts> {
  const fence = aPolicy('fence', documentOf(boundary ?? []));
  const ci = aUser('ci', {
    inlinePolicies: [{ name: 'own', document: documentOf(can) }],
    attachedPolicies: unread.map((arn) => ({ name: arn, arn })),
    ...(boundary === undefined ? {} : { boundaryArn: fence.arn }),
  });
  return {
    identities: identities({ users: [ci], policies: [fence] }),
    credentialReport: aReport(aRow('ci', { keys: [aReportedKey(), aReportedKey({ active: false, lastRotated: 'never' })] })),
    accessKeys: seen({ ci: [aKey('ci', 'AKIA1', key)] }),
    access: access ?? accessOf(aVerdict(ci.arn, 'none')),
  };
}
