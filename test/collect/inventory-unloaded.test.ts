import { collected } from '../../lambda/scanner/model/observed.ts';
import { serving } from './inventory-account.ts';
import { collectFrom, usualFacts } from './live.ts';

jest.mock('@aws-sdk/client-lambda', refuse);
jest.mock('@aws-sdk/client-ec2', refuse);
jest.mock('@aws-sdk/client-ssm', refuse);
jest.mock('@aws-sdk/client-ecs', refuse);
jest.mock('@aws-sdk/client-codebuild', refuse);
jest.mock('@aws-sdk/client-cloudformation', refuse);
jest.mock('@aws-sdk/client-sagemaker', refuse);
jest.mock('@aws-sdk/client-glue', refuse);

/** A function declaration, since jest moves the calls above to the top of the file. */
function refuse(): never {
  throw new Error('the SDK client is loaded');
}

const account = serving({ roles: { admin: { trusts: ['lambda.amazonaws.com'] } } });

test('without an inventory, no SDK client of its services is loaded', async () => {
  // Without an analyzer all Regions are asked for one.
  const { calls, snapshot } = await collectFrom({ ...account, facts: { ...account.facts, analyzers: collected({}) } });
  expect(calls.map(({ action }) => action)).toContain('ListRegions');
  expect(usualFacts.filter((name) => snapshot.facts[name].status === 'unavailable')).toEqual([]);
});

test('with one, they are', async () => {
  await expect(collectFrom(account, {}, { facts: ['identities'], inventory: true })).rejects.toThrow('the SDK client is loaded');
});
