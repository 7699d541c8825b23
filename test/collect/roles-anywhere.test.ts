import { HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Readable } from 'node:stream';
import { connect } from '../../lambda/scanner/collect/aws.ts';
import { collectRolesAnywhere } from '../../lambda/scanner/collect/roles-anywhere.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import type { SnapshotFile } from '../../lambda/scanner/facts/snapshot-file.ts';
import { collected, unavailable } from '../../lambda/scanner/model/observed.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { startLoopbackAws } from '../support/aws/loopback-aws.ts';
import type { Quirks } from '../support/aws/quirks.ts';
import { smallAccount } from '../support/aws/small-account.ts';
import { ACCOUNT, identities } from '../support/builders.ts';
import { aTrustingRole, letting } from '../support/trust.ts';
import { type Collected, collectFrom } from './live.ts';

const REGIONS = ['eu-west-1', 'us-east-1'];
const ACTIONS = ['ListCrls', 'ListProfiles', 'ListTrustAnchors'];

const arn = (region: string, resource: string) => `arn:aws:rolesanywhere:${region}:${ACCOUNT}:${resource}`;

/** So many of each in a Region, with what is of no interest here, as AWS gives it. */
function stocked(region: string, count: number) {
  const ids = Array.from({ length: count }, (_, index) => `id${index}`);
  const common = { enabled: true, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };
  return {
    trustAnchors: ids.map((id) => ({
      ...common,
      name: `anchor ${id}`,
      trustAnchorId: id,
      trustAnchorArn: arn(region, `trust-anchor/${id}`),
      source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: 'MII' } },
    })),
    crls: ids.map((id) => ({
      ...common,
      name: `list ${id}`,
      crlId: id,
      crlArn: arn(region, `crl/${id}`),
      crlData: 'AAAA',
      trustAnchorArn: arn(region, `trust-anchor/${id}`),
    })),
    profiles: ids.map((id) => ({
      ...common,
      name: `profile ${id}`,
      profileId: id,
      profileArn: arn(region, `profile/${id}`),
      durationSeconds: 3600,
      roleArns: [`arn:aws:iam::${ACCOUNT}:role/backup`],
      sessionPolicy: '{}',
      managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    })),
  };
}

const aRoleFor = (service: string) => ({
  Path: '/',
  RoleName: 'backup',
  RoleId: 'AROABACKUP',
  Arn: `arn:aws:iam::${ACCOUNT}:role/backup`,
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [letting({ Service: service })] },
});

const served = (service: string, stock: Readonly<Record<string, Json>>): SnapshotFile => ({
  ...smallAccount,
  facts: {
    ...smallAccount.facts,
    identities: collected({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [aRoleFor(service)], Policies: [] }),
    compute: collected({ regions: REGIONS, kinds: [], items: [], unseen: [] }),
    rolesAnywhere: collected(Object.fromEntries(Object.entries(stock).map(([region, value]) => [region, collected(value)]))),
  },
});

const take = (quirks: Quirks = {}, count = 1, service = 'rolesanywhere.amazonaws.com') =>
  collectFrom(served(service, { 'eu-west-1': stocked('eu-west-1', count) }), quirks, { facts: ['identities', 'rolesAnywhere'] });

const asked = ({ calls }: Collected) =>
  calls
    .filter(({ action }) => action === 'ListRegions' || ACTIONS.includes(action))
    .map(({ action, region }) => `${action} ${region ?? ''}`.trim())
    .toSorted();

const nothing = collected({ trustAnchors: [], crls: [], profiles: [] });
const everyList = ACTIONS.flatMap((action) => REGIONS.map((region) => `${action} ${region}`));

test('if no role trusts the service, no call is made and the fact is empty', async () => {
  const found = await take({}, 1, 'ec2.amazonaws.com');
  expect(found.file.facts.rolesAnywhere).toEqual(collected({}));
  expect(asked(found)).toEqual([]);
});

test('every enabled Region is called once for each list, and the saved fact is the evaluated fact', async () => {
  const found = await take();
  expect(asked(found)).toEqual([...everyList, 'ListRegions'].toSorted());
  const role = `arn:aws:iam::${ACCOUNT}:role/backup`;
  expect(found.file.facts.rolesAnywhere).toEqual(
    collected({
      'eu-west-1': collected({
        trustAnchors: [
          {
            name: 'anchor id0',
            enabled: true,
            trustAnchorId: 'id0',
            trustAnchorArn: arn('eu-west-1', 'trust-anchor/id0'),
            source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: 'MII' } },
          },
        ],
        crls: [
          {
            name: 'list id0',
            enabled: true,
            crlId: 'id0',
            crlArn: arn('eu-west-1', 'crl/id0'),
            trustAnchorArn: arn('eu-west-1', 'trust-anchor/id0'),
          },
        ],
        profiles: [
          {
            name: 'profile id0',
            enabled: true,
            profileId: 'id0',
            profileArn: arn('eu-west-1', 'profile/id0'),
            roleArns: [role],
            sessionPolicy: '{}',
            managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
          },
        ],
      }),
      'us-east-1': nothing,
    }),
  );
});

