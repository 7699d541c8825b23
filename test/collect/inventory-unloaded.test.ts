import { serving } from './inventory-account.ts';
import { collectFrom } from './live.ts';

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
  const { snapshot } = await collectFrom(account, {}, { facts: ['identities'] });
  expect(snapshot.facts.identities.status).toBe('collected');
});

test('with one, they are', async () => {
  await expect(collectFrom(account, {}, { facts: ['identities'], inventory: true })).rejects.toThrow('the SDK client is loaded');
});
