import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ServiceModel, roleOperations } from '../../bin/role-passing/role-members.ts';
import { membersByAction } from '../../bin/role-passing/table.ts';
import { trustedServiceOf } from '../../bin/role-passing/trusted-service-of.ts';
import { existingComputeTechniques } from '../../lambda/scanner/techniques/existing/index.ts';
import { passRoleTechniques } from '../../lambda/scanner/techniques/pass-role-techniques.ts';

/** A model of a service that does not exist, with one operation whose input has these members; the shapes are those below. */
const modelWith = (members: Readonly<Record<string, string>>): ServiceModel => ({
  metadata: { endpointPrefix: 'newservice' },
  operations: { CreateThing: { input: { shape: 'CreateThingRequest' } }, ListThings: {} },
  shapes: {
    CreateThingRequest: { type: 'structure', members: referring(members) },
    Text: { type: 'string' },
    Count: { type: 'integer' },
    Texts: { type: 'list', member: { shape: 'Text' } },
    TextByName: { type: 'map', value: { shape: 'Text' } },
    Target: { type: 'structure', members: referring({ Arn: 'Text', RoleArn: 'Text' }) },
    Targets: { type: 'list', member: { shape: 'Target' } },
    TargetByName: { type: 'map', value: { shape: 'Target' } },
    TargetsByName: { type: 'map', value: { shape: 'Targets' } },
    Profile: { type: 'structure', members: referring({ Name: 'Text' }) },
    Tree: { type: 'structure', members: referring({ Inner: 'Tree', ExecutionRole: 'Text' }) },
  },
});

const referring = (members: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, { shape }]));

describe('the generator finds in a model that it has never seen', () => {
  test.each<[what: string, members: Readonly<Record<string, string>>, found: readonly string[]]>([
    ['a role', { RoleArn: 'Text' }, ['RoleArn']],
    ['a list of roles', { roleArns: 'Texts' }, ['roleArns']],
    ['a map of roles', { Roles: 'TextByName' }, ['Roles']],
    ['an instance profile', { IamInstanceProfile: 'Profile' }, ['IamInstanceProfile']],
    ['a role in a structure', { Target: 'Target' }, ['Target.RoleArn']],
    ['a role in a list of structures', { Targets: 'Targets' }, ['Targets.RoleArn']],
    ['a role in a map of structures', { Targets: 'TargetByName' }, ['Targets.RoleArn']],
    ['a role in a map of lists of structures', { Targets: 'TargetsByName' }, ['Targets.RoleArn']],
    ['a role in a shape that has itself as a member', { Tree: 'Tree' }, ['Tree.ExecutionRole']],
    ['several roles', { RoleArn: 'Text', Targets: 'Targets' }, ['RoleArn', 'Targets.RoleArn']],
  ])('%s', (_, members, found) => {
    expect(roleOperations('new-service', modelWith({ Name: 'Text', ...members }))).toEqual([
      { prefixes: ['newservice', 'new-service', 'newservice'], operation: 'CreateThing', members: found },
    ]);
  });

  test.each([
    ['no role', { Name: 'Text' }],
    ['a number of roles only', { RoleCount: 'Count' }],
  ])('nothing where it has %s', (_, members) => {
    expect(roleOperations('new-service', modelWith(members))).toEqual([]);
  });
});

const classes = path.join(__dirname, '../../bin/role-passing/classes.json');

describe('an action of a service that is in no reference', () => {
  test('is in the table by its most likely name, also where IoT has an action CreateThing, and so needs a class', async () => {
    const operations = roleOperations('new-service', modelWith({ RoleArn: 'Text' }));
    const members = await membersByAction({ operations, dependents: ['s3:PutReplicationConfiguration'] });
    expect(members.get('newservice:CreateThing')).toEqual(['RoleArn']);
    expect(members.has('iot:CreateThing')).toBe(false);
    expect(members.has('s3:PutReplicationConfiguration')).toBe(true);
  });

  test('needs, most likely, the trust in a service of that name', () => {
    expect(trustedServiceOf(classes)('newservice:CreateThing')).toBe('newservice.amazonaws.com?');
  });
});

describe('the column of the services that the role must trust', () => {
  const rows = readFileSync(path.join(__dirname, '../../bin/role-passing/actions.tsv'), 'utf8')
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('#'))
    .map((row): readonly [action: string, services: string] => {
      const [action = '', , services = ''] = row.split('\t');
      return [action, services];
    });

  test('is what the generator makes of the techniques and the classes', () => {
    const servicesOf = trustedServiceOf(classes);
    expect(rows.filter(([action, services]) => services !== servicesOf(action))).toEqual([]);
  });

  test('has the service of each technique', () => {
    const column = new Map(rows.map(([action, services]) => [action, services.split(', ')]));
    const wrong = [...passRoleTechniques, ...existingComputeTechniques].flatMap(({ service, actions }) =>
      actions.filter((action) => column.has(action) && !column.get(action)?.includes(service)),
    );
    expect(wrong).toEqual([]);
  });

  test('says where it is not known', () => {
    const column = new Map(rows);
    expect(column.get('lambda:CreateFunction')).toBe('lambda.amazonaws.com');
    expect(column.get('firehose:CreateDeliveryStream')).toBe('firehose.amazonaws.com?');
    expect(column.get('iam:CreateRole')).toBe('');
  });
});
