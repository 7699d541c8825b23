import { containmentOf } from '../../lambda/scanner/contain/containment.ts';
import { analyzeAccount } from '../../lambda/scanner/escalation/analyze.ts';
import { toIso } from '../../lambda/scanner/model/instant.ts';
import { snapshotOf } from '../drift/nights.ts';
import {
  ACCOUNT,
  NOW,
  aKey,
  aReport,
  aRole,
  aRow,
  aUser,
  daysAgo,
  emptyAccount,
  identities,
  rootRow,
  seen,
} from '../support/builders.ts';

const arn = (resource: string) => `arn:aws:iam::${ACCOUNT}:${resource}`;
const { createdAt: _, ...undated } = aRole('undated');
const account = snapshotOf(
  {
    ...emptyAccount,
    identities: identities({
      users: [aUser('ci'), aUser('bare', { createdAt: daysAgo(700) }), aUser('unseen')],
      roles: [aRole('deploy', { createdAt: daysAgo(600) }), undated],
    }),
    credentialReport: aReport(rootRow(), aRow('ci'), aRow('bare')),
    accessKeys: seen({
      ci: [aKey('ci', 'AKIAOLD', { createdAt: daysAgo(90) }), aKey('ci', 'AKIANEW', { createdAt: daysAgo(10) })],
    }),
  },
  NOW,
);

const containment = (principal: string, accessKeyId?: string) => {
  const analysis = analyzeAccount(account);
  if (analysis.status === 'unavailable') throw new Error(analysis.reason);
  return containmentOf([analysis.value], { principal, ...(accessKeyId === undefined ? {} : { accessKeyId }) }, NOW);
};

test.each<[name: string, principal: string, accessKeyId: string | undefined, since: number]>([
  ['the key that is named', 'user/ci', 'AKIANEW', daysAgo(10)],
  ['the oldest of its credentials', 'user/ci', undefined, daysAgo(90)],
  ['the user, where it has no credentials', 'user/bare', undefined, daysAgo(700)],
  ['the role', 'role/deploy', undefined, daysAgo(600)],
  ['anything, of a user whose password is not known', 'user/unseen', undefined, 0],
  ['anything, of a role whose date is not known', 'role/undated', undefined, 0],
])('a credential can have been stolen since the creation of %s', (_name, principal, accessKeyId, since) => {
  expect(containment(arn(principal), accessKeyId)?.since).toBe(toIso(since));
});

test('no account has the principal', () => {
  expect(containment(arn('user/nowhere'))).toBeUndefined();
});
