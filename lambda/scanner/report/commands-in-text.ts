import type { Reported } from '../model/informational-record.ts';

/** A part of a next step: words, or a command that can be pasted into a shell. */
export interface TextPart {
  readonly kind: 'words' | 'command';
  readonly text: string;
}

const QUOTED = String.raw`'[^']*'|\\.|"(?:[^"\\]|\\.)*"`;
/** What ends a sentence ends the word too: `shellQuote` quotes a name that ends so. */
const WORD = String.raw`(?:${QUOTED}|[^\s'"\\.,;:)]|[.,;:)](?![.,;:)]*(?:\s|$)))+`;
const OPERATION = String.raw`(?<![\w/@-])aws [a-z][a-z0-9-]* [a-z][a-z0-9]*-[a-z0-9-]*`;
const OPTION = String.raw` --[\w-]+(?:=${WORD}| (?!--)${WORD})?`;
const REDIRECTION = String.raw` > [\w-]+\.json`;

/** A command of the AWS CLI in a sentence, or a command between backticks. */
const COMMAND = new RegExp(
  String.raw`\x60((?:aws|iam-vigil) [^\x60]*)\x60|(${OPERATION}(?:${OPTION})*(?:${REDIRECTION})?)`,
  'gu',
);

/** A text, or one in JSON, that could be taken for a command. */
const LIKE_A_COMMAND = /\b(?:aws|iam-vigil)[\s\\]/u;

/**
 * The next step of a finding, with the commands in it apart, so that they can be copied. If a name in the finding reads like a command,
 * nothing counts as one: otherwise a group with such a name would put its own command before the reader.
 */
export function nextStepOf({ remediation, headline, resource, evidence }: Reported): readonly TextPart[] {
  const told = [headline, resource.arn, resource.name, JSON.stringify(evidence)];
  return told.some((text) => LIKE_A_COMMAND.test(text)) ? [{ kind: 'words', text: remediation }] : partsOf(remediation);
}

/** A text in its parts. A name in it may read like a command: for text of a finding there is {@link nextStepOf}. */
export function partsOf(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(COMMAND)) {
    if (found.index > end) parts.push({ kind: 'words', text: text.slice(end, found.index) });
    parts.push({ kind: 'command', text: found[1] ?? found[2] ?? '' });
    end = found.index + found[0].length;
  }
  return end < text.length ? [...parts, { kind: 'words', text: text.slice(end) }] : parts;
}

/** A step that is advised: what it does, and the command that does it. */
export interface AdvisedStep {
  /** The beginning of the sentence, up to its colon; empty where the command stands in another place. */
  readonly lead: string;
  readonly command: string;
}

/** What is to be filled in, such as `KEY_ID`, or written first, such as `file://trust.json`. */
const OPEN = /[= ](?:[A-Z]{2,15}(?:_[A-Z]+)*|fileb?:\/\/\S+)(?= |$)/;
const LAST_SENTENCE = /(?:^|[.;]\s+)((?:[^.;]|[.;](?!\s))*:) $/;

/** The first step for a finding whose command runs as it is; one that a sentence introduces comes before the others. */
export function firstWholeStep(finding: Reported): AdvisedStep | undefined {
  const parts = nextStepOf(finding);
  const steps = parts.flatMap(({ kind, text }, index): readonly AdvisedStep[] => {
    if (kind !== 'command' || !text.includes(' --') || OPEN.test(text)) return [];
    const before = parts
      .slice(0, index)
      .map((part) => part.text)
      .join('');
    return [{ lead: aloneSentence(LAST_SENTENCE.exec(before)?.[1] ?? ''), command: text }];
  });
  return steps.find(({ lead }) => lead !== '') ?? steps[0];
}

/** A sentence that stood after another one, where it stands alone. */
const aloneSentence = (sentence: string): string => sentence.replace(/^Then (.)/, (_, letter: string) => letter.toUpperCase());
