import { z } from 'zod';
import type { Json } from '../../lambda/scanner/model/json.ts';

/** Fields of AWS's answers that hold a secret, or what people put secrets into: environment variables, arguments, parameters. */
const secretFields: ReadonlySet<string> = new Set([
  'SecretAccessKey',
  'SessionToken',
  'ServicePassword',
  'ServiceCredentialSecret',
  'Password',
  // Lambda, CodeBuild, ECS
  'Variables',
  'environmentVariables',
  'environment',
  'command',
  'entryPoint',
  // Glue
  'DefaultArguments',
  'NonOverridableArguments',
  'Arguments',
  // CloudFormation
  'ParameterValue',
  'ResolvedValue',
  'OutputValue',
]);

const MASK = '(masked)';

const secretElement = new RegExp(`<(${[...secretFields].join('|')})>[^<]*</\\1>`, 'g');

/** IDs of access keys, and of other credentials. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const keyId = /(ABIA|ACCA|AKIA|APKA|ASCA|ASIA)[A-Z0-9]{8,}([A-Z0-9]{4})/g;

const json = z.json();

/** An answer of AWS, in XML or JSON, without secrets, and with key IDs of which the first and the last four characters are left. */
export function maskSecrets(answer: string): string {
  const masked = asJson(answer) ?? answer.replaceAll(secretElement, `<$1>${MASK}</$1>`);
  return masked.replaceAll(keyId, '$1****$2');
}

function asJson(text: string): string | undefined {
  try {
    return JSON.stringify(withoutSecrets(json.parse(JSON.parse(text))), undefined, 2);
  } catch {
    return undefined;
  }
}

/** The value, in which what lies in a secret field is masked at any depth. */
function withoutSecrets(value: Json, isSecret = false): Json {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item as Json, isSecret));
  if (typeof value !== 'object' || value === null) return isSecret && value !== null ? MASK : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutSecrets(item, isSecret || secretFields.has(name))]),
  );
}
