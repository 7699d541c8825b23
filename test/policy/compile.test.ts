import type { Json } from '../../lambda/scanner/model/json.ts';
import { compileDocument, compilePolicy, createVocabulary } from '../../lambda/scanner/policy/compile.ts';
import type { CompiledPolicy, CompileResult } from '../../lambda/scanner/policy/compile.ts';
import { decide } from '../../lambda/scanner/policy/decide.ts';
import { parsePolicy } from '../../lambda/scanner/policy/parse.ts';
import { services } from '../../lambda/scanner/policy/services.ts';
import { contextOf, policyOf } from './support.ts';
import { processorTime } from '../support/processor-time.ts';

const actions = Array.from({ length: 70 }, (_, index) => `svc:Action${index}`);
const vocabulary = createVocabulary(actions);

const compiled = (result: CompileResult): CompiledPolicy => {
  if (result.kind === 'malformed') throw new Error(result.reason);
  return result;
};

const compile = (...statements: readonly Readonly<Record<string, Json>>[]): CompiledPolicy => {
  const policy = parsePolicy(policyOf(...statements));
  if (policy.kind === 'malformed') throw new Error(policy.reason);
  return compilePolicy(policy, vocabulary);
};

const named = (policy: CompiledPolicy): readonly number[] => actions.map((_, index) => index).filter(policy.mayAllow);

test('the vocabulary numbers actions whatever their case', () => {
  expect(vocabulary.indexOf('svc:Action33')).toBe(33);
  expect(vocabulary.indexOf('SVC:ACTION33')).toBe(33);
  expect(vocabulary.indexOf('svc:Other')).toBe(-1);
  expect(createVocabulary(['a:B', 'A:b']).indexOf('A:b')).toBe(0);
});

test('mayAllow is the union of what Allow statements name', () => {
  expect(named(compile({ Action: 'svc:Action6?' }, { Action: ['svc:ACTION3', 'other:*'] }))).toEqual([
    3, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69,
  ]);
  expect(named(compile({ NotAction: 'svc:Action?*' }))).toEqual([]);
  expect(named(compile({ NotAction: ['svc:Action??', 'svc:Action1'] }))).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(named(compile({ Effect: 'Deny' }))).toEqual([]);
  expect(compile({ Effect: 'Deny' }).mayAllow(-1)).toBe(false);
});

test('a statement shows its source, its actions and its resources', () => {
  const [statement] = compile({ Action: 'svc:Action1', Resource: ['a', '${aws:username}'] }).statements;
  expect(statement?.source.index).toBe(0);
  expect([statement?.matchesAction(1), statement?.matchesAction(2), statement?.matchesAction(-1)]).toEqual([true, false, false]);
  expect(statement?.matchesActionName('SVC:action1')).toBe(true);
  expect(statement?.resources).toMatchObject({ negated: false, patterns: ['a', '${aws:username}'], hasVariables: true });
});

test('variables are none in a policy of 2008', () => {
  const policy = parsePolicy({ Statement: { Effect: 'Allow', Action: '*', Resource: '${aws:username}' } });
  const [statement] = policy.kind === 'policy' ? compilePolicy(policy, vocabulary).statements : [];
  expect(statement?.resources.hasVariables).toBe(false);
});

test('a document is compiled once for each vocabulary', () => {
  const document = policyOf({ Action: 'svc:*' });
  const first = compileDocument(document, vocabulary);
  expect(compileDocument(document, vocabulary)).toBe(first);
  expect(compileDocument(document, createVocabulary([]))).not.toBe(first);
  expect(compileDocument(policyOf({ Action: 'svc:Action1' }), vocabulary)).not.toBe(first);
});

test('the same pattern is not confused in two versions of the language', () => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '${aws:username}' };
  const effects = (['2008-10-17', '2012-10-17'] as const).map((Version) => {
    const policy = compiled(compileDocument({ Version, Statement: statement }, vocabulary));
    return decide([{ policy, origin: '' }], { action: 'a:b', resource: 'alice', context: contextOf({ 'aws:username': 'alice' }) })
      .effect;
  });
  expect(effects).toEqual(['denied', 'allowed']);
});

test('a malformed document stays malformed', () => {
  expect(compileDocument('x', vocabulary)).toEqual({
    kind: 'malformed',
    reason: 'the document is text that is not JSON',
  });
  expect(compileDocument({}, vocabulary).kind).toBe('malformed');
});

test('10,000 statements are compiled and asked without trouble', () => {
  const statements = Array.from({ length: 10_000 }, (_, index) => ({
    Action: `svc:Action${index}`,
    Resource: `arn:aws:s3:::b${index}/*`,
  }));
  const took = processorTime(() => {
    const policy = compile(...statements);
    const request = { action: 'svc:Action69', resource: 'arn:aws:s3:::b69/x', context: contextOf({}) };
    expect(decide([{ policy, origin: '' }], request).effect).toBe('allowed');
  });
  expect(took).toBeLessThan(2_000);
});

test('the services are sorted, distinct and in lower case', () => {
  expect(services.length).toBeGreaterThan(400);
  expect(services).toEqual([...new Set(services.map((service) => service.toLowerCase()))].sort());
  expect(services).toEqual(expect.arrayContaining(['iam', 'sts', 's3', 'organizations', 'bedrock-agentcore']));
});
