import type { Json } from '../../lambda/scanner/model/json.ts';
import { type CompiledPolicy, compilePolicy, createVocabulary } from '../../lambda/scanner/policy/compile.ts';
import type { Context, ContextValue } from '../../lambda/scanner/policy/context.ts';
import { controllerOf } from '../../lambda/scanner/policy/global-keys.ts';
import { decide } from '../../lambda/scanner/policy/decide.ts';
import type { Decision, PolicyInForce } from '../../lambda/scanner/policy/decide.ts';
import { parsePolicy } from '../../lambda/scanner/policy/parse.ts';

/** Keys that a test knows: one value, several, `null` for absent, `'?'` for unknown. Keys left out are absent. */
export type Known = Readonly<Record<string, string | readonly string[] | null>>;

/** The context of a test. */
export function contextOf(known: Known): Context {
  return (key): ContextValue => {
    const value = Object.hasOwn(known, key) ? known[key] : null;
    if (value === null || value === undefined) return { state: 'absent' };
    if (value === '?') return { state: 'unknown', controlledBy: controllerOf(key) };
    return { state: 'present', values: typeof value === 'string' ? [value] : value };
  };
}

/** A context in which no key is known. */
export const unknownContext: Context = (key) => ({ state: 'unknown', controlledBy: controllerOf(key) });

const vocabulary = createVocabulary(['iam:PassRole', 'iam:GetUser', 's3:GetObject']);

/** A document over a vocabulary of three actions. */
export function compiledOf(document: Json): CompiledPolicy {
  const policy = parsePolicy(document);
  if (policy.kind === 'malformed') throw new Error(policy.reason);
  return compilePolicy(policy, vocabulary);
}

/** The documents in force, named `p0`, `p1`, … */
export const inForce = (...documents: readonly Json[]): readonly PolicyInForce[] =>
  documents.map((document, index) => ({ policy: compiledOf(document), origin: `p${index}` }));

/** A policy of version 2012-10-17 with these statements; Effect is Allow, Action and Resource are `*` unless said otherwise. */
export const policyOf = (...statements: readonly Readonly<Record<string, Json>>[]): Json => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({
    Effect: 'Allow',
    ...('NotAction' in statement ? {} : { Action: '*' }),
    ...('NotResource' in statement ? {} : { Resource: '*' }),
    ...statement,
  })),
});

/** Decides one request, by default `iam:PassRole` on a role. */
export const ask = (
  documents: readonly Json[],
  {
    action = 'iam:PassRole',
    resource = 'arn:aws:iam::111122223333:role/admin',
    known = {},
  }: { action?: string; resource?: string; known?: Known } = {},
): Decision => decide(inForce(...documents), { action, resource, context: contextOf(known) });

/** Whether a condition makes an Allow apply: `'allowed'`, `'denied'` or `'depends'`. */
export const holds = (operator: string, key: string, values: Json, known: Known): string =>
  ask([policyOf({ Condition: Object.fromEntries([[operator, Object.fromEntries([[key, values]])]]) })], { known }).effect;
