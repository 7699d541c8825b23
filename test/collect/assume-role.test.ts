import { type Aws, assumeRole, connect } from '../../lambda/scanner/collect/aws.ts';
import { environmentFor, withEnvironment } from '../support/aws/environment.ts';
import { type LoopbackAws, startLoopbackAws } from '../support/aws/loopback-aws.ts';
import { smallAccount } from '../support/aws/small-account.ts';

const OTHER = '444455556666';
const role = { accountId: OTHER, roleName: 'audit/iam-vigil', sessionPolicy: '{}' };

let aws: LoopbackAws;
beforeAll(async () => {
  aws = await startLoopbackAws(smallAccount);
});
afterAll(() => aws.stop());

/** Sessions of a role, of which each ends at this time, and what was asked for. */
async function sessionsOf(ends: Date, asked: Parameters<typeof assumeRole>[1] = role) {
  const inputs: object[] = [];
  const session = await withEnvironment(environmentFor(aws.endpoint), async () => {
    const connection = await connect();
    const send = ({ input }: { readonly input: object }) => {
      const number = inputs.push(input);
      const Credentials = { AccessKeyId: `ASIA${number}`, SecretAccessKey: 'x', SessionToken: 'y', Expiration: ends };
      return Promise.resolve({ Credentials });
    };
    return assumeRole({ ...connection, sts: { send } as unknown as Aws['sts'] }, asked);
  });
  return { inputs, key: async () => (await session.settingsIn().credentials()).accessKeyId };
}

const inAnHour = () => new Date(Date.now() + 3_600_000);

test('a role is asked for by its ARN, with the policy that keeps the session small', async () => {
  const { inputs } = await sessionsOf(inAnHour());
  expect(inputs).toEqual([{ RoleArn: `arn:aws:iam::${OTHER}:role/audit/iam-vigil`, RoleSessionName: 'iam-vigil', Policy: '{}' }]);
});

test('the external id is sent where there is one', async () => {
  const { inputs } = await sessionsOf(inAnHour(), { ...role, externalId: 'shared-with-acme' });
  expect(inputs).toEqual([expect.objectContaining({ ExternalId: 'shared-with-acme' })]);
});

test('one session serves until it ends', async () => {
  const { inputs, key } = await sessionsOf(inAnHour());
  expect([await key(), await key()]).toEqual(['ASIA1', 'ASIA1']);
  expect(inputs).toHaveLength(1);
});

test('a session that ends is followed by a new one, so that a long scan goes on', async () => {
  const { inputs, key } = await sessionsOf(new Date(Date.now() - 1_000));
  expect(new Set([await key(), await key()]).size).toBe(2);
  expect(inputs[1]).toEqual(inputs[0]);
});
