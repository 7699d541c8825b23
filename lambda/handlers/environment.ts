import { z } from 'zod';
import { UsageError } from '../scanner/errors.ts';
import { type DeliverTo, deliveries, variables } from './contract.ts';

/** What the function is deployed with. */
export interface Settings {
  readonly bucket: string;
  readonly findingsRegion: string;
  readonly deliver: DeliverTo;
  readonly configFile: string | undefined;
}

const schema = z.object({
  [variables.bucket]: z.string().min(1),
  [variables.findingsRegion]: z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'is not a Region such as eu-west-1'),
  [variables.deliver]: z.enum(deliveries).default('security-hub'),
  [variables.config]: z.string().min(1).optional(),
});

/**
 * Reads the environment variables.
 *
 * @throws UsageError that names every variable that is missing or wrong.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) throw new UsageError(`the function's environment is not valid:\n${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  return {
    bucket: data[variables.bucket],
    findingsRegion: data[variables.findingsRegion],
    deliver: data[variables.deliver],
    configFile: data[variables.config],
  };
}
