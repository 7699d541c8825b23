import { derivedValues } from '../model/derived-values.ts';
import type { Json } from '../model/json.ts';
import { readConditions } from './parse-condition.ts';
import { Malformed, isList, ownValue, readEither, readElements, readList, readString, readStrings } from './parse-elements.ts';
import type { JsonObject } from './parse-elements.ts';
import { principalTypes } from './policy.ts';
import type {
  Effect,
  ParsedPolicy,
  PatternSet,
  LanguageVersion,
  PrincipalElement,
  PrincipalElementType,
  Statement,
} from './policy.ts';

/** The largest document accepted, in characters; far above any AWS policy. */
export const MAX_DOCUMENT_LENGTH = 10 * 1024 * 1024;

/** The most statements accepted in one document. */
export const MAX_STATEMENTS = 10_000;

const policyElements = new Set(['Version', 'Id', 'Statement']);
const statementElements = new Set(
  ['Sid', 'Effect', 'Condition'].concat(['Action', 'Resource', 'Principal'].flatMap((name) => [name, `Not${name}`])),
);

/** The parsed documents; they are immutable, and used many times. */
const parsed = derivedValues.table<object, ParsedPolicy>();

/**
 * Parses a decoded policy document, the same object once. Never throws: a document that AWS would not have accepted is
 * `malformed`, with the place, and never counts as an empty policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(document: Json): ParsedPolicy {
  if (typeof document !== 'object' || document === null) return readPolicy(document);
  return parsed.getOrCreate(document, () => readPolicy(document));
}

function readPolicy(document: Json): ParsedPolicy {
  try {
    return readDocument(document);
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', reason: error.message };
    throw error;
  }
}

function readDocument(document: Json): ParsedPolicy {
  if (typeof document === 'string') throw new Malformed('the document is text that is not JSON');
  refuseOversize(document);
  const policy = readElements(document, policyElements, 'the document');
  const id = ownValue(policy, 'Id');
  if (id !== undefined) readString(id, 'Id');
  const json = ownValue(policy, 'Statement');
  if (json === undefined) throw new Malformed('the document has no Statement');
  const statements = readList(json);
  if (statements.length > MAX_STATEMENTS) throw new Malformed(`the document has more than ${MAX_STATEMENTS} statements`);
  return { kind: 'policy', version: readVersion(ownValue(policy, 'Version')), statements: statements.map(readStatement) };
}

/**
 * Without Version a policy has version 2008-10-17.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
function readVersion(json: Json | undefined): LanguageVersion {
  if (json === undefined) return '2008-10-17';
  if (json === '2008-10-17' || json === '2012-10-17') return json;
  throw new Malformed('Version is neither "2008-10-17" nor "2012-10-17"');
}

function readStatement(json: Json, index: number): Statement {
  const place = `Statement[${index}]`;
  const statement = readElements(json, statementElements, place);
  const action = readPatterns(statement, 'Action', place);
  if (action === undefined) throw new Malformed(`${place} has neither Action nor NotAction`);
  const resource = readPatterns(statement, 'Resource', place);
  const principal = readPrincipal(statement, place);
  const sid = ownValue(statement, 'Sid');
  const condition = ownValue(statement, 'Condition');
  return {
    index,
    ...(sid === undefined ? {} : { sid: readString(sid, `${place}.Sid`) }),
    effect: readEffect(ownValue(statement, 'Effect'), place),
    action,
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
    conditions: condition === undefined ? [] : readConditions(condition, `${place}.Condition`),
  };
}

/** Exactly "Allow" or "Deny". https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html */
function readEffect(json: Json | undefined, place: string): Effect {
  if (json === 'Allow' || json === 'Deny') return json;
  throw new Malformed(json === undefined ? `${place} has no Effect` : `${place}.Effect is neither "Allow" nor "Deny"`);
}

function readPatterns(statement: JsonObject, name: string, place: string): PatternSet | undefined {
  const found = readEither(statement, name, place);
  if (found === undefined) return undefined;
  const patterns = readStrings(found.json, found.place);
  refuseEmptyInverse(found, patterns);
  return { negated: found.negated, patterns };
}

function readPrincipal(statement: JsonObject, place: string): PrincipalElement | undefined {
  const found = readEither(statement, 'Principal', place);
  if (found === undefined) return undefined;
  if (found.json === '*') return { negated: found.negated, entries: [{ type: 'AWS', value: '*', isAlone: true }] };
  const map = readElements(found.json, new Set(principalTypes), found.place);
  const entries = principalTypes.flatMap((type) => readPrincipals(map, type, found.place));
  refuseEmptyInverse(found, entries);
  return { negated: found.negated, entries };
}

function readPrincipals(map: JsonObject, type: PrincipalElementType, place: string): PrincipalElement['entries'] {
  const json = ownValue(map, type);
  return json === undefined ? [] : readStrings(json, `${place}.${type}`).map((value) => ({ type, value }));
}

/** An empty list matches nothing. An empty Not… list would match everything; AWS documents this nowhere, so it is rejected. */
function refuseEmptyInverse({ negated, place }: { negated: boolean; place: string }, items: readonly unknown[]): void {
  if (negated && items.length === 0) throw new Malformed(`${place} is empty`);
}

/** Measures all text without recursion, so that a document of any depth can be measured. */
function refuseOversize(document: Json): void {
  const pending: Json[] = [document];
  let length = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') length += next.length;
    else if (isList(next)) for (const item of next) pending.push(item);
    else if (typeof next === 'object' && next !== null) {
      for (const key of Object.keys(next)) {
        length += key.length;
        pending.push(next[key] ?? null);
      }
    }
    if (length > MAX_DOCUMENT_LENGTH) throw new Malformed(`the document is larger than ${MAX_DOCUMENT_LENGTH} characters`);
  }
}
