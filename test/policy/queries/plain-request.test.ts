import { plainRequest } from '../../../lambda/scanner/policy/queries/plain-request.ts';
import { ACCOUNT, NOW, allPartitions } from '../../support/builders.ts';

const scene = (partition = 'aws') => ({ partition, accountId: ACCOUNT, now: NOW });
const ask = (key: string, action = 's3:GetObject', said = {}, partition = 'aws') =>
  plainRequest(scene(partition), action, 'arn:{partition}:s3:::*', said).context(key);

const present = (value: string) => ({ state: 'present', values: [value] });
const absent = { state: 'absent' };
const choiceOf = (controlledBy: string) => ({ state: 'unknown', controlledBy });

test.each<[name: string, key: string, value: unknown]>([
  ['a role that no policy names', 'aws:principalarn', present(`arn:aws:iam::${ACCOUNT}:role/q7x0unnamed`)],
  ['of the account', 'aws:principalaccount', present(ACCOUNT)],
  ['about the account', 'aws:resourceaccount', present(ACCOUNT)],
  ['now', 'aws:currenttime', present('2026-11-20T03:00:00Z')],
  ['now, in seconds', 'aws:epochtime', present('1795143600')],
  ['encrypted', 'aws:securetransport', present('true')],
  ['from an address of no network', 'aws:sourceip', present('192.0.2.1')],
  ['through no service', 'aws:viaawsservice', present('false')],
  ['by no service', 'aws:principalisawsservice', present('false')],
  ['called via nothing', 'aws:calledvia', absent],
  ['called first via nothing', 'aws:calledviafirst', absent],
  ['called last via nothing', 'aws:calledvialast', absent],
  ['for no resource', 'aws:sourcearn', absent],
  ['for no account', 'aws:sourceaccount', absent],
  ['for no Organization', 'aws:sourceorgid', absent],
  ['for no part of an Organization', 'aws:sourceorgpaths', absent],
  ['passing a role to a service that no policy names', 'iam:passedtoservice', present('q7x0unnamed.amazonaws.com')],
  [
    'passing a role for a resource that no policy names',
    'iam:associatedresourcearn',
    present(`arn:aws:q7x0unnamed:q7x0unnamed:${ACCOUNT}:q7x0unnamed`),
  ],
  ['in the Region that the caller likes', 'aws:requestedregion', choiceOf('caller')],
  ['within the Organization', 'aws:principalorgid', choiceOf('caller')],
  ['with MFA or without', 'aws:multifactorauthpresent', choiceOf('environment')],
  ['from whatever VPC', 'aws:sourcevpc', choiceOf('environment')],
])('a plain request is %s', (_name, key, value) => {
  expect(ask(key)).toEqual(value);
});

test.each([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-eusc', 'eusc-de-east-1'],
])('in partition %s IAM and Organizations answer in %s alone', (partition, region) => {
  expect(allPartitions).toContain(partition);
  const regionOf = (action: string) => ask('aws:requestedregion', action, {}, partition);
  expect([regionOf('iam:CreateUser'), regionOf('organizations:CreateAccount'), regionOf('ec2:RunInstances')]).toEqual([
    present(region),
    present(region),
    choiceOf('caller'),
  ]);
});

test.each<[name: string, said: Record<string, string | null>, value: unknown]>([
  ['a value', { 'aws:sourceip': '198.51.100.7' }, present('198.51.100.7')],
  ['that it is absent', { 'aws:sourceip': null }, absent],
  ['nothing of it', { 'aws:sourcevpc': 'vpc-1' }, present('192.0.2.1')],
])('a request that says of a key %s', (_name, said, value) => {
  expect(ask('aws:sourceip', 's3:GetObject', said)).toEqual(value);
});

test('is on a resource of the form of the template', () => {
  expect(plainRequest(scene('aws-cn'), 's3:GetObject', 'arn:{partition}:s3:::*/*').resource).toBe(
    'arn:aws-cn:s3:::q7x0unnamed/q7x0unnamed',
  );
});
