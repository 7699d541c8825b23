import fc from 'fast-check';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { compilePolicy, createVocabulary } from '../../lambda/scanner/policy/compile.ts';
import type { Context } from '../../lambda/scanner/policy/context.ts';
import { decide } from '../../lambda/scanner/policy/decide.ts';
import type { Decision, PolicyInForce } from '../../lambda/scanner/policy/decide.ts';
import { parsePolicy } from '../../lambda/scanner/policy/parse.ts';
import { volume } from '../support/volume.ts';
import { contextKeys, documents, knownContext, question, vocabularyActions } from './generators.ts';
import { naiveDecide } from './naive.ts';

const vocabulary = createVocabulary(vocabularyActions);
// Replays a failure that fast-check has printed.
const replay = process.env['FAST_CHECK_SEED'] === undefined ? {} : { seed: Number(process.env['FAST_CHECK_SEED']) };

const inForce = (json: readonly Json[]): readonly PolicyInForce[] =>
  json.map((document, index) => {
    const policy = parsePolicy(document);
    if (policy.kind === 'malformed') throw new Error(policy.reason);
    return { policy: compilePolicy(policy, vocabulary), origin: `policy ${index}` };
  });

const contextOf =
  (known: ReadonlyMap<string, readonly string[]>, unknown: ReadonlySet<string> = new Set()): Context =>
  (key) => {
    if (unknown.has(key)) return { state: 'unknown', controlledBy: 'caller' };
    const values = known.get(key);
    return values === undefined ? { state: 'absent' } : { state: 'present', values };
  };

const answerOf = (decision: Decision): string => {
  if (decision.effect !== 'denied') return decision.effect;
  return decision.explicit ? 'explicit deny' : 'implicit deny';
};

describe('the compiled policies and the naive evaluator', () => {
  test('agree on every request of which all is known', () => {
    const runs = volume({ usual: 3_000, full: 12_000 });
    const tally = new Map<string, number>();
    fc.assert(
      fc.property(documents, question, knownContext, (json, asked, known) => {
        const answer = naiveDecide(json, { ...asked, context: known });
        tally.set(answer, (tally.get(answer) ?? 0) + 1);
        expect(answerOf(decide(inForce(json), { ...asked, context: contextOf(known) }))).toBe(answer);
      }),
      { numRuns: runs, ...replay },
    );
    // Generators that hardly ever match would prove nothing. Usual are 0.29 and 0.22.
    expect((tally.get('allowed') ?? 0) / runs).toBeGreaterThan(0.15);
    expect((tally.get('explicit deny') ?? 0) / runs).toBeGreaterThan(0.15);
  });

  test('a definite answer holds however the unknown keys turn out', () => {
    const runs = volume({ usual: 1_500, full: 6_000 });
    const tally = new Map<string, number>();
    fc.assert(
      fc.property(
        documents,
        question,
        knownContext,
        fc.uniqueArray(fc.constantFrom(...contextKeys), { minLength: 3, maxLength: 7 }),
        fc.array(knownContext, { minLength: 4, maxLength: 4 }),
        (json, asked, known, unknown, others) => {
          const decision = decide(inForce(json), { ...asked, context: contextOf(known, new Set(unknown)) });
          tally.set(decision.effect, (tally.get(decision.effect) ?? 0) + 1);
          if (decision.effect === 'depends') return;
          for (const other of [known, ...others]) {
            const completed = new Map([...known].filter(([key]) => !unknown.includes(key)));
            for (const key of unknown) {
              const values = other.get(key);
              if (values !== undefined) completed.set(key, values);
            }
            const answer = naiveDecide(json, { ...asked, context: completed });
            if (decision.effect === 'denied' && !decision.explicit) expect(answer).not.toBe('allowed');
            else expect(answerOf(decision)).toBe(answer);
          }
        },
      ),
      { numRuns: runs, ...replay },
    );
    expect((tally.get('depends') ?? 0) / runs).toBeGreaterThan(0.05);
    expect((tally.get('allowed') ?? 0) / runs).toBeGreaterThan(0.1);
  });
});
