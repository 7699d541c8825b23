import { z } from 'zod';
import { itemSchemas } from './items.ts';

/** Reads a field that no verdict depends on. What is missing, null or of another type is undefined. */
export const ifReadable = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Reads a text that names something, as {@link ifReadable}; an empty one names nothing. */
export const nameIfReadable = ifReadable(z.string().min(1));

/** The elements of a list that could be read, and where the others are. */
export interface PartlyRead<T> {
  readonly items: readonly T[];
  /** Such as `RoleDetailList[3] (deploy): Arn`, or the name of the list where it is none. */
  readonly unread: readonly string[];
}

/** Reads each element of a list by itself. AWS leaves out some lists that are empty. A null list is unread: it may not be empty. */
export const partlyReadList = <T extends z.ZodType>(name: string, item: T) =>
  listOf(item).transform((list): PartlyRead<z.output<T>> => readEach(name, item, list === undefined ? [] : list));

/** Reads a list as {@link partlyReadList}, which AWS never leaves out: without it, nothing of it was read. */
export const partlyReadWholeList = <T extends z.ZodType>(name: string, item: T) =>
  listOf(item).transform((list): PartlyRead<z.output<T>> => readEach(name, item, list));

const listOf = (item: z.ZodType) => z.unknown().register(itemSchemas, { in: 'list', schema: item }).optional();

/** Reads each element of a list with its place, such as `Roles[3]`, so that an element that cannot be read can still be named. */
export const eachWithPlace = <T>(name: string, read: (element: Readonly<Record<string, unknown>>, place: string) => T) =>
  z
    .array(z.unknown())
    .transform((list): readonly T[] => list.map((element, index) => read(fieldsOf(element), `${name}[${index}]`)));

const fieldsOf = (element: unknown): Readonly<Record<string, unknown>> =>
  typeof element === 'object' && element !== null ? Object.fromEntries(Object.entries(element)) : {};

/** A text that is not empty; undefined if the value is none. */
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** No list of AWS has so many elements that cannot be read. What follows is not read either: each takes time and memory to report. */
const MOST_UNREAD = 10_000;

function readEach<T extends z.ZodType>(name: string, schema: T, list: unknown): PartlyRead<z.output<T>> {
  if (!Array.isArray(list)) return { items: [], unread: [name] };
  const items: z.output<T>[] = [];
  const unread: string[] = [];
  for (const [index, element] of (list as readonly unknown[]).entries()) {
    if (unread.length === MOST_UNREAD) return { items, unread: [...unread, `${name}[${index}] to [${list.length - 1}]`] };
    const read = schema.safeParse(element);
    if (read.success) items.push(read.data);
    else unread.push(`${name}[${index}]${nameOf(element)}${fieldOf(read.error)}`);
  }
  return { items, unread };
}

const naming = ['UserName', 'GroupName', 'RoleName', 'PolicyName', 'VersionId', 'Key', 'Arn'];

function nameOf(element: unknown): string {
  if (typeof element !== 'object' || element === null) return '';
  const fields = new Map<string, unknown>(Object.entries(element));
  const name = naming.map((field) => fields.get(field)).find((value) => typeof value === 'string');
  return typeof name === 'string' ? ` (${name.slice(0, 100)})` : '';
}

function fieldOf({ issues: [issue] }: z.ZodError): string {
  const field = issue?.path.map(String).join('.');
  return field ? `: ${field}` : '';
}
