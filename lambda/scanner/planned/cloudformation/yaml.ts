import { type ParsedNode, LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { UsageError, messageOf } from '../../errors.ts';
import type { Json } from '../../model/json.ts';

/**
 * Reads a template in JSON or YAML. The short forms of functions become the long ones: `!Ref Name` is `{ Ref: Name }`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 *
 * @throws UsageError when it is neither.
 */
export function readTemplateText(text: string, source: string): Json {
  try {
    if (text.trimStart().startsWith('{')) return JSON.parse(text) as Json;
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
    const [problem] = document.errors;
    if (problem !== undefined) throw problem;
    return toJson(document.contents, 0);
  } catch (error) {
    throw new UsageError(`${source} is neither valid JSON nor valid YAML: ${messageOf(error)}`, { cause: error });
  }
}

/** No template has as many levels. Thousands of levels would overflow the stack. */
const MOST_LEVELS = 200;

function toJson(node: ParsedNode | null, level: number): Json {
  if (level > MOST_LEVELS) throw new Error(`it has more than ${MOST_LEVELS} levels`);
  if (node === null) return null;
  const value = plain(node, level);
  const name = node.tag;
  return name?.startsWith('!') === true && !name.startsWith('!!') ? longForm(name.slice(1), value) : value;
}

function plain(node: ParsedNode, level: number): Json {
  if (isScalar(node)) return scalar(node.value, node.source);
  if (isSeq(node)) return node.items.map((item) => toJson(item, level + 1));
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [String(isScalar(key) ? key.source : key), toJson(value, level + 1)]),
    );
  throw new Error('it has an alias, which CloudFormation does not support');
}

/** Numbers stay as they are written: an account ID may begin with a zero. */
const scalar = (value: unknown, source: string): Json =>
  typeof value === 'string' || typeof value === 'boolean' || value === null ? value : source;

/** `!GetAtt Role.Arn` is `{ 'Fn::GetAtt': ['Role', 'Arn'] }`. */
function longForm(name: string, value: Json): Json {
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${name}`]: value };
  const dot = value.indexOf('.');
  return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] };
}