test('all pages are read, through throttling and cut connections', async () => {
  const calm = await take({}, 7);
  const found = await take(
    { seed: 4, randomPages: true, emptyPages: 0.3, throttling: { rate: 0.1, burst: 1 }, cutConnections: 0.1 },
    7,
  );
  expect(found.file.facts.rolesAnywhere).toEqual(calm.file.facts.rolesAnywhere);
  expect(asked(found).length).toBeGreaterThan(asked(calm).length);
}, 60_000);

test.each(ACTIONS)('%s refused in one Region hides that Region and no other', async (name) => {
  const action = `rolesanywhere:${name}`;
  const found = await take({ deny: [`${action} in eu-west-1`] });
  expect(found.file.facts.rolesAnywhere).toEqual(
    collected({ 'eu-west-1': unavailable(`access to ${action} was denied`, action), 'us-east-1': nothing }),
  );
});

test('without the list of Regions nothing is known, and none is asked', async () => {
  const found = await take({ deny: ['account:ListRegions'] });
  expect(found.file.facts.rolesAnywhere).toEqual(unavailable('access to account:ListRegions was denied', 'account:ListRegions'));
  expect(asked(found)).toEqual(['ListRegions']);
});

test('a list of no Regions is no answer', async () => {
  const none = { ...smallAccount.facts, compute: collected({ regions: [], kinds: [], items: [], unseen: [] }) };
  const account = { ...smallAccount, facts: { ...none, identities: served('rolesanywhere.amazonaws.com', {}).facts.identities } };
  const found = await collectFrom(account, {}, { facts: ['identities', 'rolesAnywhere'] });
  expect(found.file.facts.rolesAnywhere).toEqual(
    unavailable('account:ListRegions failed: AWS listed no Region', 'account:ListRegions'),
  );
});

test('without the identities it is not known whom to ask for', async () => {
  const found = await take({ deny: ['iam:GetAccountAuthorizationDetails'] });
  expect(found.file.facts.rolesAnywhere).toMatchObject({ status: 'unavailable', action: 'iam:GetAccountAuthorizationDetails' });
  expect(asked(found)).toEqual([]);
});

const EMPTY = JSON.stringify({ trustAnchors: [], crls: [], profiles: [] });

/** DNS knows the host in these Regions; there every list is empty. */
class SomeHosts extends NodeHttpHandler {
  readonly #regions: readonly string[];

  constructor(regions: readonly string[]) {
    super();
    this.#regions = regions;
  }

  override handle({ hostname }: Parameters<NodeHttpHandler['handle']>[0]): ReturnType<NodeHttpHandler['handle']> {
    if (this.#regions.some((region) => hostname === `rolesanywhere.${region}.amazonaws.com`))
      return Promise.resolve({ response: new HttpResponse({ statusCode: 200, headers: {}, body: Readable.from([EMPTY]) }) });
    return Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }));
  }
}

describe('where DNS knows no host of the service', () => {
  const backup = aTrustingRole('backup', [letting({ Service: 'rolesanywhere.amazonaws.com' })]);
  const takeWith = async (regions: readonly string[]) => {
    const loopback = await startLoopbackAws(served('rolesanywhere.amazonaws.com', {}));
    const { AWS_ENDPOINT_URL: endpoint = '', ...environment } = environmentFor(loopback.endpoint);
    const only = { AWS_ENDPOINT_URL_STS: endpoint, AWS_ENDPOINT_URL_ACCOUNT: endpoint };
    try {
      return await withEnvironment({ ...environment, ...only }, async () => {
        const aws = await connect();
        const requestHandler = new SomeHosts(regions);
        const settingsIn = (region?: string) => ({ ...aws.settingsIn(region), requestHandler });
        return collectRolesAnywhere({ ...aws, settingsIn }, { identities: collected(identities({ roles: [backup] })) });
      });
    } finally {
      await loopback.stop();
    }
  };

  test('in a Region, there is nothing to see there', async () => {
    expect(await takeWith(['us-east-1'])).toEqual(collected({ 'us-east-1': nothing }));
  });

  test('in no Region, nothing was seen', async () => {
    expect(await takeWith([])).toEqual(
      collected(
        Object.fromEntries(
          REGIONS.map((region) => [
            region,
            unavailable(
              `rolesanywhere:ListTrustAnchors failed: NoSuchHost: getaddrinfo ENOTFOUND rolesanywhere.${region}.amazonaws.com`,
              'rolesanywhere:ListTrustAnchors',
            ),
          ]),
        ),
      ),
    );
  });
});
