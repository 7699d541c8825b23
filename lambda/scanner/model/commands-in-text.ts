const VALUE = String.raw`(?!--)(?:'[^']*'|\\'|[^\s'"\`)])+`;
const COMMAND = new RegExp(
  String.raw`(?<![\w/@-])aws [a-z][a-z0-9-]* [a-z][a-z0-9-]*(?: --[a-z][a-z0-9-]*(?:[= ]${VALUE})?)*(?: > [\w.-]*\w)?`,
  'g',
);

/** A command in a text, and where it stands there. */
export interface FoundCommand {
  readonly command: string;
  readonly start: number;
}

/** The AWS CLI commands in a text. What ends a sentence does not belong to the command: a name that ends so is quoted. */
export function commandsIn(text: string): readonly FoundCommand[] {
  return [...text.matchAll(COMMAND)].map(({ 0: found, index }) => ({ command: found.replace(/[.,;:]+$/, ''), start: index }));
}

/** What is to be filled in, such as `KEY_ID`, or written first, such as `file://trust.json`. */
const OPEN = /[= ](?:[A-Z]{2,15}(?:_[A-Z]+)*|fileb?:\/\/\S+)(?= |$)/;

/** A step that a text advises: what it does, and the command that does it. */
export interface AdvisedStep {
  /** The beginning of the sentence, up to its colon; empty where the command stands in another place. */
  readonly lead: string;
  readonly command: string;
}

/** The first step of a text whose command runs as it is; one that a sentence introduces comes before the others. */
export function firstWholeStep(text: string): AdvisedStep | undefined {
  const steps = commandsIn(text)
    .filter(({ command }) => command.includes(' --') && !OPEN.test(command))
    .map(({ command, start }) => ({
      lead: aloneSentence(/(?:^|[.;]\s+)((?:[^.;]|[.;](?!\s))*:) $/.exec(text.slice(0, start))?.[1] ?? ''),
      command,
    }));
  return steps.find(({ lead }) => lead !== '') ?? steps[0];
}

/** A sentence that stood after another one, where it stands alone. */
const aloneSentence = (sentence: string): string => sentence.replace(/^Then (.)/, (_, letter: string) => letter.toUpperCase());
