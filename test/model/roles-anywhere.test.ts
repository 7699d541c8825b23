import type { Json } from '../../lambda/scanner/model/json.ts';
import { parseFact } from '../../lambda/scanner/facts/snapshot.ts';
import { type Observed, collected } from '../../lambda/scanner/model/observed.ts';

const anchor = { name: 'n', enabled: true, trustAnchorArn: 'a', trustAnchorId: 'i', source: { sourceType: 'AWS_ACM_PCA' } };
const crl = { name: 'n', enabled: false, crlArn: 'c', crlId: 'i', trustAnchorArn: 'a' };
const profile = { name: 'n', enabled: true, profileArn: 'p', profileId: 'i', roleArns: ['r'] };

/** One Region, read. */
function read(lists: Readonly<Record<string, Json>>): Observed<unknown> | undefined {
  const value = { trustAnchors: [], crls: [], profiles: [], ...lists };
  const fact = parseFact('rolesAnywhere', collected({ 'eu-west-1': collected(value) }));
  return fact.status === 'collected' ? fact.value.get('eu-west-1') : undefined;
}

test('anchors and revocation lists are read', () => {
  expect(read({ trustAnchors: [anchor], crls: [crl] })).toEqual(
    collected({
      trustAnchors: [{ arn: 'a', id: 'i', name: 'n', enabled: true, source: 'AWS_ACM_PCA' }],
      crls: [{ arn: 'c', id: 'i', name: 'n', enabled: false, trustAnchorArn: 'a' }],
      profiles: [],
    }),
  );
});

test.each<[name: string, sourceData: Json, authority: string | undefined]>([
  ['certificates', { x509CertificateData: 'MII' }, 'MII'],
  ['an authority in AWS Private CA', { acmPcaArn: 'arn' }, 'arn'],
  ['neither', {}, undefined],
  ['null', null, undefined],
])('the authority of an anchor: %s', (_name, sourceData, authority) => {
  const source = { sourceType: 'CERTIFICATE_BUNDLE', sourceData };
  const found = read({ trustAnchors: [{ ...anchor, source }] });
  expect(found).toMatchObject({ value: { trustAnchors: [authority === undefined ? { id: 'i' } : { authority }] } });
});

test.each<[name: string, limits: Readonly<Record<string, Json>>, narrowsSessions: boolean]>([
  ['nothing', {}, false],
  ['a session policy', { sessionPolicy: '{}' }, true],
  ['managed policies alone', { managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, true],
  ['a blank policy and an empty list', { sessionPolicy: ' ', managedPolicyArns: [] }, false],
  ['null', { sessionPolicy: null, managedPolicyArns: null }, false],
])('a profile with %s narrows its sessions: %s', (_name, limits, narrowsSessions) => {
  const expected = { arn: 'p', id: 'i', name: 'n', enabled: true, roleArns: ['r'], narrowsSessions };
  expect(read({ profiles: [{ ...profile, ...limits }] })).toMatchObject({ value: { profiles: [expected] } });
});

test.each<[name: string, lists: Readonly<Record<string, Json>>, says: string]>([
  ['an anchor that does not say whether it is in use', { trustAnchors: [{ ...anchor, enabled: null }] }, 'enabled'],
  ['a revocation list for nothing', { crls: [{ ...crl, trustAnchorArn: null }] }, 'trustAnchorArn'],
  ['no profiles at all', { profiles: null }, 'profiles'],
])('%s hides the Region', (_name, lists, says) => {
  expect(read(lists)).toMatchObject({ status: 'unavailable', reason: expect.stringContaining(says) as string });
});
