import { z } from 'zod';
import { type Instant, instantSchema } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import { type Observed, collected, unavailable } from '../../model/observed.ts';
import { type OrganizationPart, type OrganizationValues, declaredParts, organizationParts } from './index.ts';

/** What is known of an organization, part by part, each collected or not. */
export type OrganizationSnapshot = { readonly [K in OrganizationPart]: Observed<OrganizationValues[K]> } & {
  /** When it was collected; absent in files with output of the AWS CLI. */
  readonly takenAt?: Instant;
};

/** An organization as it is saved: the answer of AWS under each name, or why there is none. */
export type OrganizationFile = { readonly takenAt?: string } & Readonly<Partial<Record<OrganizationPart, Json>>>;

/** A part that could not be collected, as it is saved. */
export const unseenSchema = z.object({ status: z.literal('unavailable'), reason: z.string(), action: z.string().optional() });

/** Reads an organization. A part that is missing, or does not have the shape of an AWS answer, is unavailable with the reason. */
export function parseOrganization(file: Json | OrganizationFile): OrganizationSnapshot {
  const parts =
    typeof file === 'object' && file !== null ? new Map<string, unknown>(Object.entries(file)) : new Map<string, unknown>();
  const entries = organizationParts.map((name) => [name, parsePart(name, parts.get(name))]);
  const takenAt = instantSchema.safeParse(parts.get('takenAt')).data;
  // The entries are built from the list of names, which is what the type says.
  const known = Object.fromEntries(entries) as OrganizationSnapshot;
  return takenAt === undefined ? known : { ...known, takenAt };
}

function parsePart(name: OrganizationPart, value: unknown): Observed<unknown> {
  if (value === undefined) return unavailable('it is not in the snapshot of the organization');
  const unseen = unseenSchema.safeParse(value);
  if (unseen.success) return unavailable(unseen.data.reason, unseen.data.action);
  const parsed = declaredParts[name].schema.safeParse(value);
  if (parsed.success) return collected(parsed.data);
  const [problem] = parsed.error.issues;
  return unavailable(
    `its value cannot be read: ${problem?.path.map(String).join('.') ?? ''}: ${problem?.message ?? ''}`.slice(0, 200),
  );
}
