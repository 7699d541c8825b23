import type { Json } from '../../model/json.ts';
import type { StatementReference } from '../../model/verdict.ts';

/** Policy statements as the evidence of a finding: the location of each. */
export const statementEvidence = (statements: readonly StatementReference[]): readonly Json[] =>
  statements.map(({ policy, index, sid }) => ({ policy, index, ...(sid === undefined ? {} : { sid }) }));
