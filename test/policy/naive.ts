/**
 * A reference evaluator, written from AWS's published evaluation logic to be obviously right and as slow as it likes: no
 * compilation, no memory between calls, nothing shared with the product. It reads raw JSON and knows every key.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
import type { Json } from '../../lambda/scanner/model/json.ts';
import { naiveConditionsHold } from './naive-conditions.ts';
import { list, object, texts } from './naive-json.ts';
import { naiveMatch, naivePattern } from './naive-text.ts';

/** A request of which everything is known: condition keys in lower case; a key that is not there is absent. */
export interface NaiveRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** The three ways in which AWS answers a request. */
export type NaiveAnswer = 'allowed' | 'explicit deny' | 'implicit deny';

/** Decides a request by all statements of all documents: Deny first, then Allow, else no. */
export function naiveDecide(documents: readonly Json[], request: NaiveRequest): NaiveAnswer {
  const applying = documents.flatMap((document) => {
    const policy = object(document);
    const modern = policy['Version'] === '2012-10-17';
    return list(policy['Statement'])
      .map(object)
      .filter((statement) => applies(statement, request, modern));
  });
  if (applying.some((statement) => statement['Effect'] === 'Deny')) return 'explicit deny';
  return applying.some((statement) => statement['Effect'] === 'Allow') ? 'allowed' : 'implicit deny';
}

function applies(statement: Record<string, Json>, request: NaiveRequest, modern: boolean): boolean {
  return (
    actionMatches(statement, request) &&
    resourceMatches(statement, request, modern) &&
    naiveConditionsHold(object(statement['Condition'] ?? {}), request.context, { effect: statement['Effect'], modern })
  );
}

function actionMatches(statement: Record<string, Json>, { action }: NaiveRequest): boolean {
  const names = (patterns: Json | undefined): boolean =>
    texts(patterns).some((pattern) => naiveMatch(naivePattern(pattern.toLowerCase(), new Map(), false), action.toLowerCase()));
  return 'NotAction' in statement ? !names(statement['NotAction']) : names(statement['Action']);
}

function resourceMatches(statement: Record<string, Json>, { resource, context }: NaiveRequest, modern: boolean): boolean {
  const names = (patterns: Json | undefined): boolean =>
    texts(patterns).some((pattern) => naiveMatch(naivePattern(pattern, context, modern), resource));
  if ('NotResource' in statement) return !names(statement['NotResource']);
  return 'Resource' in statement ? names(statement['Resource']) : true;
}
